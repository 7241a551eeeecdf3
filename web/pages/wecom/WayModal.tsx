import { useMutation } from '@tanstack/react-query'
import { Form, Input, Modal, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { staffList } from '../../../shared/api/staff.ts'
import { contactWay, wayDraft } from '../../../shared/api/wecom-ways.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import type { EditedWay } from './WecomPage.tsx'

interface Written {
  name: string
  state?: string
  users: string[]
  skipVerify: boolean
}

const path = '/wecom/ways'
const begins: Partial<Written> = { users: [], skipVerify: true }

/** Makes a code, or changes whom one leads to. */
export function WayModal({ edited, onClose }: { edited: EditedWay | null; onClose: () => void }) {
  const { t } = useTranslation(['wecom', 'common'])
  const [form] = Form.useForm<Written>()
  const notice = useNotice()
  const way = edited?.way ?? null
  const saving = useMutation({
    mutationFn: ({ state, ...written }: Written) =>
      way === null
        ? api.post(path, contactWay, { ...written, state })
        : api.put(`${path}/${way.id}`, contactWay, written),
    onSuccess: async () => {
      onClose()
      notice.done(t(way === null ? 'ways.made' : 'ways.saved'))
    },
    // One whose answer was lost stands in the list as well, and so does its picture among the brand's.
    onSettled: () => Promise.all([refresh(path), refresh('/assets')]),
  })
  const initial: Partial<Written> =
    way === null
      ? begins
      : { name: way.name, users: way.employees.map(({ user }) => user), skipVerify: way.skipVerify }
  return (
    <Modal
      open={edited !== null}
      title={way === null ? t('ways.create') : way.name}
      okText={t(way === null ? 'ways.make' : 'common:save')}
      cancelText={t('common:cancel')}
      confirmLoading={saving.isPending}
      onOk={form.submit}
      onCancel={onClose}
      afterClose={() => saving.reset()}
      destroyOnHidden
    >
      {saving.error ? <ProblemAlert problem={asProblem(saving.error)} /> : null}
      {edited === null ? null : (
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={initial}
          onFinish={(written) => saving.mutate(written)}
        >
          <Fields isNew={way === null} />
        </Form>
      )}
    </Modal>
  )
}

const isSource = (text: string): boolean => wayDraft.shape.state.safeParse(text).success

function Fields({ isNew }: { isNew: boolean }) {
  const { t } = useTranslation('wecom')
  const staff = useApiQuery('/staff', staffList).data?.staff ?? []
  const options = staff.flatMap(({ wecom, name, active }) =>
    wecom === null || !active ? [] : [{ value: wecom, label: `${name} (${wecom})` }],
  )
  const needed = [{ required: true, whitespace: true, message: t('ways.needed') }]
  return (
    <>
      <Form.Item name="name" label={t('ways.fields.name')} rules={needed}>
        <Input maxLength={30} placeholder={t('ways.fields.namePlaceholder')} data-testid="way-name" />
      </Form.Item>
      {isNew ? (
        <Form.Item
          name="state"
          label={t('ways.fields.source')}
          extra={t('ways.fields.sourceHint')}
          rules={[
            {
              validator: (_, text: string | undefined) =>
                isSource(text ?? '') ? Promise.resolve() : Promise.reject(new Error(t('ways.badSource'))),
            },
          ]}
        >
          <Input maxLength={30} placeholder="store_poster" data-testid="way-state" />
        </Form.Item>
      ) : null}
      <Form.Item
        name="users"
        label={t('ways.fields.users')}
        extra={t('ways.fields.usersHint')}
        rules={[{ required: true, type: 'array', min: 1, message: t('ways.needed') }]}
      >
        <Select
          mode="tags"
          options={options}
          optionFilterProp="label"
          tokenSeparators={[',', '，', ';', '；', '、']}
          placeholder={t('ways.fields.usersPlaceholder')}
          data-testid="way-users"
        />
      </Form.Item>
      <Form.Item
        name="skipVerify"
        label={t('ways.fields.skipVerify')}
        extra={t('ways.fields.skipVerifyHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
    </>
  )
}
