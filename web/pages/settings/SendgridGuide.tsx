import { Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { useBrand } from '../../api/system.ts'
import styles from './DkimPanel.module.css'

const steps = ['webhook', 'address', 'events', 'sign', 'key', 'save'] as const

/** How SendGrid is told where bounces and complaints are reported. */
export function SendgridGuide() {
  const { t } = useTranslation('settings')
  const brand = useBrand()
  const url = `${window.location.origin}/hooks/${brand?.id ?? 'own'}/email/sendgrid`
  return (
    <section className={styles.panel} data-testid="sendgrid-guide">
      <h3>{t('sendgrid.title')}</h3>
      <p>{t('sendgrid.about')}</p>
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step}>
            {t(`sendgrid.steps.${step}`)}
            {step === 'address' ? (
              <>
                {' '}
                <Typography.Text copyable code className={styles.value ?? ''}>
                  {url}
                </Typography.Text>
              </>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
