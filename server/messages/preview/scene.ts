import type { PreviewAnswer } from '../../../shared/api/preview.ts'
import { filledBy } from '../../../shared/compile/index.ts'
import { type Plan, planOf } from '../../../shared/compile/plan.ts'
import { readJourney } from '../../../shared/compile/read.ts'
import type { Customer } from '../../../shared/conditions/customer.ts'
import { noHistory } from '../../../shared/conditions/history.ts'
import { Problem } from '../../../shared/errors/index.ts'
import { keyOf } from '../../../shared/journey/belonging.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { adjacencyOf, edgesOf, wayFrom } from '../../../shared/journey/walk.ts'
import { doubleWithinMs } from '../../../shared/message/gates.ts'
import { type ForEntrances, forEntrance, type ScheduleEntrance } from '../../../shared/nodes/entrance.ts'
import type { DecideInput, Enrollment, Entry, Touch } from '../../../shared/nodes/type.ts'
import type { Picked } from '../../../shared/picks/pick.ts'
import { draftTable, type Visit, walk } from '../../../shared/preview/walk.ts'
import { doingOf } from '../../../shared/run/acts.ts'
import { anchorsAt } from '../../../shared/run/enter.ts'
import { factsOf } from '../../../shared/run/facts.ts'
import { inControlGroup, zoneOf } from '../../../shared/run/step.ts'
import { loadFacts, Overlay } from '../../engine/facts.ts'
import { type FactsSource, isReadable } from '../../ports/engine.ts'
import { UnreadableRow } from '../../ports/unreadable.ts'
import { arrivalsOf, type Entering } from './arrivals.ts'
import { audienceOf, broughtBy } from './brought.ts'
import type { PreviewReads } from './desk.ts'
import { leavingOf } from './leaving.ts'

const dayMs = 86_400_000

/** A journey as far as it can be understood: a draft may have nodes that are not finished. */
export interface Scene {
  readonly desk: PreviewReads
  readonly plan: Plan
  readonly journey: Journey
  readonly now: number
  /** The journey's zone. */
  readonly zone: string
  /** null where nobody is brought by time. */
  readonly entrance: ScheduleEntrance | null
  readonly entering: Entering
  /** null in a draft without one. */
  readonly trigger: Plan['triggers'][number] | null
  /** Kept as the facts at entry. */
  readonly event: Entry['event']
  readonly anchors: Entry['anchors']
  readonly arrivals: ReadonlyMap<string, number | null>
  /** The node that gives a coupon last before a node. */
  readonly giverBefore: (node: string) => string | null
}

/** Entrances that bring an audience at a time; null for the others. */
const timetables: ForEntrances<[], ScheduleEntrance | null> = {
  schedule: (entrance) => entrance,
  event: () => null,
  manual: () => null,
  membership: () => null,
  absence: () => null,
  journey: () => null,
}

/** The trigger that brings an audience; else the first. */
function chosenTrigger(plan: Plan): Plan['triggers'][number] | undefined {
  return plan.triggers.find(({ entrance }) => forEntrance(timetables, entrance) !== null) ?? plan.triggers[0]
}

export function sceneOf(desk: PreviewReads, draft: Journey): Scene {
  const readable = readJourney(draft, desk.registry).nodes
  const nodes = Object.fromEntries([...readable].map(([id, { node }]) => [id, node]))
  const journey: Journey = { ...draft, nodes }
  const plan = planOf(journey, draftTable(journey, desk.registry), 0, desk.registry)
  const now = desk.now()
  const zone = zoneOf(plan, desk.brand())
  const trigger = chosenTrigger(plan)
  const entrance = trigger === undefined ? null : forEntrance(timetables, trigger.entrance)
  const firing = entrance?.next(now, zone) ?? null
  const entering: Entering = {
    trigger: trigger?.id ?? '',
    at: firing?.at ?? now,
    anchor: firing?.anchor ?? null,
    fixed: entrance !== null,
  }
  let known: ReadonlyMap<string, string> | null = null
  const givers = () => {
    known ??= giversBefore(plan, journey, entering.trigger)
    return known
  }
  return {
    desk,
    plan,
    journey,
    now,
    zone,
    entrance,
    entering,
    trigger: trigger ?? null,
    event: null,
    anchors: anchorsAt(plan, entering.anchor, entering.at, desk.brand()),
    arrivals: arrivalsOf(plan, journey, entering, zone),
    giverBefore: (node) => givers().get(node) ?? null,
  }
}

/** One customer before a scene, and what has brought them in. */
export interface Person {
  /** With the facts at this customer's entry. */
  readonly scene: Scene
  readonly customer: Customer
  readonly entry: PreviewAnswer['entry']
}

