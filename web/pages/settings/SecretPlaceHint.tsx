import { Typography } from 'antd'
import { useTranslation } from 'react-i18next'

/** Whose a secret is that is kept, and that it goes with its address when another one is written. */
export function SecretPlaceHint({ was, now }: { was: string | null; now: string | null }) {
  const { t } = useTranslation('settings')
  if (was === null) return null
  if (was === now) return <>{t('secretOf', { was })}</>
  return <Typography.Text type="warning">{t('secretElsewhere', { was })}</Typography.Text>
}
