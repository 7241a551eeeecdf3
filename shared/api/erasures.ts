import { z } from 'zod'
import { actor } from '../audit/actor.ts'
import { limits } from '../limits.ts'
import { type LocalText, writtenText } from '../text.ts'

/** GET /customers/:id/erasure: what there is of a customer, before anybody decides. */
export const erasureLook = z.object({
  customer: z.object({ id: z.string(), name: z.string().nullable() }),
  holds: z.object({
    underWay: z.int().describe('Journeys that the customer is in'),
    queued: z.int().describe('Messages that would be withdrawn'),
    messages: z.int(),
    events: z.int(),
    addresses: z.int(),
  }),
  sharing: z
    .array(z.object({ id: z.string(), name: z.string().nullable(), addresses: z.array(z.string()) }))
    .describe('Other records that bear an address of theirs, which is masked: the same person, or not'),
})
export type ErasureLook = z.infer<typeof erasureLook>

/** POST /erasures */
export const erasureRequest = z.strictObject({
  customerIds: z.array(z.string().min(1)).min(1).max(limits.erasedAtOnce.value),
  remember: z
    .boolean()
    .default(true)
    .describe('Whether their addresses are known again as opted out, by a mark that cannot be read back'),
})

/** What an erasure did to one table, or to files. */
const taken = z.object({
  removed: z.int().describe('Rows that went'),
  stripped: z.int().describe('Rows that stay as numbers, of nobody'),
})

/** Where a person wrote something of them: it is not the product’s to change. */
const written = z.object({
  kind: z.enum(['journey', 'audience']),
  id: z.string(),
  name: writtenText.nullable(),
})

/** What an erasure has taken away; of the people themselves it says nothing. */
export const erasureRemoved = z.object({
  tables: z.record(z.string(), taken),
  files: z.object({ files: z.int(), lines: z.int() }),
  written: z.array(written),
})
export type ErasureRemoved = z.infer<typeof erasureRemoved>

/** GET /erasures/:id */
export const certificate = z.object({
  id: z.string(),
  status: z.enum(['asked', 'done']),
  records: z.int().describe('How many records of customers'),
  askedAt: z.int(),
  askedBy: actor,
  finishedAt: z.int().nullable(),
  remembered: z.boolean(),
  removed: erasureRemoved,
  sweptAt: z
    .int()
    .nullable()
    .describe('When the free space of the file was overwritten; null: at the next start of the server'),
})
export type Certificate = z.infer<typeof certificate>
export const certificateList = z.object({ erasures: z.array(certificate), total: z.int() })
export const erasuresQuery = z.object({
  start: z
    .string()
    .max(64)
    .optional()
    .describe('Only those whose id begins so, such as `1a2b3c4d` of the customer `erased-1a2b3c4d-1`'),
  limit: z.coerce.number().int().min(1).max(limits.longPageSize.value).default(100),
})

const startLength = 8

/** What stands in the place of a customer’s id who was erased: by which erasure, and which of its customers. */
export const erasedId = (erasure: string, index: number): string =>
  `erased-${erasure.slice(0, startLength)}-${index + 1}`

/** The beginning of the erasure’s id in such an id; null where a customer’s id is their own. */
export const erasureStart = (customerId: string): string | null =>
  /^erased-([0-9a-f]{8})-\d+$/.exec(customerId)?.[1] ?? null

/** The answer to POST /erasures: it is kept, and goes on by itself. */
export const erasureAnswer = z.object({ id: z.string() })
export type ErasureAnswer = z.infer<typeof erasureAnswer>

