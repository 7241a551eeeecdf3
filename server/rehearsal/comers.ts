import { namedBy } from '../../shared/conditions/audiences.ts'
import type { CustomerEvent } from '../../shared/conditions/customer.ts'
import { needsOf } from '../../shared/conditions/evaluate.ts'
import { HeldMemberships } from '../../shared/conditions/memberships.ts'
import type { AbsenceEntrance, JourneyEntrance, MembershipEntrance } from '../../shared/nodes/entrance.ts'
import { anchorsAt, belongs, fits, lacks, toldAt } from '../../shared/run/enter.ts'
import { leadsOn, passedEvent } from '../../shared/run/following.ts'
import { zoneOf } from '../../shared/run/step.ts'
import type { MemberFacts } from '../ports/rehearsal.ts'
import type { EntrantsRequest } from './entrants.ts'
import { needsWith, shownBy } from './needs.ts'

const hourMs = 3_600_000
const dayMs = 86_400_000

/** Somebody who comes in by himself at a moment on record. */
export interface Comer {
  readonly customerId: string
  readonly at: number
  readonly event: CustomerEvent | null
}

/** From its start on, and before its end. */
export interface Stretch {
  readonly from: number
  readonly until: number
}

/** A change of membership that lies between two looks. */
interface Change {
  readonly customerId: string
  readonly after: number
  readonly by: number
}

/** Looks at the whole base once a day; those who differ from the day before have joined or left between. */
async function changesOf(
  request: EntrantsRequest,
  { audience, on, present }: MembershipEntrance,
  { from, until }: Stretch,
): Promise<Change[]> {
  const { plan, brand, source } = request
  const zone = zoneOf(plan, brand)
  const look = async (now: number) =>
    new Set(await source.select(audience, { now, zone, anchors: anchorsAt(plan, null, now, brand) }))
  let known = await look(from)
  const changes = present ? [...known].map((customerId) => ({ customerId, after: from, by: from })) : []
  for (let after = from; after < until - 1; ) {
    const by = Math.min(after + dayMs, until - 1)
    const now = await look(by)
    const [of, without] = on === 'join' ? [now, known] : [known, now]
    for (const customerId of of) if (!without.has(customerId)) changes.push({ customerId, after, by })
    known = now
    after = by
  }
  return changes
}

/** The times at which membership may change: of what the customer did, and each whole hour for time itself. */
function instants({ events }: MemberFacts, { after, by }: Change): number[] {
  const hours: number[] = []
  for (let at = Math.floor(after / hourMs + 1) * hourMs; at <= by; at += hourMs) hours.push(at)
  const done = events.flatMap(({ at }) => (at > after && at <= by ? [at] : []))
  return [...new Set([...hours, ...done])].sort((a, b) => a - b)
}

/**
 * When each of them has joined or left: at the time of what they did, or at the hour in which time has made it so.
 * Picks are those of the look by which it was noticed.
 */
async function byMembership(
  request: EntrantsRequest,
  entrance: MembershipEntrance,
  stretch: Stretch,
): Promise<Comer[]> {
  const { plan, brand, source, saved } = request
  const { audience, on } = entrance
  const changes = await changesOf(request, entrance, stretch)
  const needs = needsWith(needsOf([audience]), saved)
  const lookOf = needs.picks ? ({ by }: Change) => by : () => 0
  const members = new Map<number, ReadonlyMap<string, MemberFacts>>()
  for (const look of new Set(changes.map(lookOf))) {
    const those = changes.filter((change) => lookOf(change) === look)
    const ids = [...new Set(those.map(({ customerId }) => customerId))]
    members.set(look, await source.members(ids, needs, null, shownBy(needs, brand, look)))
  }
  const named = namedBy([audience], saved)
  return changes.flatMap((change) => {
    const { customerId, after, by } = change
    const member = members.get(lookOf(change))?.get(customerId)
    if (member === undefined) return []
    if (after === by) return [{ customerId, at: by, event: null }]
    const facts = { ...member, audiences: new HeldMemberships(member.audiences, named, member) }
    const isOf = (now: number) =>
      belongs(plan, audience, null, facts, { now, brand, anchors: anchorsAt(plan, null, now, brand) })
    const at = instants(member, change).find((one) => isOf(one) === (on === 'join')) ?? by
    return [{ customerId, at, event: null }]
  })
}

/** Who has done the first thing within the stretch and not the other after it. */
async function byAbsence(
  { plan, brand, source }: EntrantsRequest,
  entrance: AbsenceEntrance,
  { from, until }: Stretch,
): Promise<Comer[]> {
  const began = (await source.eventsBetween(entrance.filter.event, from, until)).filter(({ event }) =>
    fits(entrance, event),
  )
  const told = began.map(({ customerId, timezone, event }) => ({
    customerId,
    event,
    at: toldAt(entrance, event, timezone ?? zoneOf(plan, brand)),
  }))
  const ids = [...new Set(told.map(({ customerId }) => customerId))]
  const names = new Set([entrance.missing.event, ...(entrance.restart ? [entrance.filter.event] : [])])
  const last = told.reduce((latest, { at }) => Math.max(latest, at), from)
  const done = await source.eventsOf(ids, [...names], from, last + 1)
  return told.filter(({ customerId, event, at }) =>
    lacks(plan, entrance, event, done.get(customerId) ?? [], at),
  )
}

/** Who has come into the other journey or left it within the stretch. */
async function byJourney(
  { source }: EntrantsRequest,
  { journey, on, endings }: JourneyEntrance,
  { from, until }: Stretch,
): Promise<Comer[]> {
  const passed = await source.passagesOf(journey, on, from, until)
  const follows = { endings: new Set(endings) }
  return passed
    .filter(({ ending }) => on === 'entered' || (ending !== null && leadsOn(follows, ending)))
    .map(({ enrollment, ending, at }) => ({
      customerId: enrollment.customerId,
      at,
      event: passedEvent(enrollment, { on, ending, at }),
    }))
}

export const comers = { membership: byMembership, absence: byAbsence, journey: byJourney }
