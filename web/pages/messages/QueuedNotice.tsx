import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { MessageSummary } from '../../../shared/api/messages.ts'
import { channelSettingsAnswer } from '../../../shared/api/settings.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrand } from '../../api/system.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import styles from './MessagesPage.module.css'

/** Says of queued messages that they wait for a channel which nobody has set up, and leads to its settings. */
export function QueuedNotice({ messages }: { messages: readonly MessageSummary[] }) {
  const { t } = useTranslation('messages')
  const name = useChannelName()
  const path = useBrandPath()
  const live = useBrand()?.sandbox === false
  const settings = useApiQuery('/settings/channels', channelSettingsAnswer, { enabled: live }).data
  const queued = new Set(messages.filter(({ status }) => status === 'queued').map(({ channel }) => channel))
  const waiting = settings?.channels.filter(({ id, transport }) => transport === 'absent' && queued.has(id))
  if (waiting === undefined || waiting.length === 0) return null
  return waiting.map(({ id }) => (
    <Alert
      key={id}
      className={styles.explain ?? ''}
      type="warning"
      showIcon
      title={t('waiting.title', { channel: name(id) })}
      description={t('waiting.text')}
      action={
        <Link to={path(`settings?tab=channels&channel=${encodeURIComponent(id)}`)}>
          <Button size="small">{t('waiting.action')}</Button>
        </Link>
      }
    />
  ))
}
