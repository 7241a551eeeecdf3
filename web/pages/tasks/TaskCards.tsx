import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import {
  ClipboardCheck,
  Copy,
  Hand,
  type LucideIcon,
  MapPin,
  MessageSquareText,
  Phone,
  UserRoundCheck,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { revealAnswer } from '../../../shared/api/addresses.ts'
import { type Task, type TaskKind, taskDecided } from '../../../shared/api/tasks.ts'
import { api } from '../../api/client.ts'
import { refresh } from '../../api/query.ts'
import { useSystem } from '../../api/system.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { When } from '../../ui/figures.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { useCustomerName } from '../customer-name.ts'
import type { Pressed } from './DecideModal.tsx'
import { Reassign } from './Reassign.tsx'
import { Decided, StateTag, Whose } from './standing.tsx'
import { TakeBack } from './TakeBack.tsx'
import styles from './tasks.module.css'

const icons: Readonly<Record<TaskKind, LucideIcon>> = {
  decision: UserRoundCheck,
  call: Phone,
  visit: MapPin,
  message: MessageSquareText,
  decide: UserRoundCheck,
  other: ClipboardCheck,
}

interface CardsProps {
  tasks: readonly Task[]
  onPress: (pressed: Pressed) => void
}

/** Tasks as they are done on a phone: one after another, each with all that is needed for it. */
export function TaskCards({ tasks, onPress }: CardsProps) {
  return (
    <ul className={styles.cards}>
      {tasks.map((task) => (
        <TaskCard key={task.id} task={task} onPress={onPress} />
      ))}
    </ul>
  )
}

function TaskCard({ task, onPress }: { task: Task; onPress: CardsProps['onPress'] }) {
  const { t } = useTranslation('tasks')
  const format = useFormat()
  const { staff } = useSystem()
  const Icon = icons[task.kind]
  return (
    <li className={styles.card} data-testid="task-card">
      <header className={styles.head}>
        <Icon size={18} aria-hidden />
        <strong className={styles.title}>{task.title}</strong>
        <StateTag state={task.state} />
      </header>
      {task.text === '' ? null : <p className={styles.text}>{task.text}</p>}
      <p className={styles.place}>
        <Customer task={task} />
        {task.kind === 'decision' || (staff === null && task.status === 'open') ? null : (
          <>
            {' · '}
            <Whose task={task} />
          </>
        )}
        {task.priority === 'high' ? ` · ${t('high')}` : ''}
        {' · '}
        {t('due')} <When at={task.dueAt} />
      </p>
      {task.status === 'open' ? (
        <>
          {staff === null && task.kind !== 'decision' ? (
            <div className={styles.whose}>
              <Reassign task={task} />
            </div>
          ) : null}
          <Tools task={task} />
          <div className={styles.results}>
            {task.buttons.map((button, at) => (
              <Button
                key={button.id}
                size="large"
                type={at === 0 ? 'primary' : 'default'}
                onClick={() => onPress({ task, button })}
                data-testid={`decide-${button.id}`}
              >
                {format.text(button.name)}
              </Button>
            ))}
          </div>
        </>
      ) : (
        <Decided task={task} />
      )}
    </li>
  )
}

/** Staff see the customer in the task itself; everybody else has the customer's page. */
function Customer({ task: { customerId, customerName } }: { task: Task }) {
  const nameOf = useCustomerName()
  const path = useBrandPath()
  const { staff } = useSystem()
  const name = nameOf(customerId, customerName)
  return staff === null ? (
    <Link to={path(`customers/${encodeURIComponent(customerId)}`)}>{name}</Link>
  ) : (
    <b>{name}</b>
  )
}

/** Calls, copies, takes. */
function Tools({ task }: { task: Task }) {
  const { t } = useTranslation('tasks')
  const notice = useNotice()
  const { staff } = useSystem()
  const take = useMutation({
    mutationFn: () =>
      api.post(`/tasks/${encodeURIComponent(task.id)}/assign`, taskDecided, { staff: staff?.id ?? null }),
    onError: (problem) => notice.problem(problem),
    onSettled: () => refresh('/tasks'),
  })
  const call = useMutation({
    mutationFn: async () => {
      const path = `/customers/${encodeURIComponent(task.customerId)}/reveal`
      const { addresses } = await api.post(path, revealAnswer, { kind: 'phone' })
      const phone = addresses.find(({ used }) => used) ?? addresses[0]
      if (phone === undefined) notice.done(t('noPhone'))
      else window.location.href = `tel:${phone.address}`
    },
    onError: (problem) => notice.problem(problem),
  })
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(task.text === '' ? task.title : task.text)
      notice.done(t('copied'))
    } catch (problem) {
      notice.problem(problem)
    }
  }
  if (task.kind === 'decision') return null
  return (
    <div className={styles.tools}>
      <Button size="large" icon={<Phone size={16} />} loading={call.isPending} onClick={() => call.mutate()}>
        {t('call')}
      </Button>
      <Button size="large" icon={<Copy size={16} />} onClick={() => void copy()}>
        {t('copy')}
      </Button>
      {staff !== null && task.staff === null ? (
        <Button
          size="large"
          icon={<Hand size={16} />}
          loading={take.isPending}
          onClick={() => take.mutate()}
          data-testid="task-take"
        >
          {t('take')}
        </Button>
      ) : null}
      {staff === null ? <TakeBack task={task} size="large" /> : null}
    </div>
  )
}
