import { z } from 'zod'
import type { LocalText } from '../text.ts'

interface Check {
  /** What is wrong, in a few words. */
  readonly words: LocalText
  /** What to do about it. */
  readonly mend: LocalText
  /** `fault`: conditions and messages go wrong by it; `doubt`: somebody should look; `note`: good to know. */
  readonly weight: 'fault' | 'doubt' | 'note'
}

const check = (weight: Check['weight'], zh: string, en: string, mendZh: string, mendEn: string) =>
  ({ weight, words: { 'zh-CN': zh, en }, mend: { 'zh-CN': mendZh, en: mendEn } }) satisfies Check

/** What the data is looked through for. */
export const qualityChecks = {
  'same-phone': check(
    'fault',
    '多位客户用同一个手机号',
    'Customers with one phone',
    '若是同一个人，请合并客户；若是家人共用，不用处理',
    'If they are one person, merge them; if a family shares it, leave it',
  ),
  'same-email': check(
    'fault',
    '多位客户用同一个邮箱',
    'Customers with one e-mail address',
    '若是同一个人，请合并客户；若是共用邮箱，不用处理',
    'If they are one person, merge them; if it is shared, leave it',
  ),
  'no-address': check(
    'doubt',
    '没有手机号也没有邮箱的客户',
    'Customers without phone and e-mail',
    '这些客户收不到短信和邮件，请从来源系统补上联系方式',
    'No text or mail reaches them: bring the addresses in from where they are kept',
  ),
  'future-birthday': check(
    'fault',
    '生日在将来',
    'Birthdays in the future',
    '检查来源里的年月日顺序，重新导入',
    'See in which order the source writes day and month, and import again',
  ),
  'great-age': check(
    'doubt',
    '年龄超过 110 岁',
    'Ages above 110',
    '多半是默认值，例如 1900-01-01；请在来源里清空后重新导入',
    'Mostly a default such as 1900-01-01: empty it where it comes from and import again',
  ),
  'future-registration': check(
    'fault',
    '注册时间在将来',
    'Registrations in the future',
    '检查来源的时区和日期格式',
    'See the source’s time zone and how it writes dates',
  ),
  'early-registration': check(
    'doubt',
    '注册时间早于 2000 年',
    'Registrations before 2000',
    '多半是把秒当成了毫秒，或是默认值；请改好来源后重新导入',
    'Mostly seconds taken for milliseconds, or a default: mend the source and import again',
  ),
  'future-event': check(
    'fault',
    '行为发生在一天以后',
    'Events more than a day ahead',
    '检查发送方的时钟和时区',
    'See the clock and the time zone of whoever sends them',
  ),
  'early-event': check(
    'doubt',
    '行为早于 2000 年',
    'Events before 2000',
    '多半是把秒当成了毫秒；请改好发送方，再更正这些行为',
    'Mostly seconds taken for milliseconds: mend the sender, then correct these events',
  ),
  'far-amount': check(
    'doubt',
    '金额远离其他同名行为',
    'Amounts far outside those of the same event',
    '检查是不是把分当成了元，或者多写了几个零',
    'See whether cents were taken for whole units, or zeros were added',
  ),
  'no-amount': check(
    'fault',
    '订单没有金额',
    'Orders without an amount',
    '消费金额的条件会漏掉它们；请让商城把实付金额一起发来',
    'Conditions on what was spent miss them: have the shop send what was paid',
  ),
  'no-lines': check(
    'note',
    '订单没有商品明细',
    'Orders without lines',
    '商品推荐和品类偏好用不上它们；请让商城把明细（lines）一起发来',
    'Picks and preferred categories learn nothing from them: have the shop send the lines',
  ),
  'refund-unknown': check(
    'fault',
    '退款对不上订单',
    'Refunds of orders that nobody knows',
    '退款里的 order_id 要和订单号一致；先补上订单',
    'Their order_id must be an order’s number: bring the orders in first',
  ),
  'refund-exceeds': check(
    'fault',
    '退款超过订单金额',
    'Refunds above what was paid',
    '检查是不是重复发送了退款，或单位不一致',
    'See whether refunds were sent twice, or in another unit',
  ),
  'silent-days': check(
    'doubt',
    '每天都有的行为，有几天一条也没有',
    'Days without any of an event that comes daily',
    '检查那几天数据有没有断；断了就重新发送那几天的',
    'See whether the feed was broken on those days; if so, send those days again',
  ),
  'wrong-type': check(
    'fault',
    '标准行为的属性类型不对',
    'Properties of standard events of another type',
    '条件和文案会读不出它；请按接口说明里的类型发送',
    'Conditions and texts cannot read it: send it as the API describes',
  ),
  'unknown-property': check(
    'note',
    '标准行为里有标准之外的属性',
    'Properties that a standard event does not name',
    '可以照常使用；若是拼错了，请改好发送方',
    'They can be used as they are; where one is misspelt, mend the sender',
  ),
  'unknown-event': check(
    'note',
    '标准之外的行为',
    'Events under names of your own',
    '可以照常使用；若和标准行为是一回事，改用标准名称，模板和推荐就能认得',
    'They can be used as they are; where one means a standard event, its standard name is known to templates and picks',
  ),
  'mostly-empty': check(
    'note',
    '多数客户没有的资料',
    'Fields that most customers lack',
    '用它做条件会漏掉多数客户；请补齐，或不要依赖它',
    'A condition on it misses most customers: fill it, or do not rely on it',
  ),
  'sometimes-missing': check(
    'note',
    '有时缺少的行为属性',
    'Properties that an event sometimes lacks',
    '按它筛选会漏掉没有它的行为；请让发送方每次都带上',
    'Filters by it miss the events without it: have the sender give it each time',
  ),
} as const satisfies Record<string, Check>
export type QualityCheck = keyof typeof qualityChecks
const isCheck = (name: string): name is QualityCheck => Object.hasOwn(qualityChecks, name)
export const qualityCheckNames: readonly QualityCheck[] = Object.keys(qualityChecks).filter(isCheck)

