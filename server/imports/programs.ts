import type { ImportField, ImportKind } from '../../shared/api/imports.ts'
import type { LocalText } from '../../shared/text.ts'
import { plainName } from './names.ts'

/** A program whose exports are known, by which some of their columns are read otherwise than in general. */
export interface ShopProgram {
  readonly id: string
  readonly name: LocalText
  readonly kind: ImportKind
  /** A file that has all of these columns is the program's. */
  readonly signature: readonly string[]
  readonly fields: Readonly<Record<string, ImportField>>
  /** Columns that are of no use to a marketer, or that nobody should keep without need. */
  readonly ignored: RegExp
}

const programs: readonly ShopProgram[] = [
  {
    id: 'shopify-orders',
    name: { 'zh-CN': 'Shopify 订单', en: 'Shopify orders' },
    kind: 'orders',
    signature: ['Name', 'Financial Status', 'Lineitem name'],
    // `Id` stands on the first line of an order only, `Name` on each; `Total` is what was paid.
    fields: { Name: 'order_id', 'Billing Name': 'name', Total: 'amount', 'Financial Status': 'state' },
    ignored:
      /^(?:(?:billing|shipping) (?:name|street|address\d?|company|zip|phone)|id|payment (?:id|reference)s?|receipt number|tax \d .*|device id)$/i,
  },
  {
    id: 'shopify-customers',
    name: { 'zh-CN': 'Shopify 客户', en: 'Shopify customers' },
    kind: 'customers',
    signature: ['Accepts Email Marketing', 'Total Spent'],
    fields: {},
    ignored: /^(?:default address )?(?:address\d|company|zip|phone)$/i,
  },
  {
    id: 'mailchimp-audience',
    name: { 'zh-CN': 'Mailchimp 受众', en: 'Mailchimp audience' },
    kind: 'customers',
    signature: ['Email Address', 'LEID', 'EUID'],
    fields: { LEID: 'customer_id' },
    ignored: /^(?:optin_ip|confirm_time|confirm_ip|latitude|longitude|gmtoff|dstoff|euid|last_changed)$/i,
  },
  {
    id: 'woocommerce-orders',
    name: { 'zh-CN': 'WooCommerce 订单', en: 'WooCommerce orders' },
    kind: 'orders',
    signature: ['Order Number', 'Order Status', 'Email (Billing)'],
    fields: { 'Item Cost': 'item_price' },
    ignored: /^(?:address|postcode|company) .*$/i,
  },
  {
    id: 'taobao-orders',
    name: { 'zh-CN': '淘宝、天猫订单', en: 'Taobao and Tmall orders' },
    kind: 'orders',
    signature: ['订单编号', '买家会员名', '买家实际支付金额'],
    fields: {},
    ignored: /地址|支付宝|支付单号|^收货人/,
  },
  {
    id: 'youzan-orders',
    name: { 'zh-CN': '有赞订单', en: 'Youzan orders' },
    kind: 'orders',
    signature: ['订单号', '订单状态', '订单实付金额'],
    fields: {},
    ignored: /地址|^收货人/,
  },
]

/** The program that wrote a file with these columns; null where none is known. */
export function programOf(columns: readonly string[]): ShopProgram | null {
  const known = new Set(columns.map(plainName))
  return programs.find(({ signature }) => signature.every((name) => known.has(plainName(name)))) ?? null
}

/** Lists of who wants marketing and who does not, known by the file's name: those of a Mailchimp audience, and any of who left. */
export const memberships = ['subscribed', 'unsubscribed', 'cleaned', 'nonsubscribed'] as const
export type Membership = (typeof memberships)[number]

const whoLeft =
  /退订|拒收|黑名单|免打扰|勿扰|unsubscri|opt(?:ed)?[-_ ]?outs?(?![a-z])|suppress|black[-_ ]?list|do[-_ ]?not[-_ ](?:contact|mail|e-?mail|call|text|market)/i

export function membershipOf(file: string): Membership | null {
  const word = /(?:^|[/\\_-])((?:un|non)?subscribed|cleaned)(?:_members|_email|_segment|_export)/i.exec(
    file,
  )?.[1]
  const listed = memberships.find((one) => one === word?.toLowerCase())
  return listed ?? (whoLeft.test(file.split(/[/\\]/).at(-1) ?? '') ? 'unsubscribed' : null)
}