interface Asked {
  readonly customerId: string | null
  readonly move: 'none' | 'next' | 'previous'
}

/** The customer asked for, and the place in the audience; null where nobody is in it. */
export async function personOf(
  scene: Scene,
  request: Asked,
): Promise<{ person: Person | null; position: { index: number; of: number } | null }> {
  const { desk } = scene
  const { customerId, position } = await placeOf(scene, request)
  if (customerId === null) return { person: null, position }
  const customer = (await desk.store.customers([customerId])).get(customerId)
  if (customer === undefined) throw new Problem('unknown-customer', { customer: customerId }, 'customerId')
  if (!isReadable(customer)) throw new UnreadableRow(customerId, customer.unreadable, 'customerId')
  return { person: await broughtIn(scene, customer), position }
}

async function broughtIn(scene: Scene, customer: Customer): Promise<Person> {
  const { trigger, desk, plan, journey, now, zone, entering } = scene
  if (trigger === null) return { scene, customer, entry: null }
  const asked = { desk, plan, journey, trigger, customer, now, at: entering.at, zone }
  const { entry, event } = await broughtBy(asked)
  return { scene: { ...scene, event }, customer, entry }
}

/** Goes through those whom the trigger may bring; where there is none of them yet, through everybody. */
async function placeOf({ desk, entrance, trigger, entering, now, zone, anchors }: Scene, request: Asked) {
  const { audiences } = desk.stores
  // Where each firing is for the people of its own day, those of the next one are looked at.
  const moment = { now: entrance?.ownDay ? entering.at : now, zone, anchors }
  const condition = trigger === null ? null : audienceOf(trigger.entrance)
  const step = await audiences.stepThrough({ condition, moment, ...request })
  if (condition === null) return { customerId: step.customerId, position: null }
  if (step.of > 0 || entrance !== null)
    return { customerId: step.customerId, position: { index: step.index, of: step.of } }
  const anybody = await audiences.stepThrough({ condition: null, moment, ...request })
  return { customerId: anybody.customerId, position: null }
}

/** The store as it will be once the journey is published: what it fills itself is there, if empty. */
function asPublished({ desk, journey }: Scene): FactsSource {
  const own = new Set(filledBy(journey, desk.registry).map(({ audience }) => audience))
  return {
    ...desk.store,
    async memberships(ids, audiences, at) {
      const found = await desk.store.memberships(ids, audiences, at)
      const unknown = [...found.unknown].filter(
        ([, fault]) => fault.kind !== 'missing' || !own.has(fault.audience),
      )
      return { ...found, unknown: new Map(unknown) }
    },
  }
}

/** Messages that count towards the brand's ceilings. */
export async function touchesOf({ desk, now }: Scene, customerId: string): Promise<readonly Touch[]> {
  const days = Math.max(0, ...desk.brand().caps.map((cap) => cap.days))
  const since = now - Math.max(days * dayMs, doubleWithinMs)
  const of = days === 0 ? 'others' : 'all'
  return (await desk.store.touches([customerId], { since, now, of })).get(customerId) ?? []
}

/** What texts show the customer of the products. */
export async function picksOf({ desk, now }: Scene, customerId: string): Promise<readonly Picked[]> {
  const found = await desk.store.picks([customerId], { now, rules: desk.brand().picks })
  return found.get(customerId) ?? []
}

/** The customer's passage as it would be on reaching a node: nothing of it is stored. */
function enrollmentAt(scene: Scene, customer: Customer, node: string, arrivedAt: number): Enrollment {
  const { plan, entering, anchors, event } = scene
  return {
    id: 0,
    journeyId: plan.journey.id,
    version: 0,
    customerId: customer.id,
    state: node,
    enteredAt: entering.at,
    arrivedAt,
    control: inControlGroup(plan, customer.id),
    entry: { trigger: entering.trigger, timezone: customer.timezone, event, anchors },
    history: noHistory,
    coupons: {},
    goals: {},
    wait: null,
    by: null,
    steps: 1,
  }
}