/** Somebody, or something that they did, of whom a finding is true. */
export const qualityExample = z.object({
  customerId: z.string(),
  customerName: z.string().nullable(),
  event: z.string().nullable(),
  eventId: z.string().nullable(),
  at: z.number().nullable(),
  value: z.string().nullable().describe('Of an address its beginning and its end'),
})
export type QualityExample = z.infer<typeof qualityExample>

export const qualityFinding = z.object({
  check: z.enum(qualityCheckNames),
  subject: z.string().nullable().describe('The field, the event, or the event and its property'),
  count: z.int(),
  of: z.int().nullable().describe('Of how many'),
  sampled: z.boolean().describe('Counted in a sample, not in all'),
  days: z.array(z.string()).describe('The days that are meant'),
  examples: z.array(qualityExample).describe('Three at the most'),
})
export type QualityFinding = z.infer<typeof qualityFinding>

/** Rows that were refused, by who brought them and why. */
export const qualityRefusal = z.object({
  from: z.enum(['import', 'api']),
  name: z.string().describe('The file, or who called'),
  importId: z.string().nullable(),
  kind: z.string(),
  code: z.string(),
  reason: z.object({ 'zh-CN': z.string(), en: z.string() }),
  count: z.int(),
  lastAt: z.int(),
})
export type QualityRefusal = z.infer<typeof qualityRefusal>

/** GET /data-quality */
export const qualityAnswer = z.object({
  at: z.int().describe('As of when, on the brand’s clock'),
  customers: z.int(),
  events: z.int(),
  findings: z.array(qualityFinding).describe('Faults first'),
  refusals: z.array(qualityRefusal).describe('Of the last 30 days'),
})
export type QualityAnswer = z.infer<typeof qualityAnswer>

/** What is told by the analytical copy. */
export type QualityLooked = Pick<QualityAnswer, 'customers' | 'events' | 'findings'>
