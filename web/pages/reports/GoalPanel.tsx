import { useTranslation } from 'react-i18next'
import type { ReportAnswer } from '../../../shared/api/messages.ts'
import { minorOfMilli, minorUnits } from '../../../shared/money.ts'
import { cssVar } from '../../theme/tokens.ts'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './GoalPanel.module.css'
import { type Goal, points, ruler, type Verdict, verdictOf } from './verdict.ts'

/** One goal against the control group: first in words, then in bars. */
export function GoalPanel({ goal, report }: { goal: Goal; report: ReportAnswer }) {
  const { t } = useTranslation('reports')
  const format = useFormat()
  const verdict = verdictOf(goal)
  return (
    <section className={styles.goal} data-testid={`goal-${goal.goal}`}>
      <div>
        <header className={styles.head}>
          <h2>{t('goal', { name: format.text(goal.name) })}</h2>
          <span className={`${styles.badge} ${styles[verdict.kind] ?? ''}`}>
            {t(`badges.${verdict.kind}`)}
          </span>
        </header>
        <p className={styles.said}>
          <Said goal={goal} verdict={verdict} />
        </p>
        <p className={styles.then}>
          <Then verdict={verdict} report={report} />
        </p>
      </div>
      <div className={styles.bars}>
        <Arm goal={goal} arm="treated" />
        {goal.control.members > 0 ? <Arm goal={goal} arm="control" /> : null}
        {goal.uplift ? <Interval uplift={goal.uplift} /> : null}
      </div>
    </section>
  )
}

function Said({ goal: { treated, control, uplift }, verdict: { kind } }: { goal: Goal; verdict: Verdict }) {
  const { t } = useTranslation('reports')
  const format = useFormat()
  if (kind === 'waiting') return t('verdict.waiting')
  const rates = { treated: format.share(treated.rate), control: format.share(control.rate) }
  if (kind === 'alone' || uplift === null)
    return t('verdict.alone', {
      treated: rates.treated,
      members: format.count(treated.members),
      converted: format.count(treated.converted),
    })
  const { difference, low, high } = uplift
  return t(`verdict.${kind}`, {
    ...rates,
    points: points(kind === 'up' ? difference : Math.abs(difference)),
    low: points(low),
    high: points(high),
  })
}

/** What follows from it: what it brought, or what would let one see. */
function Then({ verdict: { kind, extra }, report }: { verdict: Verdict; report: ReportAnswer }) {
  const { t } = useTranslation('reports')
  const format = useFormat()
  if (kind === 'unsure') return t('verdict.needMore')
  if (kind === 'alone') return t('verdict.advise')
  if (extra === null) return null
  const count = format.count(extra.count)
  if (extra.value === 0) return t('verdict.extra', { count: extra.count, replace: { count } })
  const { currency } = report
  const value = format.money(roughly(extra.value, currency), currency)
  const cost = format.money(roughly(minorOfMilli(report.costMilli, currency), currency), currency)
  return t('verdict.extraValue', { count: extra.count, replace: { count, value, cost } })
}

/** Whole units: an estimate told to the fen would pretend to more than is known. */
const roughly = (minor: number, currency: string) =>
  Math.round(minor / minorUnits(currency)) * minorUnits(currency)

function Arm({ goal, arm }: { goal: Goal; arm: 'treated' | 'control' }) {
  const { t } = useTranslation('reports')
  const format = useFormat()
  const { members, converted, rate } = goal[arm]
  const widest = Math.max(goal.treated.rate, goal.control.rate) || 1
  return (
    <div className={styles.arm}>
      <span>
        {t(`arms.${arm}`)}{' '}
        <small>{t('members', { members: format.count(members), converted: format.count(converted) })}</small>
      </span>
      <strong>{format.share(rate)}</strong>
      <div className={styles.track}>
        <div
          className={styles.fill}
          style={{
            width: `${(rate / widest) * 100}%`,
            background: cssVar(arm === 'treated' ? 'primary' : 'flow'),
          }}
        />
      </div>
    </div>
  )
}

const percent = (share: number) => `${share * 100}%`

/** The difference with its 95% interval on a ruler, against no difference. */
function Interval({ uplift }: { uplift: NonNullable<Goal['uplift']> }) {
  const { t } = useTranslation('reports')
  const at = ruler(uplift)
  const said = `${points(uplift.low, true)} … ${points(uplift.high, true)}`
  return (
    <div>
      <p className={styles.rulerLabel}>
        {t('interval')} · {t('points', { value: said })}
      </p>
      <div className={styles.ruler} aria-hidden>
        <span className={styles.line} />
        <span
          className={`${styles.zero} ${at.zero < 0.2 ? styles.atStart : ''}`}
          style={{ left: percent(at.zero) }}
        >
          <span>{t('noDifference')}</span>
        </span>
        <span className={styles.range} style={{ left: percent(at.low), width: percent(at.high - at.low) }} />
        <span className={styles.middle} style={{ left: percent(at.middle) }} />
      </div>
    </div>
  )
}
