import type { ReactNode } from 'react'
import styles from './StatTile.module.css'

export interface StatTileProps {
  label: string
  value: ReactNode
  /** What the number means, or against what it stands. */
  note?: ReactNode
  tone?: 'plain' | 'good' | 'bad'
}

/** One figure: its name, itself, a note. */
export function StatTile({ label, value, note, tone = 'plain' }: StatTileProps) {
  return (
    <div className={styles.tile}>
      <span className={styles.label}>{label}</span>
      <strong className={styles.value}>{value}</strong>
      {note ? <span className={`${styles.note} ${styles[tone] ?? ''}`}>{note}</span> : null}
    </div>
  )
}

/** Tiles side by side, as many as fit. */
export function StatTiles({ children }: { children: ReactNode }) {
  return <div className={styles.tiles}>{children}</div>
}
