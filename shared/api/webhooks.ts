import { z } from 'zod'
import { actor } from '../audit/actor.ts'
import { allowPrivate, httpUrl } from '../channels/fields.ts'
import { limits } from '../limits.ts'
import type { LocalText } from '../text.ts'

/** All that a notice can be about, with what it then holds: the schema is what whoever receives it can hold us to. */
interface NoticeKind {
  readonly words: LocalText
  readonly data: z.ZodType
}

const customerId = z.string()
const at = z.int().describe('Epoch milliseconds, on the brand’s clock')

const ofMessage = z.object({
  messageId: z.string(),
  customerId,
  journeyId: z.string(),
  enrollmentId: z.int(),
  node: z.string(),
  channel: z.string(),
  at,
  detail: z.string().nullable().describe('What the provider said of it'),
})
const ofEnrollment = z.object({
  enrollmentId: z.int(),
  customerId,
  journeyId: z.string(),
  version: z.int(),
  control: z.boolean().describe('Whether they are in the control group'),
  at,
  ending: z.string().nullable().describe('By which ending, or why early; null while it goes on'),
})
const ofTask = z.object({
  taskId: z.string(),
  customerId,
  journeyId: z.string().nullable().describe('null: somebody made it by hand'),
  enrollmentId: z.int().nullable(),
  node: z.string().nullable(),
  at,
  until: z.int().describe('When it is too late'),
  button: z.string().nullable().describe('What was decided; null while it is open'),
  by: z.string().nullable(),
})
const value = z.union([z.string(), z.number(), z.boolean()])
const ofCustomer = z.object({
  customerId,
  at,
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  gender: z.string().nullable(),
  birthday: z.string().nullable(),
  city: z.string().nullable(),
  registeredAt: z.int().nullable(),
  timezone: z.string().nullable(),
  language: z.string().nullable(),
  attributes: z.record(z.string(), value),
  tags: z.array(z.string()),
})

const message = (zh: string, en: string) => ({ words: { 'zh-CN': zh, en }, data: ofMessage }) as const

export const noticeKinds = {
  'event.received': {
    words: { 'zh-CN': '客户行为', en: 'Customer event' },
    data: z.object({
      customerId,
      id: z.string(),
      name: z.string(),
      at,
      amount: z.int().nullable().describe('Minor units'),
      properties: z.record(z.string(), z.json()),
    }),
  },
  'message.sent': message('消息已发出', 'Message sent'),
  'message.delivered': message('消息已送达', 'Message delivered'),
  'message.opened': message('消息被打开', 'Message opened'),
  'message.clicked': message('消息被点击', 'Message clicked'),
  'message.replied': message('客户回复', 'Customer replied'),
  'message.failed': message('消息发送失败', 'Message failed'),
  'message.unsubscribed': message('客户退订', 'Customer unsubscribed'),
  'message.complained': message('客户投诉', 'Customer complained'),
  'message.blocked': message('消息被拦截', 'Message blocked'),
  'enrollment.entered': { words: { 'zh-CN': '客户进入旅程', en: 'Entered a journey' }, data: ofEnrollment },
  'enrollment.finished': { words: { 'zh-CN': '客户走完旅程', en: 'Finished a journey' }, data: ofEnrollment },
  'customer.created': { words: { 'zh-CN': '新增客户', en: 'Customer created' }, data: ofCustomer },
  'customer.changed': { words: { 'zh-CN': '客户资料变更', en: 'Customer changed' }, data: ofCustomer },
  'customer.erased': {
    words: { 'zh-CN': '客户被抹除', en: 'Customer erased' },
    data: z.object({ customerId, at }),
  },
  'task.made': { words: { 'zh-CN': '新任务', en: 'Task made' }, data: ofTask },
  'task.decided': { words: { 'zh-CN': '任务已决定', en: 'Task decided' }, data: ofTask },
} as const satisfies Record<string, NoticeKind>

export type NoticeKindName = keyof typeof noticeKinds
const isKind = (name: string): name is NoticeKindName => Object.hasOwn(noticeKinds, name)
export const noticeKindNames: readonly NoticeKindName[] = Object.keys(noticeKinds).filter(isKind)

/** What is sent to try an endpoint; it can be wanted by none. */
export const testKind = 'webhook.test'

export type NoticeData<Kind extends NoticeKindName> = z.infer<(typeof noticeKinds)[Kind]['data']>

/** The body of a delivery, as Standard Webhooks has it. */
export const notice = z.object({
  type: z.string().describe('What it is about, such as `message.sent`'),
  timestamp: z.iso.datetime().describe('When it happened'),
  data: z.record(z.string(), z.json()),
})

const kind = z.enum(noticeKindNames)

