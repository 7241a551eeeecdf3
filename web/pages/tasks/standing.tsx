import { Tag } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Task, TaskState } from '../../../shared/api/tasks.ts'
import { people, staffOf } from '../../../shared/audit/actor.ts'
import { When } from '../../ui/figures.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './tasks.module.css'

const tones: Readonly<Record<TaskState, string>> = {
  open: 'blue',
  taken: 'geekblue',
  overdue: 'red',
  done: 'green',
  cancelled: 'default',
}

/** Whose a task is: one’s, a team’s, or anybody’s. */
export const whoseOf = ({ staff, team }: Task, t: TFunction<'tasks'>): string =>
  staff?.name ?? (team === null ? t('anybody') : t('anyOf', { team: team.name }))

/** Whose a task is; of a question to colleagues nothing is said. */
export function Whose({ task }: { task: Task }) {
  const { t } = useTranslation('tasks')
  return task.kind === 'decision' ? null : whoseOf(task, t)
}

export function StateTag({ state }: { state: TaskState }) {
  const { t } = useTranslation('tasks')
  return <Tag color={tones[state]}>{t(`states.${state}`)}</Tag>
}

/** What was decided, by whom and why; or that nobody did in time. */
export function Decided({ task: { decision, buttons } }: { task: Task }) {
  const { t } = useTranslation('tasks')
  const format = useFormat()
  if (decision === null) return <span className={styles.place}>{t('over')}</span>
  const button = buttons.find(({ id }) => id === decision.button)
  const by = Object.entries(people).find(([id]) => id === decision.by)?.[1]
  return (
    <>
      <Tag>{button === undefined ? decision.button : format.text(button.name)}</Tag>
      {decision.next === null ? null : <span className={styles.place}>{decision.next}</span>}
      <p className={styles.place}>
        {by === undefined ? (staffOf(decision.by) ?? decision.by) : format.text(by)}
        {' · '}
        <When at={decision.at} />
      </p>
      {decision.note === null ? null : <p className={styles.text}>{decision.note}</p>}
    </>
  )
}
