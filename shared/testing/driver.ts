import { type Plan, planOf } from '../compile/index.ts'
import { machineConfig } from '../compile/machine.ts'
import { tableOf } from '../compile/table.ts'
import type { Customer, CustomerEvent, Value } from '../conditions/customer.ts'
import { withPoints } from '../conditions/ledger.ts'
import { type Effect, effects, type Sight, see } from '../effects/index.ts'
import type { Reply } from '../effects/requests/index.ts'
import { isWaitedFor } from '../journey/belonging.ts'
import type { Brand } from '../journey/brand.ts'
import type { Journey } from '../journey/graph.ts'
import { registry } from '../nodes/index.ts'
import type { Enrollment, Entry, Touch, Wake } from '../nodes/type.ts'
import { standingAmong } from '../run/goals.ts'
import { react } from '../run/react.ts'
import { admit, goalReason, type Step, step, zoneOf } from '../run/step.ts'
import { sketchBrand } from './sketch.ts'

/** The plan of a journey, compiled without being checked, for tests. */
export function planFor(journey: Journey): Plan {
  return planOf(journey, tableOf(machineConfig(journey, registry)), 1, registry)
}

/** A customer whom every channel may reach, for tests. */
export function someone(more: Partial<Customer> = {}): Customer {
  return {
    id: 'c1',
    name: '王芳',
    phone: '19900000001',
    email: 'wang@example.com',
    gender: null,
    birthday: null,
    city: null,
    registeredAt: null,
    timezone: null,
    language: null,
    consentSms: null,
    consentEmail: null,
    blacklisted: false,
    unsubscribed: [],
    closed: {},
    attributes: {},
    ...more,
  }
}

let serial = 0

export function happening(
  name: string,
  at: string | number,
  properties: Readonly<Record<string, Value>> = {},
  amount: number | null = null,
): CustomerEvent {
  serial += 1
  return { id: `e${serial}`, name, at: typeof at === 'number' ? at : Date.parse(at), amount, properties }
}

export interface DriveInput {
  readonly customer?: Customer
  readonly brand?: Brand
  readonly at: string
  readonly entry?: Partial<Entry>
  /** All that the customer ever does, in any order; what lies before entry is history. */
  readonly events?: readonly CustomerEvent[]
  readonly tags?: readonly string[]
  /** Says what the model replies, and after how long; without it no model is asked. */
  readonly model?: (sop: string) => { readonly reply: Reply; readonly afterMs: number } | null
}

export interface Driven {
  readonly enrollment: Enrollment
  readonly steps: readonly Step[]
  readonly ending: string | null
  /** `node.outcome` of each trace entry. */
  readonly path: readonly string[]
  readonly sent: readonly { readonly node: string; readonly at: number; readonly text: string }[]
  readonly audiences: ReadonlySet<string>
  readonly tags: ReadonlySet<string>
}

/** Whatever is done is told: the reason of a step is one that its effects name. */
function expectTold({ trace, effects: done }: Step): void {
  for (const { kind } of done) {
    const { told, tells } = effects[kind]
    const known: readonly string[] = [...told, ...Object.keys(tells)]
    if (trace !== null && !known.includes(trace.reason.code))
      throw new Error(`${trace.reason.code} tells nobody of ${kind}`)
  }
}

type Waking = { readonly at: number; readonly wake: Wake }

