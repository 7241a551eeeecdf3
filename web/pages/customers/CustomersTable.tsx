import { Table, type TableColumnsType, type TableColumnType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { CustomerSummary } from '../../../shared/api/customers.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { Count, Money, When } from '../../ui/figures.tsx'
import { NothingFound } from '../../ui/ListCard.tsx'
import { CannotBeRead } from '../CannotBeRead.tsx'
import styles from './CustomersTable.module.css'
import { Tags } from './Tags.tsx'

/** Customers, one a row; the name opens their page. */
export function CustomersTable({
  customers,
  busy,
}: {
  customers: readonly CustomerSummary[]
  busy: boolean
}) {
  const { t } = useTranslation('customers')
  // A brand without tags is spared an empty column.
  const tagged = customers.some((customer) => customer.tags.length > 0)
  const tags: TableColumnType<CustomerSummary> = {
    title: t('columns.tags'),
    dataIndex: 'tags',
    render: (all: string[]) => (all.length > 0 ? <Tags tags={all} most={3} /> : <Dash />),
  }
  // Only the people of an audience are in it since some time.
  const ofAudience = customers.some(({ memberSince }) => memberSince !== undefined)
  const since: TableColumnType<CustomerSummary> = {
    title: t('columns.memberSince'),
    dataIndex: 'memberSince',
    width: 150,
    render: (member: CustomerSummary['memberSince']) => <Since member={member ?? null} />,
  }
  const columns: TableColumnsType<CustomerSummary> = [
    {
      title: t('columns.name'),
      key: 'name',
      width: 190,
      render: (_, customer) => <Name customer={customer} />,
    },
    {
      title: t('columns.phone'),
      dataIndex: 'phone',
      width: 140,
      render: (phone: string | null) => phone ?? <Dash />,
    },
    {
      title: t('columns.city'),
      dataIndex: 'city',
      width: 110,
      ellipsis: true,
      render: (city: string | null) => city ?? <Dash />,
    },
    ...(ofAudience ? [since] : []),
    ...(tagged ? [tags] : []),
    {
      title: t('columns.orders'),
      dataIndex: 'orders',
      align: 'right',
      width: 80,
      render: (orders: number) => (orders > 0 ? <Count value={orders} /> : <Zero />),
    },
    {
      title: t('columns.spent'),
      dataIndex: 'spent',
      align: 'right',
      width: 120,
      render: (spent: number) => (spent > 0 ? <Money minor={spent} /> : <Zero />),
    },
    {
      title: t('columns.lastOrder'),
      dataIndex: 'lastOrderAt',
      width: 180,
      render: (at: number | null) => (at === null ? <Dash /> : <When at={at} style="date" />),
    },
  ]
  return (
    <Table
      rowKey="id"
      size="middle"
      columns={columns}
      dataSource={[...customers]}
      pagination={false}
      loading={busy}
      scroll={{ x: 860 }}
      locale={{ emptyText: <NothingFound>{t('noneFound')}</NothingFound> }}
      data-testid="customers-table"
    />
  )
}

function Name({ customer: { id, name, unreadable } }: { customer: CustomerSummary }) {
  const { t } = useTranslation('customers')
  const path = useBrandPath()
  return (
    <>
      <Link
        to={path(`customers/${encodeURIComponent(id)}`)}
        className={styles.name}
        data-testid={`customer-${id}`}
      >
        {name ?? <span className={styles.dim}>{t('nameless')}</span>}
      </Link>
      <span className={styles.id}>{id}</span>
      {unreadable === null ? null : (
        <small className={styles.dim}>
          <CannotBeRead reason={unreadable} />
        </small>
      )}
    </>
  )
}

/** Since when somebody is of an audience; whoever was found in it at the first look, before that. */
function Since({ member }: { member: NonNullable<CustomerSummary['memberSince']> | null }) {
  const { t } = useTranslation('customers')
  if (member === null) return <Dash />
  return (
    <>
      {member.before ? <span className={styles.dim}>{t('sinceBefore')} </span> : null}
      <When at={member.at} style="date" />
    </>
  )
}

const Dash = () => <span className={styles.dim}>–</span>
const Zero = () => <span className={styles.dim}>0</span>