/** PUT /webhooks/:id and POST /webhooks */
export const webhookSave = z.strictObject({
  name: z.string().trim().min(1).max(limits.nameLength.value),
  url: httpUrl.describe('Where notices are posted'),
  kinds: z.array(kind).min(1).describe('What it is told of'),
  events: z
    .array(z.string().min(1).max(limits.nameLength.value))
    .max(limits.webhookEvents.value)
    .nullable()
    .default(null)
    .describe('Of `event.received`: the names that are told; null: all but receipts'),
  allowPrivate: allowPrivate.describe('Lets the address lead into your own network'),
  inSandbox: z.boolean().default(false).describe('Whether it is told of what happens in a sandbox too'),
  on: z.boolean().default(true),
})
export type WebhookSave = z.infer<typeof webhookSave>

/** Why nothing is sent to an endpoint. */
export const offReasons = {
  asked: { 'zh-CN': '已停用', en: 'Switched off' },
  failing: { 'zh-CN': '一直失败，已自动停用', en: 'Switched off: it did nothing but fail' },
  gone: { 'zh-CN': '对方回答 410，已自动停用', en: 'Switched off: it answered 410 Gone' },
  restored: { 'zh-CN': '数据来自备份或副本，先停用', en: 'Off: the data was restored or copied' },
} as const satisfies Record<string, LocalText>
export type OffReason = keyof typeof offReasons
const isOffReason = (name: string): name is OffReason => Object.hasOwn(offReasons, name)
export const offReason = z.enum(Object.keys(offReasons).filter(isOffReason))

/** What is kept is told as it stands there, also what nobody could save any more. */
export const webhook = webhookSave.omit({ on: true }).extend({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  kinds: z.array(kind),
  events: z.array(z.string()).nullable(),
  off: offReason.nullable().describe('Why nothing is sent to it; null: it is on'),
  offAt: z.int().nullable(),
  failingSince: z.int().nullable().describe('Since when it has done nothing but fail'),
  waiting: z.int().describe('Deliveries that are still to be made'),
  lastAt: z.int().nullable(),
  lastStatus: z.int().nullable().describe('What it answered last, by HTTP'),
  oldSecretUntil: z.int().nullable().describe('Until when the former secret signs as well'),
  secretReady: z.boolean().describe('false: the key is not here that sealed its secret; renew the secret'),
  madeAt: z.int(),
  madeBy: actor,
})
export type Webhook = z.infer<typeof webhook>

/** GET /webhooks */
export const webhookList = z.object({ webhooks: z.array(webhook) })

/** POST /webhooks and POST /webhooks/:id/secret: the only time that the secret is told. */
export const webhookMade = z.object({
  webhook,
  secret: z
    .string()
    .describe('`whsec_` and base64: by it whoever receives checks the signature. Told this once'),
})
export type WebhookMade = z.infer<typeof webhookMade>

/** What became of a delivery. */
export const deliveryStates = {
  waiting: { 'zh-CN': '待发送', en: 'Waiting' },
  delivered: { 'zh-CN': '已送达', en: 'Delivered' },
  failed: { 'zh-CN': '失败', en: 'Failed' },
  sandbox: { 'zh-CN': '沙盒，未发出', en: 'Sandbox, not sent' },
} as const satisfies Record<string, LocalText>
export type DeliveryState = keyof typeof deliveryStates
const isState = (name: string): name is DeliveryState => Object.hasOwn(deliveryStates, name)
export const deliveryState = z.enum(Object.keys(deliveryStates).filter(isState))

/** GET /webhooks/:id/deliveries : the newest first. */
export const deliveryQuery = z.object({
  state: deliveryState.optional(),
  before: z.coerce.number().int().optional().describe('The id of the last delivery of the page before'),
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(50),
})
export const delivery = z.object({
  id: z.int(),
  messageId: z.string().describe('The webhook-id: the same over all attempts'),
  kind: z.string(),
  customerId: z.string().nullable(),
  state: deliveryState,
  attempts: z.int(),
  madeAt: z.int(),
  lastAt: z.int().nullable(),
  dueAt: z.int().nullable().describe('When it is tried next'),
  status: z.int().nullable().describe('What was answered last, by HTTP'),
  error: z.string().nullable().describe('Why there was no answer'),
  ms: z.int().nullable().describe('How long the last attempt took'),
})
export type Delivery = z.infer<typeof delivery>
export const deliveryList = z.object({ deliveries: z.array(delivery), next: z.int().nullable() })
export type DeliveryList = z.infer<typeof deliveryList>

/** GET /webhooks/:id/deliveries/:delivery */
export const deliveryAnswer = delivery.extend({
  url: z.string(),
  body: z.string().describe('As it is sent; empty once an erased customer has been told of'),
  answer: z.string().nullable().describe('The beginning of what was answered last'),
})

/** POST /webhooks/:id/replay */
export const replayRequest = z.strictObject({
  since: z
    .int()
    .min(0)
    .describe('Epoch milliseconds of real time: all that was noticed from then on is sent again'),
})
export const replayAnswer = z.object({ count: z.int() })

/**
 * How long after a failed attempt the next one is made, as Standard Webhooks recommends (in seconds); after the last
 * a delivery has failed, and can be sent again by hand.
 */
export const retryAfterSeconds = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400] as const
