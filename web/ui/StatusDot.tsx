import type { ReactNode } from 'react'
import styles from './StatusDot.module.css'

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
