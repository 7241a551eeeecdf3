import { useMutation } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { channelSettingsAnswer } from '../../shared/api/settings.ts'
import type { Halt } from '../../shared/channels/halts.ts'
import { smsFaultIn } from '../../shared/channels/sms/faults.ts'
import { api } from '../api/client.ts'
import { refresh } from '../api/query.ts'
import { useChannelName } from '../ui/PhoneMessage.tsx'
import { useFormat } from '../ui/useFormat.ts'
import { useNotice } from '../ui/useNotice.tsx'

const types = { person: 'error', time: 'warning' } as const

/** Where nothing is sent for now: since when, what was answered there, and the way to go on. */
export function HaltNotices({ halts }: { halts: readonly Halt[] }) {
  return halts.map((halt) => <HaltNotice key={`${halt.channel} ${halt.endpoint}`} halt={halt} />)
}

function HaltNotice({ halt }: { halt: Halt }) {
  const { t } = useTranslation('common')
  const name = useChannelName()
  const format = useFormat()
  const notice = useNotice()
  const { channel, endpoint, mend, code, detail, since, nextAt, waiting } = halt
  const resume = useMutation({
    mutationFn: () =>
      api.post(`/settings/channels/${channel}/resume`, channelSettingsAnswer, {
        ...(endpoint === '' ? {} : { endpoint }),
      }),
    onSuccess: async () => {
      notice.done(t('halts.resumed'))
      await Promise.all([refresh('/settings/channels'), refresh('/messages'), refresh('/delivery')])
    },
    onError: notice.problem,
  })
  const fault = channel === 'sms' ? smsFaultIn(code) : null
  const times = { since: format.time(since), next: format.time(nextAt) }
  return (
    <Alert
      type={types[mend]}
      showIcon
      style={{ marginTop: 12, marginBottom: 12 }}
      data-testid={`halt-${channel}`}
      title={t(`halts.title.${mend}`, { channel: name(channel) })}
      description={
        <>
          {endpoint === '' ? null : <p style={{ overflowWrap: 'anywhere' }}>{endpoint}</p>}
          {fault === null ? null : (
            <p>{t('halts.fault', { what: format.text(fault.message), mend: format.text(fault.mend) })}</p>
          )}
          <p style={{ overflowWrap: 'anywhere' }}>{t('halts.answered', { code, detail })}</p>
          <p>
            {t('halts.waiting', { count: waiting })}
            {t(`halts.text.${mend}`, times)}
          </p>
        </>
      }
      action={
        <Button size="small" loading={resume.isPending} onClick={() => resume.mutate()}>
          {t('halts.resume')}
        </Button>
      }
    />
  )
}
