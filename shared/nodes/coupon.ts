import { z } from 'zod'
import { addDays, localDate, startOfDay } from '../calendar/index.ts'
import { evaluate, needsOf, type Seen } from '../conditions/evaluate.ts'
import { timesLeft } from '../conditions/history.ts'
import { conditionSchema } from '../conditions/schema.ts'
import { couponKey } from '../coupons/definition.ts'
import type { Coupon } from '../effects/index.ts'
import { Problem } from '../errors/index.ts'
import { referenceAt, referenceMark } from '../journey/reference.ts'
import { sayMoney } from '../money.ts'
import { codeOf } from '../stats/hash.ts'
import { say, type WrittenText, writtenText } from '../text.ts'
import { claim, recalledClaim } from './coupon/claim.ts'
import { seenOf } from './recall.ts'
import { type DecideInput, type Decision, type DescribeInput, defineNode } from './type.ts'

/** Which of the brand's coupons somebody gets of whom a condition holds. */
const variant = z.strictObject({ when: conditionSchema, coupon: couponKey })

const config = z
  .strictObject({
    /** Of the brand's coupons the one that everybody gets for whom no variant is; null: the node's own, or none. */
    coupon: couponKey.nullable().default(null),
    /** Tried in order: the first whose condition holds. */
    variants: z.array(variant).max(20).default([]),
    /** Of the node's own coupon, whose codes it makes itself. */
    name: writtenText.nullable().default(null),
    /** Minor units. */
    value: z.int().min(1).max(100_000_000).nullable().default(null),
    /** The least order that it can be used for, minor units; 0: none. */
    minSpend: z.int().min(0).max(1_000_000_000).default(0),
    validDays: z.int().min(1).max(3650).nullable().default(null),
    prefix: z
      .string()
      .regex(/^[A-Z0-9]{0,8}$/, 'capital letters and digits, 8 at most')
      .default(''),
  })
  .refine((settings) => isOfBrand(settings) || ownOf(settings) !== null, {
    message: 'one of the brand’s coupons, or a name, a value and a number of days',
    path: ['coupon'],
  })
type Config = z.infer<typeof config>

/** Whether it hands out codes of the brand's coupons; else those of its own. */
function isOfBrand({
  coupon: key,
  variants,
}: {
  coupon: string | null
  variants: readonly unknown[]
}): boolean {
  return key !== null || variants.length > 0
}

interface Own {
  readonly name: WrittenText | null
  readonly value: number | null
  readonly validDays: number | null
}

/** What the node's own coupon is worth; null where it has none. */
function ownOf({ name, value, validDays }: Own) {
  return name === null || value === null || validDays === null ? null : { name, value, validDays }
}

const codeLength = 10

/** A code made from the passage alone, the same however often it is decided. */
function codeFor({ enrollment, journey, node }: DecideInput, length: number): string {
  const visit = timesLeft(enrollment.history, node) + 1
  const { customerId, enteredAt, entry } = enrollment
  // Two events of one moment may each have let the customer in.
  const source = entry.event === null ? [] : [entry.event.id]
  return codeOf(length, journey.id, customerId, enteredAt, node, visit, ...source)
}

function giveOwn(settings: Config, input: DecideInput): Decision {
  const own = ownOf(settings)
  if (own === null) throw new Problem('invalid-journey', { detail: 'coupon' }, input.node)
  const { name, value, validDays } = own
  const code = settings.prefix + codeFor(input, codeLength)
  const { now, zone } = input
  const coupon: Coupon = {
    ...{ code, value, minSpend: settings.minSpend },
    expiresAt: startOfDay(addDays(localDate(now, zone), validDays + 1), zone),
    name,
  }
  return {
    kind: 'leave',
    port: 'issued',
    effects: [{ kind: 'coupon', coupon }],
    reason: { code: 'coupon-issued', coupon: code, expiresAt: coupon.expiresAt },
  }
}

