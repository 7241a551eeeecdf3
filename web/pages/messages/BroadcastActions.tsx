import { useMutation } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { Broadcast, BroadcastStatus } from '../../../shared/api/wecom.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useBrand } from '../../api/system.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './BroadcastActions.module.css'

const path = '/wecom/broadcasts'

export const broadcastColours = {
  calling: 'default',
  waiting: 'processing',
  done: 'success',
  failed: 'error',
  cancelled: 'default',
  unreadable: 'warning',
} as const satisfies Record<BroadcastStatus, string>

type Act = 'confirm' | 'remind' | 'cancel'

/** What can be done with a broadcast that waits: in a sandbox one presses send for the employee. */
export function BroadcastActions({ broadcast: { id, status } }: { broadcast: Broadcast }) {
  const { t } = useTranslation('messages')
  const sandbox = useBrand()?.sandbox === true
  const notice = useNotice()
  const act = useMutation({
    mutationFn: (what: Act) => api.post(`${path}/${id}/${what}`, z.unknown()),
    onSuccess: async (_answer, what) => {
      notice.done(t(`broadcasts.${what}Done`))
      await Promise.all([refresh(path), refresh('/messages'), refresh('/inbox')])
    },
    onError: notice.problem,
  })
  if (status !== 'waiting') return null
  const button = (what: Act, primary: boolean) => (
    <Button
      size="small"
      type={primary ? 'primary' : 'default'}
      loading={act.isPending && act.variables === what}
      disabled={act.isPending}
      onClick={() => act.mutate(what)}
    >
      {t(`broadcasts.${what}`)}
    </Button>
  )
  return (
    <div className={styles.actions}>
      {sandbox ? button('confirm', true) : null}
      {button('remind', false)}
      <Popconfirm
        title={t('broadcasts.cancelAsk')}
        okText={t('broadcasts.cancel')}
        onConfirm={() => act.mutate('cancel')}
      >
        <Button size="small" type="text" danger disabled={act.isPending}>
          {t('broadcasts.cancel')}
        </Button>
      </Popconfirm>
    </div>
  )
}
