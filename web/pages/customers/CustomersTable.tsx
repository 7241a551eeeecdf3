import { Table, type TableColumnsType, type TableColumnType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import {
  byId,
  type CustomerOrder,
  type CustomerSort,
  orderIn,
  ownSorts,
} from '../../../shared/api/customer-sort.ts'
import type { CustomerSummary } from '../../../shared/api/customers.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { isScore } from '../../../shared/models/scores.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Count, Money, When } from '../../ui/figures.tsx'
import { NothingFound } from '../../ui/ListCard.tsx'
import { atHead } from '../../ui/sentence.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { CannotBeRead } from '../CannotBeRead.tsx'
import { sayScore } from '../models/words.ts'
import styles from './CustomersTable.module.css'
import { Tags } from './Tags.tsx'

/** Customers, one a row; the name opens their page. */
export function CustomersTable({
  customers,
  busy,
  order,
  onOrder,
}: {
  customers: readonly CustomerSummary[]
  busy: boolean
  order: CustomerOrder
  onOrder: (order: CustomerOrder) => void
}) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const { locale } = useLocale()
  const { by, descending } = order
  // The first press shows what one wants to see first, the second the other end, the third the order of ids again.
  const sorted = (name: CustomerSort): TableColumnType<CustomerSummary> => {
    const largest = isScore(name) || ownSorts[name].largestFirst
    return {
      key: name,
      sorter: true,
      sortOrder: by === name ? (descending ? 'descend' : 'ascend') : null,
      sortDirections: largest ? ['descend', 'ascend'] : ['ascend', 'descend'],
    }
  }
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
    ...sorted('member_since'),
    render: (member: CustomerSummary['memberSince']) => <Since member={member ?? null} />,
  }
  const score: TableColumnsType<CustomerSummary> = isScore(by)
    ? [
        {
          title: atHead(sayName(by, locale)),
          dataIndex: 'score',
          align: 'right',
          width: 150,
          ...sorted(by),
          render: (value: CustomerSummary['score']) =>
            value === null || value === undefined ? <Dash /> : sayScore(by, value, format),
        },
      ]
    : []
  const columns: TableColumnsType<CustomerSummary> = [
    {
      title: t('columns.name'),
      width: 190,
      ...sorted('name'),
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
    {
      title: t('columns.registered'),
      dataIndex: 'registeredAt',
      width: 150,
      ...sorted('registered_at'),
      render: (at: number | null) => (at === null ? <Dash /> : <When at={at} style="date" />),
    },
    ...score,
    ...(ofAudience ? [since] : []),
    ...(tagged ? [tags] : []),
    {
      title: t('columns.orders'),
      dataIndex: 'orders',
      align: 'right',
      width: 100,
      ...sorted('orders'),
      render: (orders: number) => (orders > 0 ? <Count value={orders} /> : <Zero />),
    },
    {
      title: t('columns.spent'),
      dataIndex: 'spent',
      align: 'right',
      width: 130,
      ...sorted('spent'),
      render: (spent: number) => (spent > 0 ? <Money minor={spent} /> : <Zero />),
    },
    {
      title: t('columns.lastOrder'),
      dataIndex: 'lastOrderAt',
      width: 150,
      ...sorted('last_order'),
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
      scroll={{ x: 960 }}
      showSorterTooltip={false}
      onChange={(_pages, _filters, one) => {
        const { columnKey, order: way } = Array.isArray(one) ? (one[0] ?? {}) : one
        const asked = way ? orderIn(`${way === 'descend' ? '-' : ''}${String(columnKey)}`) : null
        onOrder(asked ?? byId)
      }}
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
