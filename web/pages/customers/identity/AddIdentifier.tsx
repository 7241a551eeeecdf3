import { useMutation } from '@tanstack/react-query'
import { Checkbox, Form, Input, Modal, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { identifierAnswer } from '../../../../shared/api/persons.ts'
import { limits } from '../../../../shared/limits.ts'
import { type IdentifierKind, identifierKinds, ruleOf } from '../../../../shared/persons/kinds.ts'
import { api } from '../../../api/client.ts'
import { asProblem } from '../../../api/problem.ts'
import { refresh } from '../../../api/query.ts'
import { ProblemAlert } from '../../../ui/ProblemAlert.tsx'
import { useFormat } from '../../../ui/useFormat.ts'
import { useNotice } from '../../../ui/useNotice.tsx'

interface Written {
  kind: IdentifierKind
  scope?: string
  value: string
  verified: boolean
}

interface Adding {
  customerId: string
  open: boolean
  onClose: () => void
}

/** Gives a customer an identifier, and says what followed. */
export function AddIdentifier({ customerId, open, onClose }: Adding) {
  const { t } = useTranslation('persons')
  const format = useFormat()
  const notice = useNotice()
  const [form] = Form.useForm<Written>()
  const kind = Form.useWatch('kind', form)
  const scoped = kind !== undefined && ruleOf(kind).scoped
  const add = useMutation({
    mutationFn: ({ scope = '', ...written }: Written) =>
      api.post(`/customers/${encodeURIComponent(customerId)}/identifiers`, identifierAnswer, {
        ...written,
        scope: scoped ? scope : '',
      }),
    onSuccess: async ({ outcome }) => {
      notice.done(t(`identifiers.outcome.${outcome}`))
      onClose()
      await Promise.all([refresh('/customers'), refresh('/duplicates')])
    },
  })
  return (
    <Modal
      open={open}
      title={t('identifiers.add')}
      okText={t('identifiers.save')}
      cancelText={t('cancel')}
      onCancel={onClose}
      onOk={() => form.submit()}
      confirmLoading={add.isPending}
      destroyOnHidden
    >
      {add.error ? <ProblemAlert problem={asProblem(add.error)} /> : null}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        initialValues={{ kind: 'card', verified: false }}
        onFinish={(written) => add.mutate(written)}
      >
        <Form.Item name="kind" label={t('identifiers.kind')}>
          <Select
            options={identifierKinds.map((one) => ({ value: one, label: format.text(ruleOf(one).words) }))}
          />
        </Form.Item>
        {scoped ? (
          <Form.Item
            name="scope"
            label={t('identifiers.scope')}
            extra={t('identifiers.scopeHint')}
            rules={[{ required: true }]}
          >
            <Input maxLength={limits.nameLength.value} />
          </Form.Item>
        ) : null}
        <Form.Item name="value" label={t('identifiers.value')} rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={limits.identifierLength.value} data-testid="identifier-value" />
        </Form.Item>
        <Form.Item name="verified" valuePropName="checked" extra={t('identifiers.verifiedHint')}>
          <Checkbox>{t('identifiers.verified')}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  )
}
