import { z } from 'zod'
import type { LocalText } from '../../text.ts'
import {
  type SmsKind,
  type SmsProvider,
  smsKinds,
  smsProvider,
  smsProviderIds,
  type ValueRule,
} from './providers.ts'

/** How far the review of a template or a signature is. */
export const reviewStates = {
  approved: { 'zh-CN': '已通过', en: 'Approved' },
  pending: { 'zh-CN': '审核中', en: 'Under review' },
  refused: { 'zh-CN': '未通过', en: 'Refused' },
} as const satisfies Record<string, LocalText>
export type ReviewState = keyof typeof reviewStates
export const reviewStateIds = Object.keys(reviewStates) as [ReviewState, ...ReviewState[]]
export const smsKindIds = Object.keys(smsKinds) as [SmsKind, ...SmsKind[]]

export const templateCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'letters, digits, _ or -, 64 at most')

/** A template as its provider has it registered. */
export const smsTemplate = z.strictObject({
  code: templateCode.describe(
    'By which the provider knows it: SMS_123456789 of Aliyun, a number of Tencent Cloud',
  ),
  name: z.string().trim().min(1).max(100),
  text: z.string().trim().min(1).max(1000).describe('With its variables as they are registered'),
  kind: z.enum(smsKindIds),
  state: z.enum(reviewStateIds),
  why: z.string().max(1000).default('').describe('What the review has said'),
  most: z
    .int()
    .min(1)
    .max(500)
    .nullable()
    .default(null)
    .describe('The longest value; null: as is usual for its kind'),
  byHand: z.boolean().default(false).describe('Typed here; else synchronised from the provider'),
})
export type SmsTemplate = z.infer<typeof smsTemplate>

export const smsSignature = z.strictObject({
  name: z.string().trim().min(1).max(40),
  state: z.enum(reviewStateIds),
  why: z.string().max(1000).default(''),
})
export type SmsSignature = z.infer<typeof smsSignature>

/** What is registered with one provider. */
export const smsRegister = z.strictObject({
  templates: z.array(smsTemplate).max(2000),
  signatures: z.array(smsSignature).max(500),
  syncedAt: z.int().nullable(),
})
export type SmsRegister = z.infer<typeof smsRegister>
export const emptyRegister: SmsRegister = { templates: [], signatures: [], syncedAt: null }

/** What is kept: by provider, so that changing it and coming back loses nothing. */
export const smsRegisters = z.partialRecord(z.enum(smsProviderIds), smsRegister)
export type SmsRegisters = z.infer<typeof smsRegisters>

/** How a brand's text messages may be written: by the templates that its provider has registered. */
export interface SmsTerms {
  readonly provider: SmsProvider
  /** Whether numbers abroad are written to at all: by a gateway beside the provider. */
  readonly abroad: boolean
  readonly templates: readonly SmsTemplate[]
  readonly signatures: readonly SmsSignature[]
  /** The brand's own, which stands before each message. */
  readonly signature: string
}

/** The template of a message, filled: what its provider is told in place of a text. */
export const filledTemplate = z.strictObject({
  provider: z.enum(smsProviderIds),
  code: z.string(),
  signature: z.string(),
  values: z.record(z.string(), z.string()),
})
export type FilledTemplate = z.infer<typeof filledTemplate>

/** The variables of a template's text, each once, in their order. */
export function templateVariables(text: string, provider: SmsProvider): string[] {
  const { templates } = smsProvider(provider)
  if (templates === null) return []
  return [...new Set([...text.matchAll(templates.variable)].map((match) => match[1] ?? ''))]
}

/** The template's text as it will be read; a variable without a value stays as it is written. */
export function filledText(
  text: string,
  provider: SmsProvider,
  values: Readonly<Record<string, string>>,
): string {
  const { templates } = smsProvider(provider)
  if (templates === null) return text
  return text.replace(templates.variable, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  )
}

/** How much a value of a template's may hold: as was typed for it, else as is usual for its kind. */
export function valueRule(
  { kind, most }: Pick<SmsTemplate, 'kind' | 'most'>,
  provider: SmsProvider,
): ValueRule {
  const usual = smsProvider(provider).templates?.values[kind] ?? { least: 1, most: null, digits: false }
  return most === null ? usual : { ...usual, most }
}

/** What operators take for a link: with a scheme, or a host of a usual kind. */
const link =
  /https?:\/\/|www\.|(?<![\w@])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:cn|com|net|org|io|co|cc|top|vip|xyz|shop|link|app|me|tv)(?![a-z0-9])/i

export type ValueFault = 'short' | 'long' | 'digits' | 'link'

/** What the provider would refuse in a value, whatever else is in the message. */
export function valueFault(value: string, rule: ValueRule): ValueFault | null {
  const length = [...value].length
  if (link.test(value)) return 'link'
  if (rule.most !== null && length > rule.most) return 'long'
  if (length < rule.least) return 'short'
  return rule.digits && !/^\d+$/.test(value) ? 'digits' : null
}

/** Numbers abroad are kept as E.164 with its plus sign, those at home as people dial them. */
export const isAbroad = (phone: string): boolean => phone.startsWith('+')

/** A synchronised list over what was kept: what was typed by hand stays, and how long values may be. */
export function synchronised(
  before: SmsRegister,
  found: Omit<SmsRegister, 'syncedAt'>,
  at: number,
): SmsRegister {
  const known = new Map(before.templates.map((one) => [one.code, one]))
  const codes = new Set(found.templates.map(({ code }) => code))
  const typed = before.templates.filter(({ byHand, code }) => byHand && !codes.has(code))
  const templates = found.templates.map((one) => ({ ...one, most: known.get(one.code)?.most ?? null }))
  return { templates: [...templates, ...typed], signatures: found.signatures, syncedAt: at }
}
