import { useTranslation } from 'react-i18next'
import type { JourneyStatus } from '../../../shared/api/journeys.ts'
import { StatusDot, type Tone } from '../../ui/StatusDot.tsx'

const tones: Record<JourneyStatus, Tone> = { draft: 'plain', live: 'good', paused: 'warn', stopped: 'quiet' }

/** Whether a journey is a draft, running, paused or stopped. */
export function JourneyStatusBadge({ status }: { status: JourneyStatus }) {
  const { t } = useTranslation('journeys')
  return <StatusDot tone={tones[status]}>{t(`statuses.${status}`)}</StatusDot>
}
