import { addDays, localDate, startOfDay } from '../../../../shared/calendar/index.ts'
import type { Journey } from '../../../../shared/journey/graph.ts'
import type { Entrance } from '../../../../shared/nodes/type.ts'
import { targetsIn } from '../../../../shared/run/fate.ts'
import type { Flight, FlightDay, FlightRequest } from '../../../ports/journeys.ts'
import type { BrandDatabase } from '../database.ts'
import { fatesIn, refuseMapping } from './fates.ts'
import { timedOf } from './own-days.ts'
import { getJourney, hashOf, lastNumber, liveVersionOf } from './read.ts'

/** Today and the days after it of which is told what is due. */
const daysAhead = 7

type Span = readonly [from: number, to: number]

function counters({ sqlite }: BrandDatabase, id: string) {
  const waits = sqlite
    .prepare<[string, number, number], number>(
      'select count(*) from enrollments where journey_id = ? and due_at >= ? and due_at < ?',
    )
    .pluck()
  const messages = sqlite
    .prepare<[string, number, number], number>(
      `select count(*) from messages where journey_id = ? and due_at >= ? and due_at < ? and status = 'queued'`,
    )
    .pluck()
  return {
    waits: ([from, to]: Span) => waits.get(id, from, to) ?? 0,
    messages: ([from, to]: Span) => messages.get(id, from, to) ?? 0,
  }
}

function entrancesOf(journey: Journey, { registry }: FlightRequest): { node: string; entrance: Entrance }[] {
  return Object.entries(journey.nodes).flatMap(([node, { type, config }]) => {
    const known = registry.get(type)
    const read = known?.config.safeParse(config)
    const entrance = read?.success ? known?.entrance?.(read.data) : undefined
    return entrance === undefined ? [] : [{ node, entrance }]
  })
}

/** What is due on each of the coming days; what is overdue belongs to today. */
function daysOf(db: BrandDatabase, journey: Journey, request: FlightRequest): FlightDay[] {
  const { now, brand } = request
  const zone = journey.settings.zone ?? brand.zone
  const today = localDate(now, zone)
  const count = counters(db, journey.id)
  const entrances = entrancesOf(journey, request)
  return Array.from({ length: daysAhead }, (_, ahead) => {
    const date = addDays(today, ahead)
    const end = startOfDay(addDays(date, 1), zone)
    const span: Span = [ahead === 0 ? 0 : startOfDay(date, zone), end]
    const after = Math.max(now, span[0] - 1)
    const entries = entrances.flatMap(({ node, entrance }) => {
      const at = timedOf(db, entrance, after, zone)?.next?.at
      return at === undefined || at >= end ? [] : [{ node, at }]
    })
    return { date, waits: count.waits(span), messages: count.messages(span), entries }
  })
}

/**
 * What publishing the draft now would do to those under way, by a choice; changes nothing. Problems `not-found`,
 * `mapping-to-nowhere`, `mapping-from-nowhere`.
 */
export function flightOf(db: BrandDatabase, id: string, request: FlightRequest): Flight {
  const { choice, registry } = request
  const stored = getJourney(db, id)
  const live = liveVersionOf(db, stored)
  const isNew = live === null || live.hash !== hashOf(stored.journey)
  const number = isNew ? lastNumber(db, id) + 1 : live.number
  const { journey, revision } = stored
  const asked = { id, next: journey, number, isNew, choice, registry }
  const { waiting, ...fates } = fatesIn(db, asked)
  refuseMapping(db, asked, fates.destinies)
  const targets = targetsIn(journey, registry).map((node) => ({
    id: node,
    name: journey.nodes[node]?.name ?? null,
  }))
  const messages = waiting.reduce((sum, { people }) => sum + people, 0)
  return {
    ...{ version: number, isNew, revision, fates, targets, waiting: messages },
    days: daysOf(db, journey, request),
  }
}
