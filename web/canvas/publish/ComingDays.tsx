import { useTranslation } from 'react-i18next'
import type { FlightAnswer } from '../../../shared/api/versions.ts'
import { sayDay } from '../../../shared/calendar/index.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useDocument } from '../context.ts'
import styles from './Flight.module.css'

type Day = FlightAnswer['days'][number]

const isBusy = ({ waits, messages, entries }: Day) => waits + messages + entries.length > 0

/** What will leave in the next seven days, as things stand. */
export function ComingDays({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation('publishing')
  const { locale } = useLocale()
  const format = useFormat()
  const nodes = useDocument(({ journey }) => journey.nodes)
  const busy = days.filter(isBusy)
  const entriesOf = ({ entries }: Day) =>
    entries
      .map(({ node, at }) => `${format.text(nodes[node]?.name ?? { en: node })} ${format.time(at, 'short')}`)
      .join(locale === 'en' ? ', ' : '、')
  return (
    <section className={styles.days} data-testid="publish-days">
      <h3>{t('days.title')}</h3>
      {busy.length === 0 ? (
        <p className={styles.quiet}>{t('days.nothing')}</p>
      ) : (
        <table className={styles.people}>
          <thead>
            <tr>
              <th>{t('days.day')}</th>
              <th>{t('days.entries')}</th>
              <th>{t('days.waits')}</th>
              <th>{t('days.messages')}</th>
            </tr>
          </thead>
          <tbody>
            {busy.map((day) => (
              <tr key={day.date}>
                <td>{sayDay(day.date, locale)}</td>
                <td>{entriesOf(day) || '–'}</td>
                <td>{day.waits === 0 ? '–' : format.count(day.waits)}</td>
                <td>{day.messages === 0 ? '–' : format.count(day.messages)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
