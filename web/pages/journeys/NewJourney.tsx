import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { useLocale } from '../../locales/useLocale.ts'
import { useStartFrom } from '../templates/useStartFrom.ts'

/** Asks for a name, then opens the empty canvas. */
export function NewJourney({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['journeys', 'common'])
  const { locale } = useLocale()
  const [form] = Form.useForm<{ name: string }>()
  const start = useStartFrom()
  const submit = ({ name }: { name: string }) => start.mutate({ name: { [locale]: name.trim() } })
  return (
    <Modal
      open={open}
      width={440}
      title={t('new.title')}
      okText={t('new.ok')}
      cancelText={t('common:cancel')}
      okButtonProps={{ loading: start.isPending, htmlType: 'submit' }}
      onOk={form.submit}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit} preserve={false}>
        <Form.Item
          name="name"
          label={t('new.name')}
          extra={t('new.hint')}
          rules={[{ required: true, whitespace: true, message: t('new.noName') }]}
        >
          <Input autoFocus maxLength={60} placeholder={t('new.placeholder')} data-testid="journey-name" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
