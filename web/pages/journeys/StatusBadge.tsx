import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { JourneyStatus } from '../../../shared/api/journeys.ts'
import styles from './StatusBadge.module.css'

export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'quiet' | 'plain'

/** A state as a coloured dot and its word. */
export function StatusDot({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`${styles.badge} ${styles[tone] ?? ''}`}>
      <i aria-hidden />
      {children}
    </span>
  )
}

const tones: Record<JourneyStatus, Tone> = { draft: 'plain', live: 'good', paused: 'warn', stopped: 'quiet' }

/** Whether a journey is a draft, running, paused or stopped. */
export function JourneyStatusBadge({ status }: { status: JourneyStatus }) {
  const { t } = useTranslation('journeys')
  return <StatusDot tone={tones[status]}>{t(`statuses.${status}`)}</StatusDot>
}
