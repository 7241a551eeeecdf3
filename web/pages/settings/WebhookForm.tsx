import { useMutation } from '@tanstack/react-query'
import { Checkbox, Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import {
  type NoticeKindName,
  noticeKindNames,
  noticeKinds,
  type Webhook,
  type WebhookMade,
  type WebhookSave,
  webhook,
  webhookMade,
} from '../../../shared/api/webhooks.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useFormat } from '../../ui/useFormat.ts'

export interface WebhookFormProps {
  editing: Webhook | 'new' | null
  onClose: () => void
  onMade: (made: WebhookMade) => void
}

/** What is typed: no names of events mean all; they are asked for where events are told of. */
type Typed = Omit<WebhookSave, 'events' | 'on'> & { events?: string[] }

const fresh: Typed = {
  ...{ name: '', url: '', kinds: [], events: [] },
  ...{ allowPrivate: false, inSandbox: false },
}

function typedOf(editing: WebhookFormProps['editing']): Typed {
  if (editing === null || editing === 'new') return fresh
  const { name, url, kinds, events, allowPrivate, inSandbox } = editing
  return { name, url, kinds, events: events ?? [], allowPrivate, inSandbox }
}

/** Makes a webhook, or changes one. */
export function WebhookForm({ editing, onClose, onMade }: WebhookFormProps) {
  const { t } = useTranslation(['settings', 'common'])
  const [form] = Form.useForm<Typed>()
  const save = useMutation({
    mutationFn: async ({ events = [], ...typed }: Typed) => {
      const on = editing === null || editing === 'new' || editing.off === null
      const saved = { ...typed, events: events.length === 0 ? null : events, on }
      if (editing === 'new') onMade(await api.post('/webhooks', webhookMade, saved))
      else if (editing !== null) await api.put(`/webhooks/${editing.id}`, webhook, saved)
    },
    onSuccess: async () => {
      onClose()
      await refresh('/webhooks')
    },
  })
  return (
    <Modal
      open={editing !== null}
      title={t(editing === 'new' ? 'webhooks.make' : 'webhooks.edit')}
      okText={t(editing === 'new' ? 'webhooks.makeOk' : 'webhooks.save')}
      cancelText={t('common:cancel')}
      confirmLoading={save.isPending}
      onOk={form.submit}
      onCancel={onClose}
      afterClose={() => save.reset()}
      destroyOnHidden
    >
      {save.error ? <ProblemAlert problem={asProblem(save.error)} /> : null}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={typedOf(editing)}
        onFinish={(typed) => save.mutate(typed)}
      >
        <Fields />
      </Form>
    </Modal>
  )
}

function Fields() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const wanted = Form.useWatch<readonly NoticeKindName[] | undefined>('kinds') ?? []
  const kinds = noticeKindNames.map((value) => ({
    value,
    label: (
      <>
        {format.text(noticeKinds[value].words)} <small>{value}</small>
      </>
    ),
    title: value,
  }))
  return (
    <>
      <Form.Item
        name="name"
        label={t('webhooks.name')}
        rules={[{ required: true, whitespace: true, message: t('keys.nameNeeded') }]}
      >
        <Input maxLength={100} autoFocus data-testid="webhook-name" />
      </Form.Item>
      <Form.Item
        name="url"
        label={t('webhooks.url')}
        extra={t('webhooks.urlHint')}
        rules={[{ required: true, type: 'url', message: t('webhooks.urlNeeded') }]}
      >
        <Input placeholder="https://" data-testid="webhook-url" />
      </Form.Item>
      <Form.Item
        name="kinds"
        label={t('webhooks.kinds')}
        rules={[{ required: true, message: t('webhooks.kindsNeeded') }]}
      >
        <Select mode="multiple" options={kinds} data-testid="webhook-kinds" optionFilterProp="title" />
      </Form.Item>
      {wanted.includes('event.received') ? (
        <Form.Item name="events" label={t('webhooks.events')} extra={t('webhooks.eventsHint')}>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ' ']} />
        </Form.Item>
      ) : null}
      <Form.Item name="allowPrivate" valuePropName="checked" style={{ marginBottom: 4 }}>
        <Checkbox>{t('webhooks.allowPrivate')}</Checkbox>
      </Form.Item>
      <Form.Item name="inSandbox" valuePropName="checked">
        <Checkbox data-testid="webhook-sandbox">{t('webhooks.inSandbox')}</Checkbox>
      </Form.Item>
    </>
  )
}
