import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocale } from '../locales/useLocale.ts'
import styles from './ProblemAlert.module.css'
import type { ShownProblem } from './problem.ts'

/** A problem as the API tells it: what is wrong, where, and how to mend it. */
export function ProblemAlert({ problem, onRetry }: { problem: ShownProblem; onRetry?: () => void }) {
  const { t } = useTranslation()
  const { locale } = useLocale()
  const mend = problem.mend(locale)
  return (
    <Alert
      type="error"
      showIcon
      title={problem.describe(locale)}
      description={
        <>
          {mend ? <p>{mend}</p> : null}
          <p className={styles.small}>
            {problem.place ? `${t('problem.place')} ${problem.place} · ` : null}
            {t('problem.code', { code: problem.code })}
          </p>
        </>
      }
      action={
        onRetry ? (
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        ) : null
      }
    />
  )
}
