import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Logo } from '../ui/Logo.tsx'
import styles from './Opening.module.css'

/** The screen before the first page: the mark, or what stands in the way. */
export function Opening({ children }: { children?: ReactNode }) {
  const { t } = useTranslation('shell')
  return (
    <div className={styles.opening}>
      {children ?? (
        <span className={styles.mark} role="status" aria-label={t('start.opening')}>
          <Logo size={36} />
        </span>
      )}
    </div>
  )
}
