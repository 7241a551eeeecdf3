import { useMutation } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type ChannelPause, pausesAnswer } from '../../shared/api/delivery.ts'
import { api } from '../api/client.ts'
import { refresh, useApiQuery } from '../api/query.ts'
import { useChannelName } from '../ui/PhoneMessage.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { useNotice } from '../ui/useNotice.tsx'
import { useActorName } from './customers/changes.tsx'

/** Channels that people have paused, or one of them: by whom, since when and why, and the way to go on. */
export function PauseNotices({ only }: { only?: string }) {
  const pauses = useApiQuery('/delivery/pauses', pausesAnswer).data?.pauses ?? []
  return pauses
    .filter(({ channel }) => only === undefined || channel === only)
    .map((pause) => <PauseNotice key={pause.channel} pause={pause} />)
}

export function PauseNotice({ pause }: { pause: ChannelPause }) {
  const { t } = useTranslation('common')
  const name = useChannelName()
  const actorName = useActorName()
  const format = useFormat()
  const notice = useNotice()
  const { channel, since, by, reason } = pause
  const go = useMutation({
    mutationFn: () => api.post(`/delivery/${channel}/continue`, pausesAnswer),
    onSuccess: async () => {
      notice.done(t('pauses.gone', { channel: name(channel) }))
      await Promise.all([refresh('/delivery'), refresh('/messages')])
    },
    onError: notice.problem,
  })
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginTop: 12, marginBottom: 12 }}
      data-testid={`pause-${channel}`}
      title={t('pauses.title', { channel: name(channel) })}
      description={
        <span style={{ overflowWrap: 'anywhere' }}>
          {t('pauses.text', { by: actorName(by), since: format.time(since), reason })}
        </span>
      }
      action={
        <Button
          size="small"
          type="primary"
          loading={go.isPending}
          onClick={() => go.mutate()}
          data-testid={`continue-${channel}`}
        >
          {t('pauses.go')}
        </Button>
      }
    />
  )
}
