import { useMutation } from '@tanstack/react-query'
import { Button, Checkbox, Form, Input, Modal, Select } from 'antd'
import { ClipboardCheck } from 'lucide-react'
import { useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { type StaffList, staffList } from '../../../shared/api/staff.ts'
import { taskDecided, type taskMade } from '../../../shared/api/tasks.ts'
import { addDays, localDate, zonedAt } from '../../../shared/calendar/index.ts'
import type { ForWhom } from '../../../shared/effects/requests/for-whom.ts'
import { taskKinds } from '../../../shared/effects/requests/task.ts'
import { limits } from '../../../shared/limits.ts'
import { api } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { refresh, useApiQuery } from '../../api/query.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TimeInput } from '../../ui/TimeInput.tsx'
import { useNotice } from '../../ui/useNotice.tsx'
import { BrandFormat } from '../../ui/zone.ts'
import { useClock } from '../useClock.ts'
import styles from './tasks.module.css'

type Made = z.input<typeof taskMade>

/** Gives one of the staff something to do for a customer, by hand. */
export function GiveTaskButton({ customerId }: { customerId: string }) {
  const { t } = useTranslation('tasks')
  const [open, setOpen] = useState(false)
  const now = useClock().data?.now
  return (
    <>
      <Button
        icon={<ClipboardCheck size={14} />}
        disabled={now === undefined}
        onClick={() => setOpen(true)}
        data-testid="give-task"
      >
        {t('give.button')}
      </Button>
      {open && now !== undefined ? (
        <GiveModal customerId={customerId} now={now} onClose={() => setOpen(false)} />
      ) : null}
    </>
  )
}

/** The end of the next day of work by which most things can wait. */
const usualTime = '18:00'

interface ModalProps {
  readonly customerId: string
  readonly now: number
  readonly onClose: () => void
}

function GiveModal({ customerId, now, onClose }: ModalProps) {
  const { t } = useTranslation(['tasks', 'common'])
  const { zone } = useContext(BrandFormat)
  const notice = useNotice()
  const today = localDate(now, zone)
  const [made, setMade] = useState<Omit<Made, 'due' | 'customerId'>>({ kind: 'call', title: '' })
  const [due, setDue] = useState({ day: addDays(today, 1), time: usualTime })
  const give = useMutation({
    mutationFn: () =>
      api.post('/tasks', taskDecided, { ...made, customerId, due: zonedAt(due.day, due.time, zone) }),
    onSuccess: async () => {
      onClose()
      notice.done(t('give.done'))
      await Promise.all([refresh('/tasks'), refresh('/staff'), refresh('/customers')])
    },
  })
  const set = (more: Partial<Made>) => setMade({ ...made, ...more })
  return (
    <Modal
      open
      title={t('give.title')}
      okText={t('give.ok')}
      cancelText={t('common:cancel')}
      okButtonProps={{ disabled: made.title.trim() === '', loading: give.isPending }}
      onOk={() => give.mutate()}
      onCancel={onClose}
    >
      {give.error ? <ProblemAlert problem={asProblem(give.error)} /> : null}
      <Form layout="vertical">
        <Form.Item label={t('give.kind')} htmlFor="give-kind">
          <Select
            id="give-kind"
            value={made.kind ?? 'call'}
            options={taskKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
            onChange={(kind) => set({ kind })}
          />
        </Form.Item>
        <Form.Item label={t('what')} htmlFor="give-title" required>
          <Input
            id="give-title"
            value={made.title}
            maxLength={limits.taskTitleLength.value}
            placeholder={t('give.example')}
            onChange={({ target }) => set({ title: target.value })}
            data-testid="give-title"
          />
        </Form.Item>
        <Form.Item label={t('give.text')} htmlFor="give-text">
          <Input.TextArea
            id="give-text"
            rows={3}
            value={made.text ?? ''}
            onChange={({ target }) => set({ text: target.value })}
          />
        </Form.Item>
        <Form.Item label={t('who')} htmlFor="give-whom">
          <Whom value={made.for ?? { to: 'owner' }} onChange={(whom) => set({ for: whom })} />
        </Form.Item>
        <Form.Item label={t('due')} htmlFor="give-day">
          <div className={styles.due}>
            <DateInput
              id="give-day"
              min={today}
              value={due.day}
              aria-label={t('due')}
              onChange={(day) => setDue({ ...due, day })}
            />
            <TimeInput
              value={due.time}
              aria-label={t('give.time')}
              onChange={(time) => setDue({ ...due, time })}
            />
          </div>
        </Form.Item>
        <Checkbox
          checked={made.priority === 'high'}
          onChange={({ target }) => set({ priority: target.checked ? 'high' : 'normal' })}
        >
          {t('high')}
        </Checkbox>
      </Form>
    </Modal>
  )
}

/** All that a task can be given to, one list: whoever has the customer, teams, one of the staff. */
function choicesOf(brand: Pick<StaffList, 'staff' | 'teams'>): Map<string, ForWhom> {
  return new Map<string, ForWhom>([
    ['owner', { to: 'owner' }],
    ...brand.teams.map(({ id }): [string, ForWhom] => [`team ${id}`, { to: 'team', team: id }]),
    ...brand.staff.flatMap(({ id, active }): [string, ForWhom][] =>
      active ? [[`staff ${id}`, { to: 'staff', staff: id }]] : [],
    ),
  ])
}

const keyOf: Readonly<Record<ForWhom['to'], (whom: ForWhom) => string>> = {
  owner: () => 'owner',
  staff: (whom) => `staff ${whom.to === 'staff' ? whom.staff : ''}`,
  team: (whom) => `team ${whom.to === 'team' ? whom.team : ''}`,
}

function Whom({ value, onChange }: { value: ForWhom; onChange: (whom: ForWhom) => void }) {
  const { t } = useTranslation('tasks')
  const brand = useApiQuery('/staff', staffList).data
  const { staff, teams } = brand ?? { staff: [], teams: [] }
  const choices = choicesOf({ staff, teams })
  return (
    <>
      <Select
        id="give-whom"
        value={keyOf[value.to](value)}
        loading={brand === undefined}
        showSearch={{ optionFilterProp: 'label' }}
        options={[
          { value: 'owner', label: t('give.owner') },
          ...teams.map(({ id, name }) => ({ value: `team ${id}`, label: t('anyOf', { team: name }) })),
          ...staff.flatMap(({ id, name, active }) => (active ? [{ value: `staff ${id}`, label: name }] : [])),
        ]}
        onChange={(key: string) => onChange(choices.get(key) ?? { to: 'owner' })}
        data-testid="give-whom"
      />
      <p className={styles.place}>
        {brand !== undefined && staff.length === 0 ? t('give.nobody') : t('give.ownerHint')}
      </p>
    </>
  )
}
