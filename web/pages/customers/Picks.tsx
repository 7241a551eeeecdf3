import { Package } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { customerPicks } from '../../../shared/api/picks.ts'
import { useApiQuery } from '../../api/query.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Money } from '../../ui/figures.tsx'
import { Panel } from '../../ui/Page.tsx'
import { Picture } from '../../ui/Picture.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import styles from './Picks.module.css'
import type { PartProps } from './panels.tsx'

const noImage = (
  <span className={styles.picture}>
    <Package size={16} strokeWidth={1.6} aria-hidden />
  </span>
)

/** What a message would show the customer of the brand's products, and why. */
export function PicksPanel({ data: { customer } }: PartProps) {
  const { t } = useTranslation('customers')
  const { locale } = useLocale()
  const query = useApiQuery(`/customers/${encodeURIComponent(customer.id)}/picks`, customerPicks)
  const picks = query.data?.picks
  if (query.error)
    return (
      <Panel title={t('picks.title')}>
        <ProblemAlert problem={query.error} onRetry={() => void query.refetch()} />
      </Panel>
    )
  if (picks === undefined) return null
  return (
    <Panel title={t('picks.title')}>
      {picks.length === 0 ? (
        <p className={styles.note}>{t('picks.none')}</p>
      ) : (
        <ol className={styles.picks} data-testid="picks">
          {picks.map(({ id, title, price, image, reason }) => (
            <li key={id}>
              {image === null ? (
                noImage
              ) : (
                <Picture className={styles.picture} src={image} alt="" instead={noImage} />
              )}
              <span className={styles.good}>
                <span className={styles.title} title={title}>
                  {title}
                </span>
                <small title={reason[locale]}>{reason[locale]}</small>
              </span>
              {price === null ? null : <Money minor={price} />}
            </li>
          ))}
        </ol>
      )}
      <p className={styles.note}>{t('picks.about', { name: '{{ picks[0].name }}' })}</p>
    </Panel>
  )
}
