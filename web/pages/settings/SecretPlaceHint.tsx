import { Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { keptSecret } from '../../../shared/api/settings.ts'

type Kept = z.output<typeof keptSecret>

/** Whose a secret is that was given, and whether it has to be typed again for the address that is written now. */
export function SecretPlaceHint({ secret, now }: { secret: Kept; now: string | null }) {
  const { t } = useTranslation('settings')
  const { origin, state } = secret
  const was = origin ?? ''
  if (state === 'kept' && origin === now) return origin === null ? null : t('secret.kept', { was })
  const said = {
    kept: t('secret.elsewhere', { was }),
    dropped: t('secret.dropped', { was }),
    locked: t('secret.locked'),
  } satisfies Record<Kept['state'], string>
  return <Typography.Text type="warning">{said[state]}</Typography.Text>
}
