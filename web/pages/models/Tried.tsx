import { Alert, Table, type TableColumnsType } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelReport } from '../../../shared/api/models.ts'
import { sayDay } from '../../../shared/calendar/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import type { Tokens } from '../../theme/tokens.ts'
import { Chart } from '../../ui/Chart.tsx'
import { Panel } from '../../ui/Page.tsx'
import { StatTile, StatTiles } from '../../ui/StatTile.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { calibrationOption, forecastOption } from './charts.ts'
import styles from './models.module.css'

type Quality = NonNullable<ModelReport['quality']>
type Forecast = NonNullable<ModelReport['forecast']>

/** Below, it tells customers apart hardly better than a coin. */
const leastTelling = 0.55

/** How well a probability did on days that it had not seen: apart, and as it was said. */
export function QualityPanel({ quality }: { quality: Quality }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const option = useCallback(
    (colours: Tokens) => {
      const words = { expected: t('quality.said'), actual: t('quality.happened') }
      return calibrationOption(quality, words, format.share, colours)
    },
    [quality, t, format],
  )
  return (
    <Panel title={t('quality.title')}>
      {quality.auc < leastTelling ? (
        <Alert type="warning" showIcon title={t('quality.poor')} description={t('quality.poorNote')} />
      ) : null}
      <StatTiles>
        <StatTile label={t('quality.auc')} value={quality.auc.toFixed(3)} note={t('quality.aucNote')} />
        <StatTile
          label={t('quality.lift')}
          value={t('quality.times', { value: quality.lift.toFixed(1) })}
          note={t('quality.liftNote')}
        />
        <StatTile
          label={t('quality.held')}
          value={format.count(quality.customers)}
          note={t('quality.heldNote', {
            count: quality.happened,
            replace: { count: format.count(quality.happened) },
          })}
        />
      </StatTiles>
      <p className={styles.notes}>{t('quality.calibration')}</p>
      <Chart label={t('quality.calibration')} option={option} height={220} />
      <details className={styles.figures}>
        <summary>{t('distribution.show')}</summary>
        <Tenths quality={quality} />
      </details>
    </Panel>
  )
}

function Tenths({ quality }: { quality: Quality }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const all = quality.happened / Math.max(1, quality.customers)
  const rows = quality.tenths.map((tenth, index) => ({ ...tenth, place: index + 1 }))
  const columns: TableColumnsType<(typeof rows)[number]> = [
    {
      title: t('quality.part'),
      key: 'place',
      render: (_, { place }) => t('quality.tenth', { count: place }),
    },
    {
      title: t('quality.customers'),
      key: 'customers',
      align: 'right',
      render: (_, { customers }) => format.count(customers),
    },
    { title: t('quality.said'), key: 'said', align: 'right', render: (_, { said }) => format.share(said) },
    {
      title: t('quality.happened'),
      key: 'happened',
      align: 'right',
      render: (_, { happened, customers }) => format.share(happened / Math.max(1, customers)),
    },
    {
      title: t('quality.lift'),
      key: 'lift',
      align: 'right',
      render: (_, { happened, customers }) =>
        t('quality.times', { value: (happened / Math.max(1, customers) / all).toFixed(1) }),
    },
  ]
  return <Table rowKey="place" size="small" columns={columns} dataSource={rows} pagination={false} />
}

/** What was expected of days that were held out, beside what came. */
export function ForecastPanel({ forecast, money }: { forecast: Forecast; money: boolean }) {
  const { t } = useTranslation('models')
  const { locale } = useLocale()
  const format = useFormat()
  const { expected, actual, steps } = forecast
  const shown = (value: number) => (money ? format.money(Math.round(value)) : format.count(Math.round(value)))
  const option = useCallback(
    (colours: Tokens) =>
      forecastOption(forecast, { expected: t('forecast.expected'), actual: t('forecast.actual') }, colours),
    [forecast, t],
  )
  const at = { from: sayDay(forecast.from, locale), days: forecast.days }
  return (
    <Panel title={money ? t('forecast.worthTitle', at) : t('forecast.title', at)}>
      <StatTiles>
        <StatTile
          label={t('forecast.expected')}
          value={shown(expected)}
          note={t('forecast.customers', {
            count: forecast.customers,
            replace: { count: format.count(forecast.customers) },
          })}
        />
        <StatTile
          label={t('forecast.actual')}
          value={shown(actual)}
          note={
            actual > 0 ? t('forecast.off', { share: format.share(Math.abs(expected / actual - 1)) }) : null
          }
        />
      </StatTiles>
      {steps.length === 0 ? null : (
        <>
          <p className={styles.notes}>{t('forecast.purchases')}</p>
          <Chart label={t('forecast.purchases')} option={option} height={220} />
          <details className={styles.figures}>
            <summary>{t('distribution.show')}</summary>
            <Steps steps={steps} />
          </details>
        </>
      )}
    </Panel>
  )
}

function Steps({ steps }: Pick<Forecast, 'steps'>) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const figure = (key: 'expected' | 'actual') => ({
    title: t(`forecast.${key}`),
    key,
    align: 'right' as const,
    render: (_: unknown, step: Forecast['steps'][number]) => format.count(Math.round(step[key])),
  })
  const columns: TableColumnsType<Forecast['steps'][number]> = [
    { title: t('forecast.days'), key: 'days', dataIndex: 'days' },
    figure('expected'),
    figure('actual'),
  ]
  return <Table rowKey="days" size="small" columns={columns} dataSource={[...steps]} pagination={false} />
}
