import { useMutation } from '@tanstack/react-query'
import { Button, Form, Input, InputNumber, Modal, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type StaffMember, staffAnswer, type Team } from '../../../shared/api/staff.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh } from '../../api/query.ts'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import styles from './staff.module.css'

/** The member of staff whose form is open; null: somebody new. */
export interface Edited {
  readonly member: StaffMember | null
}

interface Written {
  id: string
  name: string
  phone?: string
  email?: string
  wecom?: string
  team?: string
  regions?: string[]
  categories?: string[]
  ceiling?: number | null
  from?: string
  to?: string
  active?: boolean
  password?: string
}

const writtenOf = (member: StaffMember | null): Partial<Written> =>
  member === null
    ? { active: true }
    : {
        ...{ id: member.id, name: member.name, active: member.active, ceiling: member.ceiling },
        ...{ regions: member.regions, categories: member.categories },
        ...(member.phone === null ? {} : { phone: member.phone }),
        ...(member.email === null ? {} : { email: member.email }),
        ...(member.wecom === null ? {} : { wecom: member.wecom }),
        ...(member.team === null ? {} : { team: member.team }),
        ...(member.away ?? {}),
      }

/** Saves what is written, and the password where one is. */
async function save({ id, password = '', from = '', to = '', ...written }: Written): Promise<void> {
  const path = `/staff/${encodeURIComponent(id.trim())}`
  const away = from === '' || to === '' ? null : { from, to }
  await api.put(path, staffAnswer, { ...written, team: written.team ?? null, away })
  if (password !== '') await api.put(`${path}/login`, staffAnswer, { password })
}

export function MemberModal({
  edited,
  teams,
  onClose,
}: {
  edited: Edited | null
  teams: readonly Team[]
  onClose: () => void
}) {
  const { t } = useTranslation(['staff', 'common'])
  const [form] = Form.useForm<Written>()
  const notice = useNotice()
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async () => {
      onClose()
      notice.done(t('saved'))
      await refresh('/staff')
    },
  })
  return (
    <Modal
      open={edited !== null}
      title={edited?.member?.name ?? t('add')}
      okText={t('common:save')}
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
          initialValues={writtenOf(edited.member)}
          onFinish={(written) => saving.mutate(written)}
        >
          <Fields member={edited.member} teams={teams} onRemoved={onClose} />
        </Form>
      )}
    </Modal>
  )
}

function Fields({
  member,
  teams,
  onRemoved,
}: {
  member: StaffMember | null
  teams: readonly Team[]
  onRemoved: () => void
}) {
  const { t } = useTranslation('staff')
  const needed = [{ required: true, whitespace: true, message: t('needed') }]
  const line = (name: 'phone' | 'email' | 'wecom') => (
    <Form.Item name={name} label={t(name)}>
      <Input maxLength={100} />
    </Form.Item>
  )
  const list = (name: 'regions' | 'categories') => (
    <Form.Item name={name} label={t(name)} extra={t(`${name}Hint`)}>
      <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ';', '；', '、']} />
    </Form.Item>
  )
  return (
    <>
      <div className={styles.pair}>
        <Form.Item name="id" label={t('id')} rules={needed}>
          <Input maxLength={64} disabled={member !== null} data-testid="staff-id" />
        </Form.Item>
        <Form.Item name="name" label={t('name')} rules={needed}>
          <Input maxLength={100} data-testid="staff-name" />
        </Form.Item>
        {line('phone')}
        {line('email')}
        {line('wecom')}
        <Form.Item name="team" label={t('team')}>
          <Select allowClear options={teams.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
      </div>
      {list('regions')}
      {list('categories')}
      <div className={styles.pair}>
        <Form.Item name="ceiling" label={t('ceiling')} extra={t('ceilingHint')}>
          <InputNumber min={0} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="active" label={t('active')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <Form.Item name="from" label={t('awayFrom')}>
          <Input type="date" />
        </Form.Item>
        <Form.Item name="to" label={t('awayTo')}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item
        name="password"
        label={t('password')}
        extra={t(member?.login ? 'passwordSet' : 'passwordHint')}
        rules={[{ min: 8, message: t('passwordShort') }]}
      >
        <Input.Password autoComplete="new-password" data-testid="staff-password" />
      </Form.Item>
      {member === null ? null : <Ends member={member} onRemoved={onRemoved} />}
    </>
  )
}

/** Takes the login away, or the whole entry. */
function Ends({ member, onRemoved }: { member: StaffMember; onRemoved: () => void }) {
  const { t } = useTranslation('staff')
  const notice = useNotice()
  const path = `/staff/${encodeURIComponent(member.id)}`
  const end = useMutation({
    mutationFn: async (what: 'login' | 'all'): Promise<void> => {
      if (what === 'login') await api.put(`${path}/login`, staffAnswer, { password: null })
      else await api.delete(path, z.undefined())
    },
    onSuccess: async () => {
      onRemoved()
      await refresh('/staff')
    },
    onError: (problem) => notice.problem(problem),
  })
  return (
    <div className={styles.ends}>
      {member.login ? (
        <Button loading={end.isPending} onClick={() => end.mutate('login')}>
          {t('takeLogin')}
        </Button>
      ) : null}
      <Button danger loading={end.isPending} onClick={() => end.mutate('all')}>
        {t('remove')}
      </Button>
    </div>
  )
}
