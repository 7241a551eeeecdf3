import { Button, Space, Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Task } from '../../../shared/api/tasks.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { When } from '../../ui/figures.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { useCustomerName } from '../customer-name.ts'
import type { Pressed } from './DecideModal.tsx'
import { Reassign } from './Reassign.tsx'
import { Decided, StateTag, Whose } from './standing.tsx'
import { TakeBack } from './TakeBack.tsx'
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
          <strong className={styles.title}>{task.title}</strong> <StateTag state={task.state} />
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
            {journeyId === null ? (
              t('byHand')
            ) : (
              <>
                <Link to={path(`journeys/${journeyId}`)}>
                  {journeyName === null ? journeyId : format.text(journeyName)}
                </Link>
                {' · '}
                {nodeName === null ? node : format.text(nodeName)}
              </>
            )}
          </p>
        </>
      ),
    },
    {
      title: t('who'),
      key: 'who',
      width: 170,
      render: (_, task) =>
        task.status === 'open' && task.kind !== 'decision' ? <Reassign task={task} /> : <Whose task={task} />,
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
      dataIndex: 'dueAt',
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
      scroll={{ x: 1100 }}
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
      <TakeBack task={task} size="small" />
    </Space>
  )
}
