import { z } from 'zod'
import type { Assets } from '../assets/asset.ts'
import { isZone } from '../calendar/index.ts'
import { usualWork, workTimeSchema } from '../calendar/work-time.ts'
import type { SmsTerms } from '../channels/sms/register.ts'
import type { Library } from '../contents/content.ts'
import { labelAttributes, usualLabels } from '../contents/labels.ts'
import type { CouponDefinition } from '../coupons/definition.ts'
import { limits } from '../limits.ts'
import { conflictRules, identifierKinds } from '../persons/kinds.ts'
import type { NamedReferral } from '../referrals/links.ts'
import { locales, writtenText } from '../text.ts'

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM')

/** A ceiling over a rolling window; service messages do not count (rule 13). */
export const capSchema = z.strictObject({
  /** null: over all channels together. */
  channel: z.string().nullable(),
  messages: z.int().min(1).max(1000),
  days: z.int().min(1).max(365),
})
export type Cap = z.infer<typeof capSchema>

/** The signature of a brand that nobody has named yet; no operator knows it. */
export const unnamedSignature = '我的品牌'

/** What a new brand starts with (rule 13): nobody is bombarded because nobody has thought of it. */
export const firstCaps: readonly Cap[] = [
  { channel: null, messages: 2, days: 1 },
  { channel: null, messages: 5, days: 7 },
]

const utm = z.string().trim().max(limits.nameLength.value).nullable().default(null)
const noUtm = { source: null, medium: null, campaign: null }

/** What becomes of the addresses in messages. */
const linkRules = z.strictObject({
  /** Whether they are made short and whoever presses them is counted, unless a message says otherwise. */
  track: z.boolean().default(true),
  /** Whether it is noticed that an e-mail is opened. */
  opens: z.boolean().default(true),
  /** Added to each address: texts, in which {channel}, {journey} and {node} stand for what they are of. */
  utm: z.strictObject({ source: utm, medium: utm, campaign: utm }).default(noUtm),
  /** Where a link leads whose last day is over; null: to a page that says so. */
  after: z
    .url({ protocol: /^https?$/ })
    .max(limits.urlLength.value)
    .nullable()
    .default(null),
})
const usualLinks = { track: true, opens: true, utm: noUtm, after: null }

/** What a brand decides once for all its journeys. */
export const brandSchema = z.strictObject({
  name: writtenText,
  /** Stands in 【】 before each SMS. */
  signature: z.string().min(1).max(20),
  /** The words that tell how to refuse further marketing SMS. */
  optOut: z.string().min(1).max(20).default('拒收请回复R'),
  zone: z.string().refine(isZone, 'an IANA time zone such as Asia/Shanghai').default('Asia/Shanghai'),
  language: z.enum(locales).default('zh-CN'),
  /** ISO 4217, which also says in how many places money is counted. */
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/, 'an ISO 4217 code such as CNY')
    .toUpperCase()
    .default('CNY'),
  /** Marketing messages are held back from the first to the second time; null: never. */
  quietHours: z.strictObject({ from: clock, to: clock }).nullable().default({ from: '21:00', to: '09:00' }),
  /** When its people are at work: by it go tasks for staff. */
  work: workTimeSchema.default(usualWork),
  /** Whether a customer who was never asked may be reached on a channel whose address is known. */
  consent: z.enum(['address_known', 'explicit']).default('address_known'),
  /** What becomes of somebody whom nobody knows when an event or an order of theirs comes in: refused, or made a customer. */
  strangers: z.enum(['refused', 'made']).default('refused'),
  /** What becomes of two customers whom one verified identifier proves to be one; a kind that is left out as the house says. */
  merging: z.partialRecord(z.enum(identifierKinds), z.enum(conflictRules)).default({}),
  caps: z.array(capSchema).max(10).default([]),
  /** What texts may show a customer of the brand's products. */
  picks: z
    .strictObject({
      /** What was bought within so many days is not shown. */
      againDays: z.int().min(0).max(3650).default(30),
      /** Categories of which nothing is shown. */
      without: z.array(z.string().min(1).max(limits.nameLength.value)).max(100).default([]),
    })
    .default({ againDays: 30, without: [] }),
  links: linkRules.default(usualLinks),
  /** Which attribute of the customer each label of a content asks for. */
  labels: labelAttributes.default(usualLabels),
  /** Thousandths of the currency's main unit, per message or SMS part. */
  prices: z.record(z.string(), z.int().min(0).max(1_000_000)).default({}),
  /** Messages a second that may leave by a channel, by its id; without one as fast as it takes them. */
  rates: z.record(z.string(), z.number().min(0.01).max(10_000)).default({}),
})
/** What a brand has decided, as it is set and saved. */
export type BrandSettings = z.infer<typeof brandSchema>

/** What messages are made by: the brand's decisions, and what its library holds beside them. */
export interface Brand extends BrandSettings {
  /** Without it the library is empty. */
  readonly contents?: Library | undefined
  /** Without it there are no pictures. */
  readonly assets?: Assets | undefined
  /** Where customers reach this server, without a slash at its end; without it no link is made short. */
  readonly linkBase?: string | undefined
  /** Without them it has none. */
  readonly coupons?: readonly CouponDefinition[] | undefined
  /** Without them there is none by which customers invite others. */
  readonly referrals?: readonly NamedReferral[] | undefined
  /** Without it text messages may say anything: their provider takes free text. */
  readonly sms?: SmsTerms | undefined
}

/** A brand's decisions alone, as they are answered and saved. */
export function settingsOf({
  contents: _library,
  assets: _pictures,
  linkBase: _base,
  coupons: _coupons,
  referrals: _referrals,
  sms: _terms,
  ...settings
}: Brand): BrandSettings {
  return settings
}

/** What holds where a decision can no longer be read: rather too few messages than one too many. */
export const cautiousBrand: Pick<Brand, 'quietHours' | 'consent' | 'caps'> = {
  quietHours: { from: '21:00', to: '09:00' },
  consent: 'explicit',
  caps: [...firstCaps],
}
