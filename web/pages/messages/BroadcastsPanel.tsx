import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Broadcast, broadcastList } from '../../../shared/api/wecom.ts'
import { useApiQuery } from '../../api/query.ts'
import { Panel } from '../../ui/Page.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { BroadcastActions, broadcastColours } from './BroadcastActions.tsx'
import styles from './BroadcastsPanel.module.css'

const everyMs = 30_000
/** Broadcasts in WeCom: which employee has pressed send, who has had it, and the ways to remind and to take back. */
export function BroadcastsPanel() {
  const { t } = useTranslation('messages')
  const query = useApiQuery('/wecom/broadcasts?limit=4', broadcastList, { refetchInterval: everyMs })
  const broadcasts = query.data?.broadcasts ?? []
  if (broadcasts.length === 0) return null
  return (
    <div className={styles.panel}>
      <Panel title={t('broadcasts.title')}>
        <p className={styles.about}>{t('broadcasts.about')}</p>
        <ul className={styles.list} data-testid="broadcasts">
          {broadcasts.map((broadcast) => (
            <Row key={broadcast.id} broadcast={broadcast} />
          ))}
        </ul>
      </Panel>
    </div>
  )
}

function Row({ broadcast }: { broadcast: Broadcast }) {
  const { t } = useTranslation('messages')
  const format = useFormat()
  const { sender, staff, status, text, madeAt, confirmsAt, customers, sent, failed, reminders } = broadcast
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <strong>{staff ?? sender}</strong>
        <span className={styles.text}>{text}</span>
        <small>
          {format.time(madeAt)} · {t('broadcasts.sent', { sent, customers })}
          {failed > 0 ? ` · ${t('broadcasts.failed', { failed })}` : ''}
          {reminders.length > 0 ? ` · ${t('broadcasts.reminded', { times: reminders.length })}` : ''}
          {confirmsAt === null ? '' : ` · ${t('broadcasts.confirmsAt', { time: format.time(confirmsAt) })}`}
        </small>
      </div>
      <Tag color={broadcastColours[status]}>{t(`broadcasts.statuses.${status}`)}</Tag>
      <BroadcastActions broadcast={broadcast} />
    </li>
  )
}
