import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ModelList, ModelRun } from '../../../shared/api/models.ts'
import { sayDay } from '../../../shared/calendar/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { ProgressLine } from '../../ui/ProgressLine.tsx'
import { StatTile, StatTiles } from '../../ui/StatTile.tsx'
import { useFormat } from '../../ui/useFormat.ts'

/** Fewer events are scored before anybody has read that they wait. */
const leastTold = 1_000

/** How far a fit is that is under way, what waits to be scored, or why the last fit did not come to its end. */
export function UnderWay({ running, waiting, failed }: Pick<ModelList, 'running' | 'waiting' | 'failed'>) {
  const { t } = useTranslation('models')
  const format = useFormat()
  if (running !== null)
    return (
      <ProgressLine label={t('progress')} done={running.done} total={running.of === 0 ? null : running.of} />
    )
  if (waiting >= leastTold) return <ProgressLine label={t('waiting')} done={waiting} total={null} />
  if (failed === null) return null
  return <Alert type="warning" showIcon title={t('failed')} description={format.text(failed)} />
}

/** When the models were fitted, and to whom. */
export function LastRun({ run }: { run: ModelRun }) {
  const { t } = useTranslation('models')
  const { locale } = useLocale()
  const format = useFormat()
  return (
    <StatTiles>
      <StatTile
        label={t('last')}
        value={format.time(run.at, 'shortDate')}
        note={t('lastAt', { when: format.time(run.at), until: sayDay(run.until, locale) })}
      />
      <StatTile label={t('customers')} value={format.count(run.customers)} note={t('customersNote')} />
      <StatTile
        label={t('took')}
        value={t('seconds', { value: run.seconds.toFixed(1) })}
        note={
          run.sampled === run.customers
            ? t('sampledAll')
            : t('sampled', { count: run.sampled, replace: { count: format.count(run.sampled) } })
        }
      />
    </StatTiles>
  )
}
