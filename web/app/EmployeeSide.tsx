import { Tag } from 'antd'
import { ClipboardCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { type Broadcast, broadcastList } from '../../shared/api/wecom.ts'
import { asProblem } from '../api/problem.ts'
import { useApiQuery } from '../api/query.ts'
import { BroadcastActions, broadcastColours } from '../pages/messages/BroadcastActions.tsx'
import { Phone } from '../ui/Phone.tsx'
import { ProblemAlert } from '../ui/ProblemAlert.tsx'
import { useFormat } from '../ui/useFormat.ts'
import styles from './EmployeeSide.module.css'
import drawer from './PhoneDrawer.module.css'

/** What the employees of a sandbox see in WeCom: broadcasts that wait for them to press send, and those that are over. */
export function EmployeeSide({ time }: { time?: string }) {
  const { t } = useTranslation('shell')
  const query = useApiQuery('/wecom/broadcasts?limit=50', broadcastList)
  const broadcasts = query.data?.broadcasts ?? []
  return (
    <Phone title={t('phone.employees')} {...(time === undefined ? {} : { time })}>
      {query.error ? (
        <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data && broadcasts.length === 0 ? (
        <div className={drawer.none}>
          <ClipboardCheck size={26} strokeWidth={1.5} aria-hidden />
          <strong>{t('phone.noTasks')}</strong>
          <p>{t('phone.noTasksText')}</p>
        </div>
      ) : null}
      <ul className={styles.list} data-testid="employee-tasks">
        {broadcasts.map((broadcast) => (
          <Task key={broadcast.id} broadcast={broadcast} />
        ))}
      </ul>
    </Phone>
  )
}

function Task({ broadcast }: { broadcast: Broadcast }) {
  const { t } = useTranslation(['shell', 'messages'])
  const format = useFormat()
  const { sender, staff, status, text, madeAt, confirmsAt, customers, sent } = broadcast
  return (
    <li className={styles.task}>
      <header>
        <strong>{staff ?? sender}</strong>
        <Tag color={broadcastColours[status]}>{t(`messages:broadcasts.statuses.${status}`)}</Tag>
      </header>
      <p className={styles.text}>{text}</p>
      <small>
        {format.time(madeAt)} · {t('messages:broadcasts.sent', { sent, customers })}
        {confirmsAt === null
          ? null
          : ` · ${t('messages:broadcasts.confirmsAt', { time: format.time(confirmsAt, 'time') })}`}
      </small>
      <BroadcastActions broadcast={broadcast} />
    </li>
  )
}
