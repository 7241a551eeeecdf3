import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useCustomerName } from '../customer-name.ts'

/** A customer by name, or whoever is not known yet. */
export function CustomerLink({ id, name }: { id: string | null; name: string | null }) {
  const { t } = useTranslation('optOuts')
  const path = useBrandPath()
  const nameOf = useCustomerName()
  if (id === null) return <span>{t('nobody')}</span>
  return <Link to={path(`customers/${encodeURIComponent(id)}`)}>{nameOf(id, name)}</Link>
}
