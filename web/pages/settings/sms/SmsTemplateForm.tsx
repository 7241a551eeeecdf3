import { useMutation } from '@tanstack/react-query'
import { Form, Input, InputNumber, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { smsAnswer } from '../../../../shared/api/sms.ts'
import { type SmsProvider, smsKinds } from '../../../../shared/channels/sms/providers.ts'
import {
  reviewStateIds,
  reviewStates,
  type SmsTemplate,
  smsKindIds,
} from '../../../../shared/channels/sms/register.ts'
import { api } from '../../../api/client.ts'
import { asProblem } from '../../../api/problem.ts'
import { refresh } from '../../../api/query.ts'
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx'
import { useFormat } from '../../../ui/useFormat.ts'

export interface SmsTemplateFormProps {
  provider: SmsProvider
  /** null: a new one. */
  template: SmsTemplate | null
  onClose: () => void
}

type Written = Omit<SmsTemplate, 'byHand' | 'why'>

/** A registered template typed by hand, or more said of one that was synchronised. */
export function SmsTemplateForm({ provider, template, onClose }: SmsTemplateFormProps) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const [form] = Form.useForm<Written>()
  const save = useMutation({
    mutationFn: ({ code, ...written }: Written) =>
      api.put(`/settings/sms/templates/${encodeURIComponent(code.trim())}`, smsAnswer, {
        ...written,
        most: written.most ?? null,
        why: template?.why ?? '',
      }),
    onSuccess: async () => {
      await refresh('/settings/')
      onClose()
    },
  })
  const sample = `您的订单${provider === 'tencent' ? '{1}' : '$' + '{code}'}已发出`
  const needed = [{ required: true, message: t('channels.sms.needed') }]
  return (
    <Modal
      open
      title={t(template === null ? 'channels.sms.type' : 'channels.sms.edit')}
      okText={t('save')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {save.error ? <ProblemAlert problem={asProblem(save.error)} /> : null}
      <Form<Written>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={template ?? { kind: 'notification', state: 'approved', most: null }}
        onFinish={(written) => save.mutate(written)}
      >
        <Form.Item name="code" label={t('channels.sms.code')} rules={needed}>
          <Input
            disabled={template !== null}
            placeholder={provider === 'tencent' ? '1110' : 'SMS_154950909'}
          />
        </Form.Item>
        <Form.Item name="name" label={t('channels.sms.name')} rules={needed}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="text" label={t('channels.sms.text')} rules={needed}>
          <Input.TextArea autoSize={{ minRows: 3 }} maxLength={1000} placeholder={sample} />
        </Form.Item>
        <Form.Item name="kind" label={t('channels.sms.kind')}>
          <Select options={smsKindIds.map((kind) => ({ value: kind, label: format.text(smsKinds[kind]) }))} />
        </Form.Item>
        <Form.Item name="state" label={t('channels.sms.state')}>
          <Select
            options={reviewStateIds.map((state) => ({
              value: state,
              label: format.text(reviewStates[state]),
            }))}
          />
        </Form.Item>
        <Form.Item name="most" label={t('channels.sms.mostField')} extra={t('channels.sms.mostHint')}>
          <InputNumber min={1} max={500} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
