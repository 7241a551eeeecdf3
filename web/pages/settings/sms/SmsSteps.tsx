import { useTranslation } from 'react-i18next'
import { isSmsProvider } from '../../../../shared/channels/sms/providers.ts'
import styles from './sms.module.css'

const steps = ['one', 'two', 'three', 'four', 'five'] as const

/** How a provider's keys are come by, step by step. */
export function SmsSteps({ provider }: { provider: unknown }) {
  const { t } = useTranslation('settings')
  const of = isSmsProvider(provider) ? provider : 'gateway'
  return (
    <ol className={styles.steps} data-testid="sms-steps">
      {steps.map((step) => (
        <li key={step}>{t(`channels.steps.${of}.${step}`)}</li>
      ))}
    </ol>
  )
}
