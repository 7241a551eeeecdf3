import { Button, Space, Table, type TableColumnsType, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Task } from '../../../shared/api/tasks.ts'
import { people } from '../../../shared/audit/actor.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { When } from '../../ui/figures.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useCustomerName } from '../customer-name.ts'
import type { Pressed } from './DecideModal.tsx'
import styles from './tasks.module.css'

interface TasksTableProps {
  tasks: readonly Task[]
  busy: boolean
  onPress: (pressed: Pressed) => void
}

export function TasksTable({ tasks, busy, onPress }: TasksTableProps) {
  const { t } = useTranslation('tasks')
  const format = useFormat()
  const path = useBrandPath()
  const nameOf = useCustomerName()
  const columns: TableColumnsType<Task> = [
    {
      title: t('what'),
      key: 'what',
      render: (_, task) => (
        <>
          <strong className={styles.title}>{task.title}</strong>
          {task.text === '' ? null : <p className={styles.text}>{task.text}</p>}
        </>
      ),
    },
    {
      title: t('customer'),
      key: 'customer',
      width: 200,
      render: (_, { customerId, customerName, journeyId, journeyName, nodeName, node }) => (
        <>
          <Link to={path(`customers/${encodeURIComponent(customerId)}`)}>
            {nameOf(customerId, customerName)}
          </Link>
          <p className={styles.place}>
            <Link to={path(`journeys/${journeyId}`)}>
              {journeyName === null ? journeyId : format.text(journeyName)}
            </Link>
            {' · '}
            {nodeName === null ? node : format.text(nodeName)}
          </p>
        </>
      ),
    },
    {
      title: t('asked'),
      dataIndex: 'createdAt',
      width: 150,
      className: styles.when ?? '',
      render: (at: number) => <When at={at} />,
    },
    {
      title: t('until'),
      dataIndex: 'until',
      width: 150,
      className: styles.when ?? '',
      render: (at: number) => <When at={at} />,
    },
    {
      title: t('decision'),
      key: 'decision',
      width: 240,
      render: (_, task) =>
        task.status === 'open' ? <Buttons task={task} onPress={onPress} /> : <Decided task={task} />,
    },
  ]
  return (
    <Table
      rowKey="id"
      columns={columns}
      dataSource={[...tasks]}
      loading={busy}
      pagination={false}
      size="middle"
      scroll={{ x: 960 }}
    />
  )
}

function Buttons({ task, onPress }: { task: Task; onPress: (pressed: Pressed) => void }) {
  const format = useFormat()
  return (
    <Space wrap>
      {task.buttons.map((button, at) => (
        <Button
          key={button.id}
          size="small"
          type={at === 0 ? 'primary' : 'default'}
          onClick={() => onPress({ task, button })}
          data-testid={`decide-${button.id}`}
        >
          {format.text(button.name)}
        </Button>
      ))}
    </Space>
  )
}

/** What was decided, by whom and why; or that nobody did in time. */
function Decided({ task: { decision, buttons } }: { task: Task }) {
  const { t } = useTranslation('tasks')
  const format = useFormat()
  if (decision === null) return <span className={styles.place}>{t('over')}</span>
  const button = buttons.find(({ id }) => id === decision.button)
  const by = Object.entries(people).find(([id]) => id === decision.by)?.[1]
  return (
    <>
      <Tag>{button === undefined ? decision.button : format.text(button.name)}</Tag>
      <p className={styles.place}>
        {by === undefined ? decision.by : format.text(by)}
        {' · '}
        <When at={decision.at} />
      </p>
      {decision.note === null ? null : <p className={styles.text}>{decision.note}</p>}
    </>
  )
}
