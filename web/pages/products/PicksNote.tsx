import { useTranslation } from 'react-i18next'
import { pickStanding } from '../../../shared/api/picks.ts'
import { useApiQuery } from '../../api/query.ts'
import { Panel } from '../../ui/Page.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './Picks.module.css'

/** How picks were reckoned, and how well they did on orders that they had not seen. */
export function PicksNote() {
  const { t } = useTranslation('products')
  const format = useFormat()
  const query = useApiQuery('/picks', pickStanding)
  if (query.error) return <ProblemAlert problem={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined) return null
  const { last } = query.data
  return (
    <div className={styles.panel}>
      <Panel title={t('picks.title')}>
        <p className={styles.note}>{t('picks.about')}</p>
        {last === null ? (
          <p className={styles.note}>{t('picks.never')}</p>
        ) : (
          <>
            {last.tried === null ? (
              <p className={styles.note}>{t('picks.few')}</p>
            ) : (
              <dl className={styles.figures} data-testid="picks-tried">
                <div>
                  <dt>{t('picks.hit', { shown: last.tried.shown })}</dt>
                  <dd>{format.share(last.tried.picks / last.tried.customers)}</dd>
                </div>
                <div>
                  <dt>{t('picks.popular')}</dt>
                  <dd>{format.share(last.tried.popular / last.tried.customers)}</dd>
                </div>
              </dl>
            )}
            <p className={styles.note}>
              {last.tried !== null &&
                t('picks.tried', {
                  from: format.time(last.tried.from, 'date'),
                  customers: format.count(last.tried.customers),
                })}
              {t('picks.counted', {
                buyers: format.count(last.buyers),
                goods: format.count(last.goods),
                when: format.time(last.at),
              })}
            </p>
          </>
        )}
      </Panel>
    </div>
  )
}