/** The way that this customer would take if nothing happens on it. */
export async function pathOf(scene: Scene, customer: Customer): Promise<readonly Visit[]> {
  const { desk, plan, journey, entering, zone } = scene
  const first = journey.edges[entering.trigger]?.entered
  if (first === undefined || !plan.nodes.has(first)) return []
  const brand = desk.brand()
  // Made once: each visit would go through all nodes again.
  const store = asPublished(scene)
  const overlay = new Overlay()
  // Texts are shown to the control group's members too, who then are told apart.
  const start = { ...enrollmentAt(scene, customer, first, entering.at), control: false }
  overlay.watch([{ plan, enrollment: start, before: null, effects: [], moves: [], ending: null }])
  return walk({
    plan,
    brand,
    start,
    leaves: await leavingOf(scene, { store, overlay, start }),
    load: async (enrollment, now) => {
      // Nothing is handed out: what shows a coupon shows a sample of a code.
      const needs = { ...plan.nodes.get(enrollment.state)?.needs, customer: true, coupons: [] }
      const context = { now, zone, brand, overlay }
      return (await loadFacts(store, [enrollment], needs, context))(enrollment)
    },
    see: (enrollment, effect, now) => overlay.record(enrollment, enrollment.state, effect, now),
    told: (from, taken, now) => overlay.watch([doingOf(plan, from, taken, now, taken.enrollment.steps)]),
  })
}

/** What a node of the customer's own way has decided upon. */
export function inputOf(scene: Scene, { node, at, enrollment, facts }: Visit): DecideInput {
  const { desk, plan, zone } = scene
  return {
    node,
    now: at,
    zone,
    brand: desk.brand(),
    journey: plan.journey,
    key: keyOf(plan.settings.reentry),
    enrollment: { ...enrollment, control: inControlGroup(plan, enrollment.customerId) },
    wake: { kind: 'arrive' },
    facts: factsOf(enrollment, facts),
    askModel: false,
    mayCall: false,
  }
}

/** What a node of another branch would decide upon, as it would be on reaching it. */
export function inputAt(
  scene: Scene,
  node: string,
  person: {
    readonly customer: Customer
    readonly touches: readonly Touch[]
    readonly picks: readonly Picked[]
  },
): DecideInput {
  const { desk, plan, zone } = scene
  const now = scene.arrivals.get(node) ?? scene.now
  const enrollment = enrollmentAt(scene, person.customer, node, now)
  const facts = {
    ...person,
    tags: new Set<string>(),
    audiences: new Set<string>(),
    events: [],
    history: noHistory,
    entry: enrollment.entry.event?.properties ?? {},
    reply: null,
    coupons: null,
  }
  const input: DecideInput = {
    node,
    now,
    zone,
    brand: desk.brand(),
    journey: plan.journey,
    enrollment,
    key: keyOf(plan.settings.reentry),
    wake: { kind: 'arrive' },
    facts,
    askModel: false,
    mayCall: false,
  }
  return { ...input, enrollment: { ...enrollment, coupons: couponsBefore(scene, node, input) } }
}

/** A sample of the coupon that the journey gives last before a node: the one that its texts tell of. */
function couponsBefore(scene: Scene, node: string, input: DecideInput): Enrollment['coupons'] {
  const { plan, arrivals, now } = scene
  const id = scene.giverBefore(node)
  const giver = id === null ? undefined : plan.nodes.get(id)
  if (id === null || giver?.type.decide === undefined) return {}
  // A coupon's dates are those of its own giving, not of the message that tells of it.
  const givenAt = arrivals.get(id) ?? now
  const enrollment = { ...input.enrollment, state: id, arrivedAt: givenAt, control: false }
  const decision = giver.type.decide(giver.config, { ...input, now: givenAt, node: id, enrollment })
  const effects = decision.kind === 'leave' ? (decision.effects ?? []) : []
  const given = effects.find((effect) => effect.kind === 'coupon')
  return given === undefined ? {} : { [id]: given.coupon }
}

/** The node that gives something last on the way to each node, told in one walk over the journey. */
function giversBefore(plan: Plan, journey: Journey, trigger: string): ReadonlyMap<string, string> {
  const forward = adjacencyOf(edgesOf(journey))
  const places = new Map<string, number>()
  const before = new Map<string, string>()
  const placeOf = (id: string | undefined) => (id === undefined ? -1 : (places.get(id) ?? -1))
  const later = (a: string | undefined, b: string | undefined) => (placeOf(b) > placeOf(a) ? b : a)
  const isGiver = (id: string) => {
    const type = plan.nodes.get(id)?.type
    return type?.decide !== undefined && type.gives !== undefined
  }
  for (const group of wayFrom(forward, [trigger])) {
    for (const id of group) places.set(id, places.size)
    const members = new Set(group)
    const own = group.filter(isGiver).at(-1)
    const into = group.reduce<string | undefined>((last, id) => later(last, before.get(id)), undefined)
    const behind = later(into, own)
    // On a loop whatever is given there may have been given a round before.
    const round = group.length > 1 ? behind : into
    for (const id of group) {
      if (round !== undefined) before.set(id, round)
      for (const next of forward.get(id) ?? []) {
        const last = later(before.get(next), behind)
        if (last !== undefined && !members.has(next)) before.set(next, last)
      }
    }
  }
  return before
}
