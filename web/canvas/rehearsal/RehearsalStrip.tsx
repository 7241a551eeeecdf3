import { Alert, Button, Popover, Tooltip } from 'antd'
import { Pause, Play, RotateCcw, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { sayDay } from '../../../shared/calendar/index.ts'
import { channels } from '../../../shared/channels/index.ts'
import { minorOfMilli } from '../../../shared/money.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { previewCustomer } from '../../store/preview-customer.ts'
import { isOutdated, togglePlay } from '../../store/rehearsal.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { ProgressLine } from '../../ui/ProgressLine.tsx'
import { isShownProblem } from '../../ui/problem.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas, useDocument } from '../context.ts'
import { DayBars } from './DayBars.tsx'
import styles from './Rehearsal.module.css'
import { RehearsalSetup } from './RehearsalSetup.tsx'
import { useRehearsal } from './useRehearsal.ts'

/** The strip below the canvas: how to rehearse, how far it is, and its days. */
export function RehearsalStrip() {
  const { t } = useTranslation('rehearsal')
  const { screen, rehearsal } = useCanvas()
  const open = useStore(screen, (state) => state.rehearsal)
  const state = useStore(rehearsal, (now) => now.state)
  const nobody = useStore(rehearsal, (now) => now.report?.entered === 0)
  const keptOut = useStore(rehearsal, (now) => now.report?.kept_out ?? 0)
  const format = useFormat()
  const { start, cancel } = useRehearsal()
  const [asking, setAsking] = useState(false)
  if (!open) return null
  const setup = state === 'idle' || state === 'failed' || asking
  const begin = () => {
    setAsking(false)
    start()
  }
  return (
    <section className={styles.strip} aria-label={t('title')} data-testid="rehearsal">
      <header className={styles.head}>
        <strong>{t('title')}</strong>
        {state === 'done' && !asking ? <Summary /> : <span className={styles.about}>{t('about')}</span>}
        <span className={styles.right}>
          {state === 'done' && !asking ? (
            <>
              <PlayButton />
              <Tooltip title={t('again')}>
                <Button
                  size="small"
                  icon={<RotateCcw size={13} />}
                  aria-label={t('again')}
                  data-testid="rehearsal-again"
                  onClick={() => setAsking(true)}
                />
              </Tooltip>
            </>
          ) : null}
          <Button
            type="text"
            size="small"
            icon={<X size={15} />}
            aria-label={t('close')}
            onClick={() => screen.setState({ rehearsal: false })}
          />
        </span>
      </header>
      {state === 'failed' && !asking ? <Failure /> : null}
      {setup ? <RehearsalSetup onStart={begin} /> : null}
      {state === 'running' ? <Progress onCancel={cancel} /> : null}
      {state === 'done' && !asking && !nobody ? <DayBars /> : null}
      {state === 'done' && !asking && nobody ? (
        <p className={styles.nobody} data-testid="rehearsal-nobody">
          {keptOut > 0 ? t('nobodyNew', { count: keptOut, people: format.count(keptOut) }) : t('nobody')}
        </p>
      ) : null}
    </section>
  )
}

function Failure() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const problem = useStore(rehearsal, (state) => state.problem)
  if (isShownProblem(problem)) return <ProblemAlert problem={problem} />
  return (
    <Alert type="error" showIcon title={t('failed')} description={problem === null ? '' : String(problem)} />
  )
}

function Progress({ onCancel }: { onCancel: () => void }) {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const progress = useStore(rehearsal, (state) => state.progress)
  const total = progress !== null && progress.of > 0 ? progress.of : null
  return (
    <div className={styles.progress}>
      <ProgressLine label={t('running')} done={progress?.done ?? 0} total={total} />
      <Button size="small" data-testid="rehearsal-cancel" onClick={onCancel}>
        {t('cancel')}
      </Button>
    </div>
  )
}

function PlayButton() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const { locale } = useLocale()
  const { playing, day, report } = useStore(rehearsal)
  const date = report?.timeline[day]?.date
  const first = report?.timeline[0]?.date
  return (
    <button
      type="button"
      className={styles.play}
      data-testid="rehearsal-play"
      aria-label={t(playing ? 'pause' : 'play')}
      onClick={() => togglePlay(rehearsal)}
    >
      {playing ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
      <span data-testid="rehearsal-day">
        {t('day', { number: day + 1, date: date === undefined ? '' : sayDay(date, locale, yearOf(first)) })}
      </span>
    </button>
  )
}

/** A day of the same year, so that the year is left out, and of another month, so that it is not "today". */
function yearOf(date: string | undefined): string | undefined {
  return date === undefined ? undefined : `${date.slice(0, 4)}-${date.slice(5, 7) === '01' ? '12' : '01'}-15`
}

const dayMs = 86_400_000

function Summary() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const format = useFormat()
  const state = useStore(rehearsal)
  const channelName = (id: string) => format.text(channels.find((one) => one.id === id)?.name ?? { en: id })
  const outdated = useDocument(({ journey }) => isOutdated(state, journey))
  const { report } = state
  if (report === null) return null
  const longest = report.passage.longest === null ? null : Math.round(report.passage.longest / dayMs)
  const sent = report.days.reduce((sum, day) => sum + day.sent, 0)
  const facts = [
    t('people', { count: report.entered, people: format.count(report.entered) }),
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
    t('most', { count: report.most_messages }),
    ...(longest === null ? [] : [t('longest', { count: longest })]),
  ]
  return (
    <span className={styles.summary} data-testid="rehearsal-summary">
      <span>{facts.join(' · ')}</span>
      <span>{costs.join(' · ')}</span>
      <Held />
      <RenderFailures />
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

/** Customers whose message could not be written; each opens in the preview. */
function RenderFailures() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal, screen } = useCanvas()
  const failures = useStore(rehearsal, (state) => state.report?.render_failures ?? null)
  if (failures === null || failures.length === 0) return null
  const shown = failures.slice(0, 50)
  const look = (customer: string, node: string) => {
    previewCustomer.setState({ id: customer })
    screen.setState({ preview: true, previewNode: node })
  }
  return (
    <Popover
      trigger="click"
      content={
        <ul className={styles.reasons}>
          {shown.map(({ customer, node, variables }) => (
            <li key={`${customer} ${node}`}>
              <button type="button" className={styles.link} onClick={() => look(customer, node)}>
                {customer}
              </button>
              <span>
                {node} · {variables.join(', ')}
              </span>
            </li>
          ))}
          {failures.length > shown.length ? (
            <li>{t('moreFailures', { count: failures.length - shown.length })}</li>
          ) : null}
        </ul>
      }
    >
      <button type="button" className={`${styles.link} ${styles.bad}`}>
        {t('failures', { count: failures.length })}
      </button>
    </Popover>
  )
}
