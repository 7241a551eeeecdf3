import { z } from 'zod'
import { balanceOf } from '../conditions/ledger.ts'
import type { Reason } from '../effects/index.ts'
import { Problem } from '../errors/index.ts'
import { limits } from '../limits.ts'
import { lastingOf } from '../points/give.ts'
import { mostPoints } from '../points/kinds.ts'
import { unwoken } from './recall.ts'
import { type DecideInput, type Decision, defineNode, type Port } from './type.ts'

const config = z.strictObject({
  way: z.enum(['give', 'take']).default('give'),
  points: z.int().min(1).max(mostPoints),
  /** What is left of what is given is lost after so many days; null: never. */
  validDays: z.int().min(1).max(3650).nullable().default(null),
  /** What the ledger says of it; without it the journey alone. */
  reason: z.string().trim().max(limits.nameLength.value).default(''),
})
type Config = z.infer<typeof config>

const ports = {
  given: { 'zh-CN': '已发', en: 'Given' },
  taken: { 'zh-CN': '已扣', en: 'Taken' },
  insufficient: { 'zh-CN': '积分不够', en: 'Too few' },
  none: { 'zh-CN': '未发', en: 'Not given' },
} as const
const port = (id: keyof typeof ports): Port => ({ id, name: ports[id] })

/** Ports by the reasons that lead there. */
const portOf = {
  'points-given': 'given',
  'points-taken': 'taken',
  'points-insufficient': 'insufficient',
  suppressed: 'none',
} as const satisfies Record<string, keyof typeof ports>
type Told = keyof typeof portOf
const isTold = (code: string): code is Told => Object.hasOwn(portOf, code)

const leaving = (reason: Reason & { readonly code: Told }) =>
  ({ kind: 'leave', port: portOf[reason.code], reason }) as const

/** What is written; without it nothing is. */
function effectsOf({ way, points, validDays, reason }: Config, { now, zone }: DecideInput) {
  if (way === 'take')
    return [{ kind: 'points', amount: -points, reason, expiresAt: null, dueAt: null }] as const
  return [{ kind: 'points', amount: points, reason, ...lastingOf(validDays, now, zone) }] as const
}

function decide(settings: Config, input: DecideInput): Decision {
  const { way, points } = settings
  const { enrollment, facts, recalled } = input
  if (recalled !== undefined) {
    const reason = unwoken(recalled)
    const { code } = reason
    if (!isTold(code)) throw new Problem('trace-unfit', { what: code })
    const gone = leaving({ ...reason, code })
    return code === 'points-given' || code === 'points-taken'
      ? { ...gone, effects: effectsOf(settings, input) }
      : gone
  }
  if (way === 'give') {
    if (enrollment.control) return leaving({ code: 'suppressed', gate: 'control_group' })
    return { ...leaving({ code: 'points-given', points }), effects: effectsOf(settings, input) }
  }
  const balance = balanceOf(facts.customer)
  if (balance < points) return leaving({ code: 'points-insufficient', points, balance })
  return { ...leaving({ code: 'points-taken', points, balance }), effects: effectsOf(settings, input) }
}

/** Gives points, or takes them where there are enough; each visit once. The control group is given none (rule 12). */
export const points = defineNode<Config>({
  type: 'points',
  role: 'step',
  category: 'customer',
  name: { 'zh-CN': '积分', en: 'Points' },
  help: {
    'zh-CN': '给客户发积分，或扣积分；不够扣就走另一个出口',
    en: 'Give the customer points, or take some; with too few they go another way',
  },
  config,
  defaults: () => ({ way: 'give', points: 100, validDays: null, reason: '' }),
  ports: ({ way }) =>
    way === 'give' ? [port('given'), port('none')] : [port('taken'), port('insufficient')],
  needs: ({ way }) => (way === 'take' ? { customer: true } : {}),
  describe: ({ way, points, validDays }, { locale }) => {
    const count = points.toLocaleString('en')
    const lasting =
      validDays === null ? '' : locale === 'en' ? `, ${validDays} days` : `，${validDays} 天有效`
    if (locale === 'en') return `${way === 'give' ? 'Give' : 'Take'} ${count}${lasting}`
    return `${way === 'give' ? '发' : '扣'} ${count} 积分${lasting}`
  },
  decide,
})
