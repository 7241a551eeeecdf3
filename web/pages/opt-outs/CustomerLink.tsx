import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useBrandPath } from '../../api/useBrandPath.ts'

/** A customer by name, or whoever is not known yet. */
export function CustomerLink({ id, name }: { id: string | null; name: string | null }) {
  const { t } = useTranslation('optOuts')
  const path = useBrandPath()
  if (id === null) return <span>{t('nobody')}</span>
  return <Link to={path(`customers/${encodeURIComponent(id)}`)}>{name ?? id}</Link>
}
