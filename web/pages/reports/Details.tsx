import { Table, type TableColumnsType } from 'antd'
import { type CSSProperties, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportAnswer } from '../../../shared/api/messages.ts'
import { sayDay } from '../../../shared/calendar/index.ts'
import { useJourneys } from '../../api/useJourneys.ts'
import { useLocale } from '../../locales/useLocale.ts'
import type { Tokens } from '../../theme/tokens.ts'
import { Chart } from '../../ui/Chart.tsx'
import { Panel } from '../../ui/Page.tsx'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useEndingName } from '../customers/Enrollments.tsx'
import { useNames } from '../customers/useNames.ts'
import { MilliMoney } from '../messages/MessagesTable.tsx'
import { dayOption } from './chart.ts'
import styles from './Details.module.css'

/** Entered, sent and converted, day by day. */
export function Days({ byDay }: Pick<ReportAnswer, 'byDay'>) {
  const { t } = useTranslation('reports')
  const { locale } = useLocale()
  const option = useCallback(
    (colours: Tokens) => {
      const words = { entered: t('days.entered'), sent: t('days.sent'), converted: t('days.converted') }
      // A day of the same year is said without it.
      const sayDate = (date: string) =>
        sayDay(date, locale, `${date.slice(0, 4)}-${date.slice(5, 7) === '06' ? '12' : '06'}-15`)
      return dayOption(byDay, words, sayDate, colours)
    },
    [byDay, t, locale],
  )
  return (
    <Panel title={t('days.title')}>
      <Chart label={t('days.label')} option={option} height={240} />
    </Panel>
  )
}

type ChannelRow = ReportAnswer['byChannel'][number]

/** What each channel sent, what became of it, what it cost. */
export function ByChannel({ byChannel }: Pick<ReportAnswer, 'byChannel'>) {
  const { t } = useTranslation('reports')
  const channel = useChannelName()
  const figure = (key: 'sent' | 'delivered' | 'opened' | 'clicked' | 'failed' | 'unknown') => ({
    title: t(`channels.${key}`),
    key,
    align: 'right' as const,
    render: (_: unknown, row: ChannelRow) => (
      <OfSent value={row[key]} sent={row.sent} rate={key !== 'sent' && key !== 'unknown'} />
    ),
  })
  const columns: TableColumnsType<ChannelRow> = [
    { title: t('channels.channel'), key: 'channel', render: (_, row) => channel(row.channel) },
    figure('sent'),
    figure('delivered'),
    figure('opened'),
    figure('clicked'),
    figure('failed'),
    figure('unknown'),
    {
      title: t('channels.cost'),
      key: 'cost',
      align: 'right',
      render: (_, { costMilli }) => <MilliMoney milli={costMilli} />,
    },
  ]
  return (
    <Panel title={t('channels.title')}>
      <Table
        rowKey="channel"
        size="small"
        columns={columns}
        dataSource={[...byChannel]}
        pagination={false}
        scroll={{ x: 560 }}
        locale={{ emptyText: t('channels.none') }}
      />
    </Panel>
  )
}

function OfSent({ value, sent, rate }: { value: number; sent: number; rate: boolean }) {
  const format = useFormat()
  if (value === 0) return <span className={styles.quiet}>0</span>
  return (
    <>
      {format.count(value)}
      {rate && sent > 0 ? <span className={styles.rate}>{format.share(value / sent)}</span> : null}
    </>
  )
}

/** Where customers ended, the most frequent first. */
export function Endings({ journeyId, endings }: Pick<ReportAnswer, 'journeyId' | 'endings'>) {
  const { t } = useTranslation('reports')
  const format = useFormat()
  const names = useNames(useJourneys([journeyId]))
  const ending = useEndingName()
  const rows = Object.entries(endings).sort(([, a], [, b]) => b - a)
  const all = rows.reduce((sum, [, count]) => sum + count, 0)
  return (
    <Panel title={t('endings.title')}>
      {rows.length === 0 ? <p className={styles.quiet}>{t('endings.none')}</p> : null}
      <ul className={styles.endings}>
        {rows.map(([id, count]) => (
          <li key={id}>
            <span>{ending(id, (node) => names.node(journeyId, node))}</span>
            <b>
              {t('endings.people', { count, replace: { count: format.count(count) } })} ·{' '}
              {format.share(count / all)}
            </b>
            <Bar share={count / all} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** A custom property is no known style, so it is named here once. */
function Bar({ share }: { share: number }) {
  const style: CSSProperties & Record<'--share', string> = { '--share': `${share * 100}%` }
  return <i style={style} aria-hidden />
}
