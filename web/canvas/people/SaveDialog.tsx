import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { audienceList } from '../../../shared/api/customers.ts'
import type { WrittenText } from '../../../shared/text.ts'
import { useApiQuery } from '../../api/query.ts'
import { keyPattern, suggestKey } from '../../ui/audience-key.ts'
import { LocalTextInput } from '../../ui/LocalTextInput.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './People.module.css'
import { type People, usePeopleOrder } from './usePeople.ts'

interface SaveDialogProps {
  readonly people: People
  readonly onClose: () => void
  readonly onDone: () => void
}

interface Draft {
  readonly name: WrittenText
  readonly key?: string
}

const isNamed = (name: WrittenText) => Boolean(name['zh-CN']?.trim() || name.en?.trim())

/** Keeps people at a node as a list, under a name. */
export function SaveDialog({ people, onClose, onDone }: SaveDialogProps) {
  const { t } = useTranslation(['people', 'audiences'])
  const format = useFormat()
  const [form] = Form.useForm<Draft>()
  const order = usePeopleOrder(people, onDone)
  const known = useApiQuery('/audiences', audienceList, { staleTime: 60_000 }).data
  const save = ({ name, key }: Draft) => {
    const taken = new Set(known?.audiences.map((one) => one.key))
    const more = { name, key: key || suggestKey(name.en, taken) }
    order.mutate({
      verb: 'save',
      more,
      say: (count) => t('save.done', { people: count, name: format.text(name) }),
    })
  }
  return (
    <Modal
      open
      title={t('save.title')}
      okText={t('save.go')}
      okButtonProps={{ loading: order.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      data-testid="people-save-dialog"
    >
      <p className={styles.meaning}>{t('save.text', { people: format.count(people.count) })}</p>
      <Form<Draft>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: {} }}
        onFinish={save}
      >
        <Form.Item
          name="name"
          label={t('save.name')}
          rules={[
            {
              validator: (_, name: WrittenText) =>
                isNamed(name) ? Promise.resolve() : Promise.reject(new Error(t('audiences:editor.noName'))),
            },
          ]}
        >
          <LocalTextInput maxLength={60} />
        </Form.Item>
        <Form.Item
          name="key"
          label={t('save.key')}
          extra={t('save.keyHint')}
          rules={[{ pattern: keyPattern, message: t('audiences:editor.badKey') }]}
        >
          <Input placeholder={suggestKey(undefined, new Set())} maxLength={64} />
        </Form.Item>
      </Form>
    </Modal>
  )
}
