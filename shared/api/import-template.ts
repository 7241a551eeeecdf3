import { csvOf } from '../csv.ts'
import type { CustomerField, importKinds, OrderField, ProductField } from './imports.ts'

type BaseKind = (typeof importKinds)[number]
type Examples = Readonly<Record<string, readonly string[]>>

/** The columns that most files have, under the fields' own names, with two rows of each as an example. */
const examples = {
  customers: {
    customer_id: ['1001', '1002'],
    name: ['王芳', '李雷'],
    phone: ['13800000001', '13800000002'],
    email: ['fang@example.com', 'lei@example.com'],
    gender: ['女', '男'],
    birthday: ['1990-02-03', ''],
    city: ['杭州', '北京'],
    registered_at: ['2026-01-02 10:00', '2026-03-04'],
    tags: ['VIP;茶', ''],
    consent_sms: ['是', '否'],
    consent_email: ['是', ''],
  } satisfies Partial<Record<CustomerField, readonly string[]>>,
  orders: {
    order_id: ['A1', 'A1'],
    customer_id: ['1001', '1001'],
    ordered_at: ['2026-05-06 20:15', '2026-05-06 20:15'],
    amount: ['242.00', '242.00'],
    net: ['214.16', '214.16'],
    tax: ['27.84', '27.84'],
    shipping: ['8.00', '8.00'],
    discount: ['5.00', '5.00'],
    refunded: ['', ''],
    state: ['已完成', '已完成'],
    item_title: ['礼盒', '龙井茶'],
    item_sku: ['G1', 'T1'],
    item_quantity: ['1', '2'],
    item_price: ['199.00', '25.00'],
    item_discount: ['', '10.00'],
    item_tax: ['22.89', '4.60'],
    item_refunded: ['', ''],
    item_refunded_quantity: ['', ''],
  } satisfies Partial<Record<OrderField, readonly string[]>>,
  products: {
    product_id: ['G1', 'T1'],
    title: ['礼盒', '龙井茶'],
    price: ['199.00', '25.00'],
    stock: ['40', '300'],
    category: ['礼盒', '茶'],
    image: ['https://example.com/g1.jpg', ''],
    link: ['https://example.com/g1', 'https://example.com/t1'],
  } satisfies Partial<Record<ProductField, readonly string[]>>,
} as const satisfies Record<BaseKind, Examples>

/** A file as the import takes it, to be filled in. */
export function importTemplate(kind: BaseKind): string {
  const columns: Examples = examples[kind]
  const rows = Math.max(...Object.values(columns).map(({ length }) => length))
  const lines = Array.from({ length: rows }, (_, row) =>
    Object.values(columns).map((values) => values[row] ?? ''),
  )
  return csvOf([Object.keys(columns), ...lines])
}
