import { useMutation } from '@tanstack/react-query'
import { Button, Popconfirm, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type Broadcast, type BroadcastStatus, broadcastList } from '../../../shared/api/wecom.ts'
import { api } from '../../api/client.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { useBrand } from '../../api/system.ts'
import { Panel } from '../../ui/Page.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './BroadcastsPanel.module.css'

const path = '/wecom/broadcasts'
const everyMs = 30_000
const colours = {
  calling: 'default',
  waiting: 'processing',
  done: 'success',
  failed: 'error',
  cancelled: 'default',
  unreadable: 'warning',
} as const satisfies Record<BroadcastStatus, string>

/** Broadcasts in WeCom: which employee has pressed send, who has had it, and the ways to remind and to take back. */
export function BroadcastsPanel() {
  const { t } = useTranslation('messages')
  const live = useBrand()?.sandbox === false
  const query = useApiQuery(`${path}?limit=8`, broadcastList, { enabled: live, refetchInterval: everyMs })
  const broadcasts = query.data?.broadcasts ?? []
  if (broadcasts.length === 0) return null
  return (
    <Panel title={t('broadcasts.title')}>
      <p className={styles.about}>{t('broadcasts.about')}</p>
      <ul className={styles.list} data-testid="broadcasts">
        {broadcasts.map((broadcast) => (
          <Row key={broadcast.id} broadcast={broadcast} />
        ))}
      </ul>
    </Panel>
  )
}

function Row({ broadcast }: { broadcast: Broadcast }) {
  const { t } = useTranslation('messages')
  const format = useFormat()
  const notice = useNotice()
  const { id, sender, staff, status, text, madeAt, customers, sent, failed, reminders } = broadcast
  const act = useMutation({
    mutationFn: (what: 'remind' | 'cancel') => api.post(`${path}/${id}/${what}`, z.unknown()),
    onSuccess: async (_answer, what) => {
      notice.done(t(`broadcasts.${what}Done`))
      await Promise.all([refresh(path), refresh('/messages')])
    },
    onError: notice.problem,
  })
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <strong>{staff ?? sender}</strong>
        <span className={styles.text}>{text}</span>
        <small>
          {format.time(madeAt)} · {t('broadcasts.sent', { sent, customers })}
          {failed > 0 ? ` · ${t('broadcasts.failed', { failed })}` : ''}
          {reminders.length > 0 ? ` · ${t('broadcasts.reminded', { times: reminders.length })}` : ''}
        </small>
      </div>
      <Tag color={colours[status]}>{t(`broadcasts.statuses.${status}`)}</Tag>
      {status === 'waiting' ? (
        <>
          <Button size="small" loading={act.isPending} onClick={() => act.mutate('remind')}>
            {t('broadcasts.remind')}
          </Button>
          <Popconfirm
            title={t('broadcasts.cancelAsk')}
            okText={t('broadcasts.cancel')}
            onConfirm={() => act.mutate('cancel')}
          >
            <Button size="small" type="text" danger>
              {t('broadcasts.cancel')}
            </Button>
          </Popconfirm>
        </>
      ) : null}
    </li>
  )
}
