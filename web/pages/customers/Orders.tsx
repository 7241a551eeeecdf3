import { Table, type TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CustomerAnswer } from '../../../shared/api/customers.ts'
import { useLocale } from '../../locales/useLocale.ts'
import { Money, When } from '../../ui/figures.tsx'
import { useFormat } from '../../ui/useFormat.ts'
import { sayProperties } from './story.ts'

type Order = CustomerAnswer['orders'][number]

/** The customer's latest orders. */
export function Orders({ orders, total }: { orders: readonly Order[]; total: number }) {
  const { t } = useTranslation('customers')
  const { locale } = useLocale()
  const format = useFormat()
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
  ]
  return (
    <Table
      rowKey="id"
      size="small"
      columns={columns}
      dataSource={[...orders]}
      pagination={false}
      scroll={{ x: 560 }}
      locale={{ emptyText: t('orders.none') }}
      footer={() => t('orders.shown', { count: orders.length, total })}
    />
  )
}