/** Leads one customer through a journey in virtual time, as the engine would, to the end. */
export function drive(plan: Plan, input: DriveInput): Driven {
  const customer = input.customer ?? someone()
  const brand = input.brand ?? sketchBrand()
  const events = [...(input.events ?? [])].sort((a, b) => a.at - b.at)
  const tags = new Set(input.tags)
  const audiences = new Set<string>()
  const touches: Touch[] = []
  const steps: Step[] = []
  const sent: { node: string; at: number; text: string }[] = []
  let reply: { readonly reply: Reply; readonly at: number } | null = null
  let now = Date.parse(input.at)

  let points = 0
  const sight: Sight = {
    touched: (channel, at) => touches.push({ channel, at }),
    given: () => undefined,
    joined: (audience) => audiences.add(audience),
    tagged: (add, remove) => {
      for (const tag of remove) tags.delete(tag)
      for (const tag of add) tags.add(tag)
    },
    claimed: () => undefined,
    pointed: (amount) => {
      points += amount
    },
  }
  const take = (taken: readonly Effect[], node: string) => {
    for (const effect of taken) {
      see(effect, now, sight)
      if (effect.kind === 'send') sent.push({ node, at: now, text: effect.text })
      if (effect.kind === 'ask') {
        const { request } = effect
        const answer = request.to === 'model' ? (input.model?.(request.sop) ?? null) : null
        reply = answer === null ? null : { reply: answer.reply, at: now + answer.afterMs }
      }
    }
  }
  const record = (done: Step): Enrollment => {
    expectTold(done)
    if (done.trace !== null || done.effects.length > 0) steps.push(done)
    take(done.effects, done.trace?.node ?? done.enrollment.state)
    if (done.trace !== null && done.enrollment.wait === null)
      reply = goalReason(done.trace) === null ? null : reply
    return done.enrollment
  }
  const context = () => ({ now, brand, askModel: input.model !== undefined, mayCall: false })
  const decide = (enrollment: Enrollment, wake: Wake): Step =>
    step(
      plan,
      enrollment,
      wake,
      {
        customer: withPoints(customer, points),
        tags,
        audiences,
        events: events.filter(({ at }) => at <= now),
        touches,
        reply: reply !== null && reply.at <= now ? reply.reply : null,
        picks: [],
        coupons: null,
      },
      context(),
    )

  const trigger = plan.triggers[0]?.id ?? ''
  const entry: Entry = { trigger, timezone: customer.timezone, event: null, anchors: {}, ...input.entry }
  let enrollment = record(
    admit(plan, { id: 1, customerId: customer.id, now, entry, zone: zoneOf(plan, brand) }),
  )
  let wake: Wake = { kind: 'arrive' }
  const isOver = () => plan.final.has(enrollment.state)
  const nextWaking = (): Waking | null => {
    const event = events.find(({ at }) => at > now)
    const until = enrollment.wait?.until ?? null
    const candidates: Waking[] = []
    // The event comes first on a tie with the deadline (rule 8).
    if (event !== undefined) candidates.push({ at: event.at, wake: { kind: 'event', event } })
    if (reply !== null && reply.at > now) candidates.push({ at: reply.at, wake: { kind: 'reply' } })
    if (until !== null) candidates.push({ at: until, wake: { kind: 'timer' } })
    return candidates.reduce<Waking | null>(
      (best, one) => (best === null || one.at < best.at ? one : best),
      null,
    )
  }
  const meet = (event: CustomerEvent): boolean => {
    const standing = standingAmong(events, now)(event)
    const reaction = react({ plan, enrollment, leftAt: null }, event, standing, context())
    for (const done of reaction.steps) record(done)
    enrollment = reaction.enrollment
    return !reaction.ended && isWaitedFor(enrollment, event.name)
  }

  for (let turns = 0; !isOver(); turns += 1) {
    if (turns > 10_000) throw new Error('the journey does not come to an end')
    const state = enrollment.state
    const done = decide(enrollment, wake)
    enrollment = record(done)
    wake = { kind: 'arrive' }
    if (enrollment.wait === null || enrollment.state !== state) continue
    let waking = nextWaking()
    while (waking !== null) {
      now = Math.max(now, waking.at)
      if (waking.wake.kind !== 'event') break
      const asked = meet(waking.wake.event)
      if (isOver() || asked) break
      waking = nextWaking()
    }
    if (isOver() || waking === null) break
    wake = waking.wake
  }
  return {
    enrollment,
    steps,
    ending: steps.at(-1)?.ending ?? null,
    path: steps.flatMap(({ trace }) => (trace === null ? [] : [`${trace.node}.${trace.outcome}`])),
    sent,
    audiences,
    tags,
  }
}
