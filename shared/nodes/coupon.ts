import { z } from 'zod'
import { addDays, localDate, startOfDay } from '../calendar/index.ts'
import { timesLeft } from '../conditions/history.ts'
import type { Coupon } from '../effects/index.ts'
import { sayMoney } from '../money.ts'
import { codeOf } from '../stats/hash.ts'
import { say, writtenText } from '../text.ts'
import { type DecideInput, type Decision, defineNode } from './type.ts'

const config = z.strictObject({
  name: writtenText,
  /** Minor units. */
  value: z.int().min(1).max(100_000_000),
  /** The least order that it can be used for, minor units; 0: none. */
  minSpend: z.int().min(0).max(1_000_000_000).default(0),
  validDays: z.int().min(1).max(3650),
  prefix: z
    .string()
    .regex(/^[A-Z0-9]{0,8}$/, 'capital letters and digits, 8 at most')
    .default(''),
})
type Config = z.infer<typeof config>

const codeLength = 10

function decide(settings: Config, { enrollment, journey, node, now, zone }: DecideInput): Decision {
  if (enrollment.control)
    return { kind: 'leave', port: 'not_issued', reason: { code: 'suppressed', gate: 'control_group' } }
  const visit = timesLeft(enrollment.history, node) + 1
  const { customerId, enteredAt, entry } = enrollment
  // Two events of one moment may each have let the customer in.
  const source = entry.event === null ? [] : [entry.event.id]
  const code = settings.prefix + codeOf(codeLength, journey.id, customerId, enteredAt, node, visit, ...source)
  const coupon: Coupon = {
    code,
    value: settings.value,
    minSpend: settings.minSpend,
    expiresAt: startOfDay(addDays(localDate(now, zone), settings.validDays + 1), zone),
    name: settings.name,
  }
  return {
    kind: 'leave',
    port: 'issued',
    effects: [{ kind: 'coupon', coupon }],
    reason: { code: 'coupon-issued', coupon: code, expiresAt: coupon.expiresAt },
  }
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
    name: { 'zh-CN': '优惠券', en: 'Coupon' },
    value: 2000,
    minSpend: 0,
    validDays: 14,
    prefix: '',
  }),
  ports: () => [
    { id: 'issued', name: { 'zh-CN': '已发', en: 'Issued' } },
    { id: 'not_issued', name: { 'zh-CN': '未发', en: 'Not issued' } },
  ],
  gives: () => ['coupon.code', 'coupon.value', 'coupon.min_spend', 'coupon.expires_at', 'coupon.name'],
  describe: ({ name, value, minSpend, validDays }, { locale, currency }) => {
    const worth = sayMoney(value, currency)
    const least = sayMoney(minSpend, currency)
    if (locale === 'en')
      return `${say(name, locale)}: ${worth} off${minSpend > 0 ? ` over ${least}` : ''}, ${validDays} days`
    return `${say(name, locale)} · ${minSpend > 0 ? `满 ${least} 减 ` : '减 '}${worth} · ${validDays} 天有效`
  },
  decide,
})
