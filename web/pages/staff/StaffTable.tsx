import { Button, Space, Table, type TableColumnsType, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { StaffList, StaffMember } from '../../../shared/api/staff.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { ListCard } from '../../ui/ListCard.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import styles from './staff.module.css'

interface StaffTableProps {
  data: StaffList
  onEdit: (member: StaffMember) => void
  onHandOver: (member: StaffMember) => void
}

export function StaffTable({ data: { staff, teams }, onEdit, onHandOver }: StaffTableProps) {
  const { t } = useTranslation('staff')
  const format = useFormat()
  const path = useBrandPath()
  const columns: TableColumnsType<StaffMember> = [
    {
      title: t('name'),
      key: 'name',
      render: (_, one) => (
        <>
          <strong>{one.name}</strong> <State member={one} />
          <p className={styles.quiet}>{[one.id, one.phone, one.wecom].filter(Boolean).join(' · ')}</p>
        </>
      ),
    },
    {
      title: t('team'),
      key: 'team',
      width: 140,
      render: (_, { team }) => teams.find(({ id }) => id === team)?.name ?? '—',
    },
    {
      title: t('serves'),
      key: 'serves',
      width: 200,
      render: (_, { regions, categories }) =>
        [...regions, ...categories].map((one) => <Tag key={one}>{one}</Tag>),
    },
    {
      title: t('customers'),
      key: 'customers',
      width: 130,
      align: 'right',
      render: (_, { customers, ceiling }) =>
        ceiling === null ? format.count(customers) : `${format.count(customers)} / ${format.count(ceiling)}`,
    },
    {
      title: t('openTasks'),
      key: 'tasks',
      width: 110,
      align: 'right',
      render: (_, { id, openTasks }) => (
        <Link to={path(`tasks?staff=${encodeURIComponent(id)}`)}>{format.count(openTasks)}</Link>
      ),
    },
    {
      key: 'do',
      width: 170,
      align: 'right',
      render: (_, one) => (
        <Space>
          <Button size="small" onClick={() => onEdit(one)} data-testid={`edit-${one.id}`}>
            {t('edit')}
          </Button>
          <Button
            size="small"
            disabled={one.customers === 0 && !one.active}
            onClick={() => onHandOver(one)}
            data-testid={`hand-over-${one.id}`}
          >
            {t('handOver')}
          </Button>
        </Space>
      ),
    },
  ]
  return (
    <ListCard>
      <Table
        rowKey="id"
        columns={columns}
        dataSource={[...staff]}
        pagination={false}
        size="middle"
        scroll={{ x: 900 }}
      />
    </ListCard>
  )
}

function State({ member: { active, away, login } }: { member: StaffMember }) {
  const { t } = useTranslation('staff')
  return (
    <>
      {active ? null : <Tag>{t('left')}</Tag>}
      {away === null ? null : <Tag color="orange">{t('awayFromTo', away)}</Tag>}
      {login && active ? <Tag color="blue">{t('mayLogIn')}</Tag> : null}
    </>
  )
}
