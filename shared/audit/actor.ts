import { z } from 'zod'
import type { LocalText } from '../text.ts'

/** Who can change something. Users and roles will be persons of their own; today one password opens all. */
export const actorKinds = {
  person: { 'zh-CN': '人员', en: 'A person' },
  key: { 'zh-CN': 'API 密钥', en: 'An API key' },
  engine: { 'zh-CN': '引擎', en: 'The engine' },
  sandbox: { 'zh-CN': '沙盒', en: 'The sandbox' },
  customer: { 'zh-CN': '客户', en: 'A customer' },
  provider: { 'zh-CN': '服务商', en: 'A provider' },
} as const satisfies Record<string, LocalText>
export type ActorKind = keyof typeof actorKinds

/** By what way a change came in. */
export const ways = {
  browser: { 'zh-CN': '网页', en: 'in the browser' },
  api: { 'zh-CN': 'API', en: 'over the API' },
  command_line: { 'zh-CN': '命令行', en: 'on the command line' },
  link: { 'zh-CN': '消息中的链接', en: 'by a link in a message' },
  hook: { 'zh-CN': '回执接口', en: 'by a receipt' },
  itself: { 'zh-CN': '自动', en: 'by itself' },
} as const satisfies Record<string, LocalText>

// The names of a closed list; `Object.keys` does not know that it is closed.
const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => z.enum(Object.keys(table) as K[])

/** Who changes something, and by what way. */
export const actor = z.object({
  kind: keysOf(actorKinds),
  id: z
    .string()
    .max(200)
    .describe('Of the person, the key, the customer or the channel; empty for the others'),
  via: keysOf(ways),
})
export type Actor = z.infer<typeof actor>

/** Whoever has the installation's one password; without a password, whoever sits at this machine. */
export const people = {
  owner: { 'zh-CN': '管理员', en: 'Owner' },
  unknown: { 'zh-CN': '身份不明的人', en: 'Somebody unknown' },
  local: { 'zh-CN': '本机用户', en: 'Local user' },
} as const satisfies Record<string, LocalText>
export type PersonId = keyof typeof people

export const engineActor: Actor = { kind: 'engine', id: '', via: 'itself' }

/** A person at the command line of this machine. */
export const terminalActor: Actor = { kind: 'person', id: 'local', via: 'command_line' }

const staffMark = 'staff:'
/** A member of staff who has logged in, by whom the log and what they do name them. */
export const staffId = (id: string): string => `${staffMark}${id}`
/** The staff number that an actor's id names; null where it names somebody else. */
export const staffOf = (id: string): string | null =>
  id.startsWith(staffMark) ? id.slice(staffMark.length) : null
