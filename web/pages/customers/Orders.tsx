import { Button, Table, type TableColumnsType } from 'antd'
import { Package, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CustomerOrder, customerOrderPage } from '../../../shared/api/customer-orders.ts'
import { asProblem } from '../../api/problem.ts'
import { usePages } from '../../api/usePages.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Money, When } from '../../ui/figures.tsx'
import { Picture } from '../../ui/Picture.tsx'
import { ProblemAlert } from '../../ui/ProblemAlert.tsx'
import { TableSkeleton } from '../../ui/Skeletons.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { OrderEditor } from './OrderEditor.tsx'
import styles from './Orders.module.css'
import type { PartProps } from './panels.tsx'
import { sayProperties } from './story.ts'

const noImage = (
  <span className={styles.noImage}>
    <Package size={16} aria-hidden />
  </span>
)

/** What the customer has bought, the newest first; each opens to its lines, and can be corrected or deleted. */
export function Orders({ data: { customer, totals } }: PartProps) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  const [edited, setEdited] = useState<CustomerOrder | null>(null)
  const path = `/customers/${encodeURIComponent(customer.id)}/orders`
  const pages = usePages(path, customerOrderPage, {}, 'before')
  const orders = pages.data?.pages.flatMap((page) => page.orders) ?? []
  const amount = (minor: number | null) => (minor === null ? '–' : <Money minor={minor} />)
  const columns: TableColumnsType<CustomerOrder> = [
    { title: t('orders.at'), dataIndex: 'at', width: 168, render: (at: number) => <When at={at} /> },
    {
      title: t('orders.id'),
      key: 'id',
      render: (_, { id, status }) => (
        <span className={styles.number}>
          {id}
          {status === null ? null : <small className={styles.status}>{status}</small>}
        </span>
      ),
    },
    { title: t('orders.amount'), dataIndex: 'amount', align: 'right', width: 104, render: amount },
    {
      title: t('orders.discount'),
      dataIndex: 'discount',
      align: 'right',
      width: 92,
      render: (minor: number | null) => (minor === null || minor === 0 ? '–' : <Money minor={minor} />),
    },
    {
      title: t('orders.refund'),
      dataIndex: 'refunded',
      align: 'right',
      width: 92,
      render: (minor: number) => (minor === 0 ? '–' : <Money minor={minor} />),
    },
    {
      title: t('orders.net'),
      key: 'net',
      align: 'right',
      width: 104,
      render: (_, { amount: paid, refunded }) => (paid === null ? '–' : <Money minor={paid - refunded} />),
    },
    {
      key: 'edit',
      width: 48,
      render: (_, order) => (
        <Button
          type="text"
          size="small"
          icon={<Pencil size={14} aria-hidden />}
          aria-label={t('orders.edit', { id: order.id })}
          data-testid="order-edit"
          onClick={() => setEdited(order)}
        />
      ),
    },
  ]
  if (pages.error)
    return <ProblemAlert problem={asProblem(pages.error)} onRetry={() => void pages.refetch()} />
  if (pages.isPending) return <TableSkeleton rows={5} />
  return (
    <>
      <Table
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={orders}
        pagination={false}
        scroll={{ x: 720 }}
        locale={{ emptyText: t('orders.none') }}
        expandable={{
          expandedRowRender: (order) => <Lines order={order} />,
          rowExpandable: ({ lines, properties }) => lines.length > 0 || Object.keys(properties).length > 0,
        }}
        data-testid="orders"
      />
      <p className={styles.foot}>
        {t('orders.shown', { count: orders.length, total: format.count(totals.orders) })}
        {pages.hasNextPage ? (
          <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('earlier')}
          </Button>
        ) : null}
      </p>
      {edited === null ? null : (
        <OrderEditor
          key={edited.id}
          customerId={customer.id}
          order={edited}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  )
}

/** What of a line was given back: pieces and money, or one of them. */
function Returned({ line: { quantity, returned, returnedMoney } }: { line: CustomerOrder['lines'][number] }) {
  const { t } = useTranslation('customers')
  const format = useFormat()
  if (returned === 0 && returnedMoney === 0) return null
  const pieces = returned > 0 && returned >= (quantity ?? 1) ? t('orders.returnedAll') : null
  const some = returned > 0 ? t('orders.returned', { shown: format.count(returned) }) : null
  const money = returnedMoney > 0 ? t('orders.returnedMoney', { amount: format.money(returnedMoney) }) : null
  return (
    <small className={styles.returned} data-testid="line-returned">
      {[pieces ?? some, money].filter((part) => part !== null).join(' · ')}
    </small>
  )
}

/** The lines with their products, and what else the order carries. */
function Lines({ order: { lines, properties } }: { order: CustomerOrder }) {
  const { t } = useTranslation('customers')
  const { locale } = useLocale()
  const format = useFormat()
  const { items, discount: _discount, status: _status, ...rest } = properties
  const others = lines.length === 0 && items !== undefined ? { items, ...rest } : rest
  const said = sayProperties(others, { t, locale, money: (minor) => format.money(minor) })
  return (
    <div className={styles.lines}>
      {lines.map((line, index) => (
        // Lines have no id; their order is the source's.
        // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same
        <div key={index} className={styles.line}>
          {line.image === null ? (
            noImage
          ) : (
            <Picture className={styles.image} src={line.image} alt="" instead={noImage} />
          )}
          <span className={styles.title}>
            {line.link === null ? (
              (line.title ?? line.sku)
            ) : (
              <a href={line.link} target="_blank" rel="noreferrer">
                {line.title ?? line.sku}
              </a>
            )}
            {line.sku === null || line.title === null ? null : <small>{line.sku}</small>}
            <Returned line={line} />
          </span>
          <span>{line.quantity === null ? null : `× ${format.count(line.quantity)}`}</span>
          <span className={styles.price}>{line.price === null ? null : <Money minor={line.price} />}</span>
        </div>
      ))}
      {said === '' ? null : <p className={styles.others}>{said}</p>}
    </div>
  )
}
