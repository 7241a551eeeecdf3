import { Popover, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { sayLength } from '../../../shared/calendar/index.ts'
import { channels } from '../../../shared/channels/index.ts'
import { minorOfMilli } from '../../../shared/money.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { isOutdated } from '../../store/rehearsal.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas, useDocument } from '../context.ts'
import { Basis } from './Basis.tsx'
import { Coupons } from './Coupons.tsx'
import { Failures } from './Failures.tsx'
import styles from './Rehearsal.module.css'
import { Report } from './Report.tsx'

const minuteMs = 60_000

/** What a rehearsal came to, in two lines. */
export function Summary() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const format = useFormat()
  const { locale } = useLocale()
  const state = useStore(rehearsal)
  const channelName = (id: string) => format.text(channels.find((one) => one.id === id)?.name ?? { en: id })
  const outdated = useDocument(({ journey }) => isOutdated(state, journey))
  const { report } = state
  if (report === null) return null
  const { shortest, longest } = report.passage
  const length = (ms: number) => (ms < minuteMs ? t('atOnce') : sayLength(ms, locale))
  const unknown = report.unknown_customers.length
  const unread = report.left_out.customers
  const sent = report.days.reduce((sum, day) => sum + day.sent, 0)
  const facts = [
    t('people', { count: report.entered, people: format.count(report.entered) }),
    ...(report.sample === null
      ? []
      : [
          t('sampled', {
            percent: report.sample.percent,
            count: report.sample.of,
            all: format.count(report.sample.of),
          }),
        ]),
    t('days', { count: report.timeline.length }),
    t('seconds', { seconds: report.seconds.toFixed(1) }),
    ...(report.kept_out > 0
      ? [t('keptOut', { count: report.kept_out, people: format.count(report.kept_out) })]
      : []),
  ]
  const costs = [
    t('sent', { count: sent, sent: format.count(sent) }),
    format.money(minorOfMilli(report.cost.total * 1000, report.cost.currency), report.cost.currency),
    ...report.cost.unpriced.map((id) => t('unpriced', { channel: channelName(id) })),
    ...(report.ai === null || report.ai.asked === 0
      ? []
      : [
          t(report.ai.total === null ? 'aiUnpriced' : 'ai', {
            count: report.ai.asked,
            asked: format.count(report.ai.asked),
            cost:
              report.ai.total === null
                ? ''
                : format.money(
                    minorOfMilli(report.ai.total * 1000, report.cost.currency),
                    report.cost.currency,
                  ),
          }),
        ]),
    t('most', { count: report.most_messages }),
    ...(report.rate === null || report.rate.held === 0
      ? []
      : [
          t('rated', {
            count: report.rate.held,
            held: format.count(report.rate.held),
            length: sayLength(report.rate.longest_ms, locale),
          }),
        ]),
    ...(shortest === null || longest === null
      ? []
      : [
          length(shortest) === length(longest)
            ? t('passageSame', { length: length(longest) })
            : t('passage', { shortest: length(shortest), longest: length(longest) }),
        ]),
  ]
  return (
    <span className={styles.summary} data-testid="rehearsal-summary">
      <span>{facts.join(' · ')}</span>
      <span>{costs.join(' · ')}</span>
      <Report />
      <Held />
      <Coupons />
      {unknown > 0 ? (
        <span className={styles.bad}>{t('unknown', { count: unknown, ids: format.count(unknown) })}</span>
      ) : null}
      {unread > 0 ? (
        <span className={styles.bad}>{t('leftOut', { count: unread, people: format.count(unread) })}</span>
      ) : null}
      <Failures />
      <Basis />
      {outdated ? (
        <Tooltip title={t('outdatedHint')}>
          <em className={styles.outdated}>{t('outdated')}</em>
        </Tooltip>
      ) : null}
    </span>
  )
}

/** How many messages were held back, and by what. */
function Held() {
  const { t } = useTranslation(['rehearsal', 'preview'])
  const { rehearsal } = useCanvas()
  const format = useFormat()
  const report = useStore(rehearsal, (state) => state.report)
  const reasons: Record<string, number> = {}
  for (const { suppressed } of Object.values(report?.nodes ?? {}))
    for (const [gate, count] of Object.entries(suppressed)) reasons[gate] = (reasons[gate] ?? 0) + count
  const all = Object.values(reasons).reduce((sum, count) => sum + count, 0)
  if (all === 0) return null
  const list = Object.entries(reasons).sort(([, a], [, b]) => b - a)
  return (
    <Popover
      content={
        <ul className={styles.reasons}>
          {list.map(([gate, count]) => (
            <li key={gate}>
              <span>{t(`preview:gates.${gate}` as 'preview:gates.cap', { defaultValue: gate })}</span>
              <strong>{format.count(count)}</strong>
            </li>
          ))}
        </ul>
      }
    >
      <button type="button" className={styles.link}>
        {t('rehearsal:held', { count: all, held: format.count(all) })}
      </button>
    </Popover>
  )
}
