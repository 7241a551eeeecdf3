import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { LocalText } from '../../shared/text.ts'
import { useBrandPath } from '../api/useBrandPath.ts'
import { useFormat } from '../ui/useFormat.ts'

/** Stands where something cannot be read: why, and the way to where it is mended. */
export function CannotBeRead({ reason }: { reason: LocalText }) {
  const { t } = useTranslation()
  const format = useFormat()
  const path = useBrandPath()
  return (
    <span data-testid="cannot-be-read">
      {t('cannotBeRead', { reason: format.text(reason) })}{' '}
      <Link to={`${path('settings')}?tab=unreadable`}>{t('mendIt')}</Link>
    </span>
  )
}
