import { customerFields, orderFields } from '../../shared/api/imports.ts'
import { Problem } from '../../shared/errors/index.ts'

export type ImportKind = 'customers' | 'orders'

/** Column → field, `attribute` (of an order: a property) or `ignore`. */
export type Mapping = Readonly<Record<string, string>>

const requiredFields: Readonly<Record<ImportKind, readonly string[]>> = {
  customers: ['customer_id'],
  orders: ['order_id', 'customer_id', 'ordered_at', 'amount'],
}

export const fieldsOf: Readonly<Record<ImportKind, readonly string[]>> = {
  customers: customerFields,
  orders: orderFields,
}

/** Other names of a field as shops' exports write them, the likelier first; case, spaces and marks aside. */
const customerNames =
  'customerid memberid 客户编号 客户id 客户号 会员号 会员编号 会员id 会员卡号 用户编号 用户id 顾客编号 客户代码'
const aliases: Readonly<Record<string, string>> = {
  customer_id: customerNames,
  name: 'name 姓名 客户姓名 会员姓名 客户名称 名字 fullname',
  phone: 'phone 手机号 手机号码 手机 联系电话 电话 电话号码 mobile phonenumber',
  email: 'email 邮箱 电子邮箱 电子邮件 邮件地址 邮箱地址 emailaddress',
  gender: 'gender 性别 sex',
  birthday: 'birthday 生日 出生日期 birthdate dateofbirth',
  city: 'city 城市 所在城市',
  registered_at: 'registeredat 注册时间 注册日期 入会时间 入会日期 registrationdate',
  timezone: 'timezone 时区',
  language: 'language 语言',
  consent_sms: 'consentsms 短信同意 同意短信 短信授权 接收短信 是否接收短信 smsconsent',
  consent_email: 'consentemail 邮件同意 同意邮件 邮件授权 接收邮件 是否接收邮件 emailconsent',
  order_id: 'orderid 订单号 订单编号 订单id 单号 orderno ordernumber',
  ordered_at:
    'orderedat 下单时间 下单日期 订单时间 订单日期 购买时间 购买日期 付款时间 支付时间 orderdate ordertime',
  amount: 'amount 金额 订单金额 实付金额 支付金额 付款金额 成交金额 实付 总金额 orderamount',
}

const plain = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.\-（）()]/g, '')

/** The column that most likely holds a field: its own name, else the first other name that stands there. */
function columnFor(field: string, columns: readonly string[]): string | undefined {
  if (columns.includes(field)) return field
  const names = (aliases[field] ?? '').split(' ')
  for (const name of names) {
    const column = columns.find((one) => plain(one) === name)
    if (column !== undefined) return column
  }
  return undefined
}

/** Orders where a column names the order and another its time or amount; else customers. */
export function guessKind(columns: readonly string[]): ImportKind {
  const has = (field: string) => columnFor(field, columns) !== undefined
  return has('order_id') && (has('ordered_at') || has('amount')) ? 'orders' : 'customers'
}

export function guessMapping(kind: ImportKind, columns: readonly string[]): Mapping {
  const fields = new Map(fieldsOf[kind].map((field) => [columnFor(field, columns), field]))
  return Object.fromEntries(columns.map((column) => [column, fields.get(column) ?? 'attribute']))
}

const longestName = 100
const isTarget = (kind: ImportKind, target: string) =>
  target === 'attribute' || target === 'ignore' || fieldsOf[kind].includes(target)

const unmappable = (column: string, field: string) => new Problem('csv-mapping', { column, field }, column)

function checkColumn(kind: ImportKind, column: string, target: string | undefined): void {
  if (target === undefined || !isTarget(kind, target)) throw unmappable(column, target ?? '')
  // An attribute of a field's name could not be told from the field.
  const hidden = fieldsOf[kind].includes(column)
  if (target === 'attribute' && (hidden || column.length > longestName))
    throw unmappable(column.slice(0, longestName), target)
}

/**
 * Holds a mapping to the columns of a file. Problem `csv-mapping` where a column has no field, an unknown
 * one or another column's, or would be an attribute of a field's name; `csv-missing-column`.
 */
export function checkMapping(kind: ImportKind, columns: readonly string[], mapping: Mapping): void {
  const fields = new Map<string, string>()
  for (const column of columns) {
    const target = Object.hasOwn(mapping, column) ? mapping[column] : undefined
    checkColumn(kind, column, target)
    if (target === undefined || target === 'attribute' || target === 'ignore') continue
    if (fields.has(target)) throw unmappable(column, target)
    fields.set(target, column)
  }
  const missing = requiredFields[kind].filter((field) => !fields.has(field))
  if (missing.length > 0) throw new Problem('csv-missing-column', { columns: missing.join(', ') }, missing[0])
  const stray = Object.keys(mapping).find((column) => !columns.includes(column))
  if (stray !== undefined) throw unmappable(stray, mapping[stray] ?? '')
}
