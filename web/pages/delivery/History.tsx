import { Segmented, Select } from 'antd'
import type { EChartsCoreOption } from 'echarts/core'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChannelDelivery } from '../../../shared/api/delivery.ts'
import { sayDay } from '../../../shared/calendar/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import type { Tokens } from '../../theme/tokens.ts'
import { Chart } from '../../ui/Chart.tsx'
import { Panel } from '../../ui/Page.tsx'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './Delivery.module.css'

interface Point {
  readonly name: string
  readonly sent: number
  readonly failed: number
}

/** The points of several channels added up; all have the same times. */
function added(lists: readonly (readonly Point[])[]): Point[] {
  const [first = []] = lists
  return first.map(({ name }, index) => ({
    name,
    sent: lists.reduce((sum, list) => sum + (list[index]?.sent ?? 0), 0),
    failed: lists.reduce((sum, list) => sum + (list[index]?.failed ?? 0), 0),
  }))
}

const barOf = (name: string, data: readonly number[], color: string) => ({
  ...{ name, type: 'bar', stack: 'all', color, barMaxWidth: 16 },
  data: [...data],
})

/** What was sent and what failed, by hour or by day, of one channel or all. */
export function History({ channels }: { channels: readonly ChannelDelivery[] }) {
  const { t } = useTranslation('delivery')
  const { locale } = useLocale()
  const format = useFormat()
  const name = useChannelName()
  const [span, setSpan] = useState<'hours' | 'days'>('hours')
  const [only, setOnly] = useState('')
  const points = useMemo(() => {
    const chosen = channels.filter(({ id }) => only === '' || id === only)
    const sayDate = (date: string) =>
      sayDay(date, locale, `${date.slice(0, 4)}-${date.slice(5, 7) === '06' ? '12' : '06'}-15`)
    return added(
      chosen.map(({ hours, days }) =>
        span === 'hours'
          ? hours.map(({ at, ...point }) => ({ ...point, name: format.time(at, 'time') }))
          : days.map(({ date, ...point }) => ({ ...point, name: sayDate(date) })),
      ),
    )
  }, [channels, only, span, locale, format])
  const option = useCallback(
    (colours: Tokens): EChartsCoreOption => ({
      legend: { top: 0, right: 0, itemWidth: 12, itemHeight: 8, textStyle: { color: colours.inkSecondary } },
      grid: { left: 4, right: 4, top: 36, bottom: 4, outerBoundsMode: 'same' },
      xAxis: { type: 'category', data: points.map((point) => point.name) },
      yAxis: { type: 'value', minInterval: 1, splitNumber: 3 },
      series: [
        barOf(
          t('history.sent'),
          points.map(({ sent }) => sent),
          colours.primary,
        ),
        barOf(
          t('history.failed'),
          points.map(({ failed }) => failed),
          colours.danger,
        ),
      ],
    }),
    [points, t],
  )
  const any = points.some(({ sent, failed }) => sent + failed > 0)
  return (
    <Panel
      title={t('history.title')}
      extra={
        <span className={styles.buttons}>
          <Select
            size="small"
            style={{ width: 140 }}
            aria-label={t('history.all')}
            value={only}
            options={[
              { value: '', label: t('history.all') },
              ...channels.map(({ id }) => ({ value: id, label: name(id) })),
            ]}
            onChange={setOnly}
          />
          <Segmented
            size="small"
            value={span}
            options={(['hours', 'days'] as const).map((value) => ({ value, label: t(`history.${value}`) }))}
            onChange={setSpan}
          />
        </span>
      }
    >
      {any ? (
        <Chart label={t('history.label')} option={option} height={200} />
      ) : (
        <p className={styles.quiet}>{t('history.none')}</p>
      )}
    </Panel>
  )
}