/** The coupon that is for this customer; null: none of them. Seen is what was asked on the way. */
function chosenFor({ coupon: usual, variants }: Config, input: DecideInput, seen: Seen[]): string | null {
  const { enrollment, facts } = input
  const context = {
    ...{ now: input.now, zone: input.zone, enteredAt: referenceAt(enrollment) },
    entryEvent: enrollment.entry.event === null ? null : referenceMark(enrollment, true),
    anchors: enrollment.entry.anchors,
  }
  for (const one of variants) {
    const before = seen.length
    if (evaluate(one.when, facts, context, seen)) return one.coupon
    const lost = seen.slice(before).find(({ test, actual }) => test.kind === 'audience' && actual === null)
    // Nobody is given another's coupon because an audience has been lost.
    if (lost?.test.kind === 'audience')
      throw new Problem('audience-unknown', { audience: lost.test.audience })
  }
  return usual
}

function decide(settings: Config, input: DecideInput): Decision {
  if (input.enrollment.control)
    return { kind: 'leave', port: 'not_issued', reason: { code: 'suppressed', gate: 'control_group' } }
  if (!isOfBrand(settings)) return giveOwn(settings, input)
  if (input.recalled !== undefined) return recalledClaim(input.recalled)
  const seen: Seen[] = []
  const key = chosenFor(settings, input, seen)
  const decision = claim(key, input, () => codeFor(input, codeLength))
  if (seen.length === 0) return decision
  return { ...decision, reason: { ...decision.reason, seen: seen.map(seenOf) } }
}

const namedIn = ({ coupon: usual, variants }: Config): readonly (readonly [field: string, key: string])[] => [
  ...(usual === null ? [] : [['coupon', usual] as const]),
  ...variants.map((one, at) => [`variants.${at}.coupon`, one.coupon] as const),
]

function sayNamed(settings: Config, { locale, couponName }: DescribeInput): string {
  const words = namedIn({ ...settings, variants: [...settings.variants] }).map(([, key]) => {
    const name = couponName?.(key) ?? null
    return name === null ? key : say(name, locale)
  })
  return [...new Set(words)].join(' · ')
}

/** One code for each customer and visit; the control group gets none (rule 12). */
export const coupon = defineNode<Config>({
  type: 'coupon',
  role: 'step',
  category: 'touch',
  name: { 'zh-CN': '发优惠券', en: 'Coupon' },
  help: {
    'zh-CN': '给每位客户发一张自己的券，后面的消息里用券码',
    en: 'Give each customer a code of their own for the messages that follow',
  },
  config,
  defaults: () => ({
    coupon: null,
    variants: [],
    name: { 'zh-CN': '优惠券', en: 'Coupon' },
    value: 2000,
    minSpend: 0,
    validDays: 14,
    prefix: '',
  }),
  ports: (settings) => [
    { id: 'issued', name: { 'zh-CN': '已发', en: 'Issued' } },
    ...(isOfBrand(settings) ? [{ id: 'none_left', name: { 'zh-CN': '券已发完', en: 'None left' } }] : []),
    { id: 'not_issued', name: { 'zh-CN': '未发', en: 'Not issued' } },
  ],
  needs: (settings) => {
    if (!isOfBrand(settings)) return {}
    const { variants } = settings
    const asked =
      variants.length === 0 ? {} : { customer: true, ...needsOf(variants.map(({ when }) => when)) }
    return { ...asked, coupons: [...new Set(namedIn(settings).map(([, key]) => key))] }
  },
  conditions: ({ variants }) =>
    variants.map(({ when }, at) => ({ field: `variants.${at}.when`, condition: when })),
  names: (settings) => namedIn(settings).map(([field, name]) => ({ kind: 'coupon', field, name })),
  gives: () => [
    ...['coupon.code', 'coupon.name', 'coupon.value', 'coupon.min_spend', 'coupon.expires_at'],
    ...['coupon.expires', 'coupon.terms', 'coupon.applies', 'coupon.days_left', 'coupon.left'],
  ],
  describe: (settings, input) => {
    const own = ownOf(settings)
    if (isOfBrand(settings) || own === null) return sayNamed(settings, input)
    const { locale, currency } = input
    const { name, value, validDays } = own
    const { minSpend } = settings
    const worth = sayMoney(value, currency)
    const least = sayMoney(minSpend, currency)
    if (locale === 'en')
      return `${say(name, locale)}: ${worth} off${minSpend > 0 ? ` over ${least}` : ''}, ${validDays} days`
    return `${say(name, locale)} · ${minSpend > 0 ? `满 ${least} 减 ` : '减 '}${worth} · ${validDays} 天有效`
  },
  decide,
})
