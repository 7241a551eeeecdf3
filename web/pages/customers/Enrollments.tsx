import { Route } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { endingReasons } from '../../../shared/effects/index.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useJourneys } from '../../api/useJourneys.ts'
import { Panel } from '../../ui/Page.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './Profile.module.css'
import type { PartProps } from './panels.tsx'
import { useNames } from './useNames.ts'

type Enrollment = CustomerAnswer['enrollments'][number]

/** An exit's name, or the reason for which a customer left, in words. */
export function useEndingName(): (ending: string, node: (id: string) => string) => string {
  const { t } = useTranslation('customers')
  return (ending, node) => {
    const reason = endingReasons.find((each) => each === ending)
    return reason ? t(`endings.${reason}`) : node(ending)
  }
}

/** Every passage of the customer through a journey: where it stands, or how it ended. */
export function Enrollments({ data: { enrollments } }: PartProps) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const path = useBrandPath()
  const names = useNames(useJourneys([...new Set(enrollments.map(({ journeyId }) => journeyId))]))
  const ending = useEndingName()
  const said = ({ journeyId, state, status, endedAt, ending: end, dueAt }: Enrollment): string => {
    const node = (id: string) => names.node(journeyId, id)
    if (endedAt !== null)
      return t('journeys.ended', { when: format.time(endedAt, 'short'), ending: ending(end ?? state, node) })
    if (status === 'stuck') return t('journeys.stuck', { node: node(state) })
    const at = t('journeys.live', { node: node(state) })
    return dueAt === null ? at : `${at} · ${t('journeys.due', { when: format.time(dueAt, 'short') })}`
  }
  return (
    <Panel title={t('journeys.title')}>
      {enrollments.length === 0 ? <p className={styles.quiet}>{t('journeys.none')}</p> : null}
      {enrollments.map((enrollment) => (
        <div key={enrollment.id} className={styles.journey}>
          <Link to={path(`journeys/${enrollment.journeyId}`)}>{format.text(enrollment.journeyName)}</Link>
          {enrollment.control ? <span className={styles.badge}>{t('journeys.control')}</span> : null}
          <p>{said(enrollment)}</p>
          <p>
            <Link
              className={styles.why}
              to={path(`journeys/${enrollment.journeyId}/why/${enrollment.id}`)}
              data-testid={`why-${enrollment.id}`}
            >
              <Route size={13} aria-hidden />
              {t(enrollment.endedAt === null ? 'journeys.whyLive' : 'journeys.why')}
            </Link>
          </p>
        </div>
      ))}
    </Panel>
  )
}
