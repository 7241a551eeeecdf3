import { useTranslation } from 'react-i18next'
import styles from './ProgressLine.module.css'
import { useFormat } from './useFormat.ts'

/** Long work with its counts. Without a total the line only shows that work goes on. */
export function ProgressLine({ label, done, total }: { label: string; done: number; total: number | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const share = total === null || total === 0 ? null : Math.min(1, done / total)
  return (
    <div className={styles.progress}>
      <div className={styles.words}>
        <span>{label}</span>
        <span className={styles.count}>
          {total === null
            ? done > 0 && format.count(done)
            : t('progress', { done: format.count(done), total: format.count(total) })}
        </span>
      </div>
      <progress
        className={styles.line}
        aria-label={label}
        max={1}
        {...(share === null ? {} : { value: share })}
      />
    </div>
  )
}
