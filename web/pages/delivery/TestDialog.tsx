import { useMutation } from '@tanstack/react-query'
import { Alert, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { testSendAnswer } from '../../../shared/api/preview.ts'
import { channelOf } from '../../../shared/channels/index.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { useBrand } from '../../api/system.ts'
import { useChannelName } from '../../ui/PhoneMessage.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'

/** Sends a test by a channel to an address of one's own, and shows what its provider answered. */
export function TestDialog({ channel, onClose }: { channel: string; onClose: () => void }) {
  const { t } = useTranslation('delivery')
  const name = useChannelName()
  const sandbox = useBrand()?.sandbox ?? false
  const [to, setTo] = useState('')
  const label = t(`test.to.${channelOf(channel).address}`)
  const test = useMutation({
    mutationFn: () => api.post(`/delivery/${channel}/test`, testSendAnswer, { to: to.trim() }),
    onSuccess: () => refresh('/inbox'),
  })
  const { data, error } = test
  return (
    <Modal
      open
      title={t('test.title', { channel: name(channel) })}
      okText={t('test.ok')}
      okButtonProps={{ disabled: to.trim() === '', 'data-testid': 'test-ok' }}
      confirmLoading={test.isPending}
      onOk={() => test.mutate()}
      onCancel={onClose}
    >
      <p>{t('test.text')}</p>
      {sandbox ? <p>{t('test.sandbox')}</p> : null}
      <Form layout="vertical">
        <Form.Item label={label}>
          <Input
            value={to}
            onChange={(event) => setTo(event.target.value)}
            onPressEnter={() => test.mutate()}
            data-testid="test-to"
          />
        </Form.Item>
      </Form>
      {error ? <ProblemAlert problem={asProblem(error)} /> : null}
      {data === undefined ? null : (
        <Alert
          type={data.result === 'accepted' ? 'success' : 'error'}
          showIcon
          title={t(`test.${data.result}`, { detail: data.detail })}
          data-testid="test-answer"
        />
      )}
    </Modal>
  )
}
