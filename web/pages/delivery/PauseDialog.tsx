import { useMutation } from '@tanstack/react-query'
import { Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pausesAnswer } from '../../../shared/api/delivery.ts'
import { limits } from '../../../shared/limits.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useNotice } from '../../ui/useNotice.tsx'

/** Asks why a channel is to be paused, and pauses it. */
export function PauseDialog({ channel, onClose }: { channel: string; onClose: () => void }) {
  const { t } = useTranslation('delivery')
  const name = useChannelName()
  const notice = useNotice()
  const [reason, setReason] = useState('')
  const named = { channel: name(channel) }
  const pause = useMutation({
    mutationFn: () => api.post(`/delivery/${channel}/pause`, pausesAnswer, { reason: reason.trim() }),
    onSuccess: async () => {
      notice.done(t('pause.done', named))
      onClose()
      await refresh('/delivery')
    },
  })
  return (
    <Modal
      open
      title={t('pause.title', named)}
      okText={t('pause.ok')}
      okButtonProps={{ disabled: reason.trim() === '', 'data-testid': 'pause-ok' }}
      confirmLoading={pause.isPending}
      onOk={() => pause.mutate()}
      onCancel={onClose}
    >
      <p>{t('pause.text')}</p>
      {pause.error ? <ProblemAlert problem={asProblem(pause.error)} /> : null}
      <Form layout="vertical">
        <Form.Item label={t('pause.reason')}>
          <Input
            value={reason}
            maxLength={limits.pauseReason.value}
            placeholder={t('pause.example')}
            onChange={(event) => setReason(event.target.value)}
            data-testid="pause-reason"
          />
        </Form.Item>
      </Form>
    </Modal>
  )
}
