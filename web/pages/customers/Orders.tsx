import { Button, Table, type TableColumnsType } from 'antd'
import { Pencil } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Money, When } from '../../ui/figures.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { OrderEditor } from './OrderEditor.tsx'
import type { PartProps } from './panels.tsx'
import { sayProperties } from './story.ts'

type Order = CustomerAnswer['orders'][number]

/** The customer's latest orders, each of which can be corrected or deleted. */
export function Orders({ data: { customer, orders, totals } }: PartProps) {
  const { t } = useTranslation('customers')
  const { locale } = useLocale()
  const format = useFormat()
  const [edited, setEdited] = useState<Order | null>(null)
  const columns: TableColumnsType<Order> = [
    { title: t('orders.at'), dataIndex: 'at', width: 180, render: (at: number) => <When at={at} /> },
    {
      title: t('orders.what'),
      key: 'what',
      render: (_, { properties }) =>
        sayProperties(properties, { t, locale, money: (minor) => format.money(minor) }),
    },
    { title: t('orders.id'), dataIndex: 'id', width: 180 },
    {
      title: t('orders.amount'),
      dataIndex: 'amount',
      align: 'right',
      width: 110,
      render: (amount: number | null) => (amount === null ? '–' : <Money minor={amount} />),
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
  return (
    <>
      <Table
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={[...orders]}
        pagination={false}
        scroll={{ x: 560 }}
        locale={{ emptyText: t('orders.none') }}
        footer={() => t('orders.shown', { count: orders.length, total: totals.orders })}
      />
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
