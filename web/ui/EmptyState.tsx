import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './EmptyState.module.css'

export interface EmptyStateProps {
  icon: LucideIcon
  title: string
  /** What this page is for. */
  text: string
  /** The one next step, and at most one quiet alternative. */
  action?: ReactNode
  example?: string
}

/** Teaches: what the page is for, the one next step, an example. */
export function EmptyState({ icon: Icon, title, text, action, example }: EmptyStateProps) {
  const { t } = useTranslation()
  return (
    <section className={styles.empty}>
      <span className={styles.icon}>
        <Icon size={24} strokeWidth={1.6} aria-hidden />
      </span>
      <h2>{title}</h2>
      <p className={styles.text}>{text}</p>
      {action ? <div className={styles.action}>{action}</div> : null}
      {example ? (
        <div className={styles.example}>
          <span>{t('example')}</span>
          <p>{example}</p>
        </div>
      ) : null}
    </section>
  )
}