/** What the tables of a certificate hold, for people. */
export const heldIn: Readonly<Record<string, LocalText>> = {
  customers: { 'zh-CN': '客户资料', en: 'profiles' },
  addresses: { 'zh-CN': '号码与邮箱', en: 'addresses' },
  address_states: { 'zh-CN': '号码与邮箱的同意和退订', en: 'consents and opt-outs of addresses' },
  shared_addresses: { 'zh-CN': '共用的号码与邮箱', en: 'shared addresses' },
  doubtful_replies: { 'zh-CN': '疑似退订的回复', en: 'replies that may be opt-outs' },
  identifiers: { 'zh-CN': '客户标识', en: 'identifiers' },
  aliases: { 'zh-CN': '合并前的客户编号', en: 'ids from before a merge' },
  merges: { 'zh-CN': '合并记录', en: 'records of merges' },
  duplicates: { 'zh-CN': '疑似重复的客户', en: 'pairs that may be one person' },
  tags: { 'zh-CN': '标签', en: 'tags' },
  audience_members: { 'zh-CN': '人群名单', en: 'places in lists' },
  audience_stays: { 'zh-CN': '进出人群的记录', en: 'when they were in audiences' },
  scores: { 'zh-CN': '评分', en: 'scores' },
  to_score: { 'zh-CN': '等待重新评分的客户', en: 'customers waiting for new scores' },
  events: { 'zh-CN': '行为与订单', en: 'events and orders' },
  planned_events: { 'zh-CN': '沙盒安排的行为', en: 'planned events of the sandbox' },
  failed_entries: { 'zh-CN': '未能进入的记录', en: 'entries that failed' },
  coming: { 'zh-CN': '等待进入的记录', en: 'entries that wait' },
  watch_members: { 'zh-CN': '入口的人群名单', en: 'members that triggers watch' },
  enrollments: { 'zh-CN': '入组', en: 'passages through journeys' },
  traces: { 'zh-CN': '旅程轨迹', en: 'steps of passages' },
  messages: { 'zh-CN': '消息', en: 'messages' },
  receipts: { 'zh-CN': '回执', en: 'receipts' },
  early_receipts: { 'zh-CN': '待核对的回执', en: 'receipts that wait for their message' },
  inbox: { 'zh-CN': '收件箱', en: 'inbox' },
  links: { 'zh-CN': '消息里的短链接', en: 'short links of messages' },
  asks: { 'zh-CN': '向模型和外部系统提的问题', en: 'questions to models and other systems' },
  chain_turns: { 'zh-CN': '等着改走下一个渠道的消息', en: 'messages that another channel may follow' },
  tasks: { 'zh-CN': '员工任务', en: 'tasks of staff' },
  owners: { 'zh-CN': '客户归属', en: 'owners' },
  to_give: { 'zh-CN': '等待分配的客户', en: 'customers waiting for an owner' },
  coupons: { 'zh-CN': '优惠券', en: 'coupons' },
  points: { 'zh-CN': '积分', en: 'points' },
  referral_codes: { 'zh-CN': '邀请链接', en: 'links of invitations' },
  referrals: { 'zh-CN': '邀请记录', en: 'invitations' },
  referral_rewards: { 'zh-CN': '邀请奖励', en: 'rewards for invitations' },
  goal_hits: { 'zh-CN': '目标达成', en: 'goals reached' },
  triggers: { 'zh-CN': '入口进度', en: 'progress of triggers' },
  moves: { 'zh-CN': '版本迁移进度', en: 'progress of moves between versions' },
  journeys: { 'zh-CN': '旅程的备注', en: 'notes on journeys' },
  channel_pauses: { 'zh-CN': '人工暂停渠道的原因', en: 'why somebody paused channels' },
  channel_halts: { 'zh-CN': '渠道暂停的备注', en: 'notes on channels' },
  imports: { 'zh-CN': '导入报告', en: 'reports of imports' },
  idempotent_calls: { 'zh-CN': '接口调用的回答', en: 'answers to calls of the API' },
  wecom_follows: { 'zh-CN': '企业微信好友关系', en: 'friendships in WeCom' },
  wecom_codes: { 'zh-CN': '企业微信欢迎语凭证', en: 'codes for greetings in WeCom' },
  wecom_marks: { 'zh-CN': '企业微信标签', en: 'tags in WeCom' },
  wecom_recipients: { 'zh-CN': '企业微信群发名单', en: 'places in broadcasts of WeCom' },
  wechat_followers: { 'zh-CN': '公众号关注', en: 'following of the WeChat account' },
  wechat_grants: { 'zh-CN': '公众号可发消息的次数', en: 'what may be sent by the WeChat account' },
  visits: { 'zh-CN': '没认出的访客的浏览记录', en: 'visits of whom nobody knows' },
  webhook_happenings: { 'zh-CN': '待通知的事', en: 'what webhooks were still to be told of' },
  webhook_messages: { 'zh-CN': 'Webhook 通知', en: 'notices to webhooks' },
  webhook_deliveries: { 'zh-CN': 'Webhook 发送记录', en: 'deliveries to webhooks' },
  audit: { 'zh-CN': '操作日志', en: 'log of changes' },
  changes: { 'zh-CN': '分析副本的待抄清单', en: 'what the analytical copy has yet to read' },
}
