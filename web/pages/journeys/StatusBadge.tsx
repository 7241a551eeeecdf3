import { useTranslation } from 'react-i18next'
import type { JourneyStatus, JourneySummary } from '../../../shared/api/journeys.ts'
import { StatusDot, type Tone } from '../../ui/StatusDot.tsx'

const tones: Record<JourneyStatus, Tone> = { draft: 'plain', live: 'good', paused: 'warn', stopped: 'quiet' }

interface Props {
  readonly status: JourneyStatus
  readonly breaker: JourneySummary['breaker']
  readonly unreadable?: boolean
}

/** Whether a journey is a draft, running, paused (by a person or by itself) or stopped. */
export function JourneyStatusBadge({ status, breaker, unreadable = false }: Props) {
  const { t } = useTranslation('journeys')
  if (unreadable)
    return (
      <span title={t('unreadableWhy')} data-testid="unreadable">
        <StatusDot tone="bad">{t('unreadable')}</StatusDot>
      </span>
    )
  if (breaker !== null)
    return (
      <span title={t('trippedWhy')} data-testid="tripped">
        <StatusDot tone="bad">{t('tripped')}</StatusDot>
      </span>
    )
  return <StatusDot tone={tones[status]}>{t(`statuses.${status}`)}</StatusDot>
}
