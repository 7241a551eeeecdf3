import { Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { type RatesBasis, type RehearsalReport, rateNames } from '../../../shared/api/rehearsal.ts'
import { festivalId, festivalName, sayDay } from '../../../shared/calendar/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { portsOf } from '../../store/graph.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import { ofSameYear } from './days.ts'
import styles from './Rehearsal.module.css'

/** What a rehearsal rests on: who was assumed to come in, and from what the rates were taken. */
export function Basis() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const report = useStore(rehearsal, (state) => state.report)
  if (report === null) return null
  return (
    <Popover
      content={
        <div className={styles.basis} data-testid="rehearsal-basis">
          <Entries report={report} />
          <Bounded bounded={report.bounded} />
          <Unforeseen unforeseen={report.unforeseen} />
          <StaffAnswers answers={report.answers} />
          <LeftOut left={report.left_out} />
          {report.basis && report.rates ? <Rates basis={report.basis} rates={report.rates} /> : null}
        </div>
      }
    >
      <button type="button" className={styles.link}>
        {t('basis.link')}
      </button>
    </Popover>
  )
}

function Entries({ report: { entries, unknown_customers: unknown } }: { report: RehearsalReport }) {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const nodes = useStore(rehearsal, (state) => state.journey?.nodes ?? {})
  const format = useFormat()
  const time = (at: string | null) => (at === null ? '' : format.time(Date.parse(at)))
  return (
    <section>
      <h4>{t('basis.entries')}</h4>
      <ul className={styles.reasons}>
        {entries.map(({ node, by, from, until, entered }) => (
          <li key={node}>
            <span>
              {format.text(nodes[node]?.name ?? { en: node })}
              <small>
                {t(`basis.ways.${from === null && by !== 'nobody' ? 'none' : by}`, {
                  from: time(from),
                  until: time(until),
                })}
              </small>
            </span>
            <strong>{format.count(entered)}</strong>
          </li>
        ))}
      </ul>
      {unknown.length > 0 ? (
        <p className={styles.bad}>
          {t('basis.unknown', { count: unknown.length, ids: unknown.slice(0, 5).join(', ') })}
        </p>
      ) : null}
    </section>
  )
}

/** What tasks for staff were assumed to come to. */
function StaffAnswers({ answers }: Pick<RehearsalReport, 'answers'>) {
  const { t } = useTranslation('rehearsal')
  const { rehearsal, types } = useCanvas()
  const journey = useStore(rehearsal, (state) => state.journey)
  const format = useFormat()
  if (journey === null || answers.length === 0) return null
  return (
    <section>
      <h4>{t('basis.answers')}</h4>
      <ul className={styles.reasons}>
        {answers.map(({ node, from, tasks, shares }) => {
          const ports = portsOf(journey, node, types)
          const said = ports.flatMap(({ id, name }) => {
            const share = shares[id] ?? 0
            return share > 0 ? [`${format.text(name)} ${format.share(share / 100)}`] : []
          })
          return (
            <li key={node}>
              <span>
                {format.text(journey.nodes[node]?.name ?? { en: node })}
                <small>
                  {t(`basis.answerSources.${from}`, { count: tasks, tasks: format.count(tasks) })}
                </small>
                <small>{said.join(' · ')}</small>
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

/** Other journeys that were asked less often than they fire. */
function Bounded({ bounded }: Pick<RehearsalReport, 'bounded'>) {
  const { t } = useTranslation('rehearsal')
  const format = useFormat()
  return bounded.map(({ journey, node, name, hours }) => (
    <p key={`${journey} ${node}`}>{t('basis.bounded', { name: format.text(name), count: hours })}</p>
  ))
}

/** Other journeys into which people may be sent whom nobody can foresee. */
function Unforeseen({ unforeseen }: Pick<RehearsalReport, 'unforeseen'>) {
  const { t } = useTranslation('rehearsal')
  const format = useFormat()
  return unforeseen.map(({ journey, node, name }) => (
    <p key={`${journey} ${node}`}>{t('basis.unforeseen', { name: format.text(name) })}</p>
  ))
}

/** What could not be rehearsed, as the engine could not go on there either. */
function LeftOut({ left: { customers, passages, journeys } }: { left: RehearsalReport['left_out'] }) {
  const { t } = useTranslation('rehearsal')
  const format = useFormat()
  const lines = [
    ...(customers > 0
      ? [t('basis.leftOut.customers', { count: customers, people: format.count(customers) })]
      : []),
    ...passages.map(({ name, count }) =>
      t('basis.leftOut.passages', { name: format.text(name), count, passages: format.count(count) }),
    ),
    ...journeys.map((journey) => t('basis.leftOut.journeys', { journey })),
  ]
  return lines.map((line) => (
    <p key={line} className={styles.bad}>
      {line}
    </p>
  ))
}

/** The weeks of past years that were looked at, in words. */
function useWeeks({ festival, weeks, sources }: RatesBasis): string {
  const { t } = useTranslation('rehearsal')
  const { locale } = useLocale()
  const id = festivalId.safeParse(festival)
  if (weeks.length === 0)
    return t(sources.unprompted === 'whole_history' ? 'basis.wholeHistory' : 'basis.noHistory')
  const stretch = ({ from, to }: { from: string; to: string }) =>
    locale === 'en'
      ? `${sayDay(from, locale, ofSameYear(to))} – ${sayDay(to, locale)}`
      : `${sayDay(from, locale)}–${sayDay(to, locale, ofSameYear(from))}`
  const days = weeks.map(stretch).join(locale === 'en' ? '; ' : '；')
  return id.success
    ? t('basis.aroundFestival', { festival: festivalName(id.data)[locale], days })
    : t('basis.sameWeeks', { days })
}

function Rates({ basis, rates }: { basis: RatesBasis; rates: NonNullable<RehearsalReport['rates']> }) {
  const { t } = useTranslation('rehearsal')
  const format = useFormat()
  const weeks = useWeeks(basis)
  const { people, customers, orders, messages, mean_order: mean } = basis
  return (
    <section>
      <h4>{t('basis.rates')}</h4>
      <ul className={styles.reasons}>
        {rateNames.map((name) => (
          <li key={name}>
            <span>
              {t(`rates.${name}`)}
              <small>{t(`basis.sources.${basis.sources[name]}`)}</small>
            </span>
            <strong>{format.share(rates[name])}</strong>
          </li>
        ))}
      </ul>
      <p>{weeks}</p>
      {people === 'nobody' ? null : (
        <p>
          {t(`basis.people.${people}`, { count: customers, people: format.count(customers) })}
          {t('basis.orders', { count: orders, orders: format.count(orders), mean: format.money(mean) })}
        </p>
      )}
      <p>
        {messages > 0
          ? t('basis.messages', { count: messages, messages: format.count(messages) })
          : t('basis.noMessages')}
      </p>
    </section>
  )
}
