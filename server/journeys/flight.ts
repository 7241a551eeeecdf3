import type { z } from 'zod'
import type { FlightAnswer, flightRequest } from '../../shared/api/versions.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { FateChoice } from '../../shared/run/fate.ts'
import type { Desk } from '../ports/desk.ts'

/** What a request says of those under way. Problem `mapping-without-move`. */
export function choiceOf({ fate, mapping = {}, byNode = {} }: z.output<typeof flightRequest>): FateChoice {
  if (Object.keys(mapping).length > 0 && fate !== 'move')
    throw new Problem('mapping-without-move', {}, 'mapping')
  return { fate: fate ?? null, mapping, byNode }
}

export interface FlightQuestion {
  readonly id: string
  readonly choice: FateChoice
}

/** What publishing the draft now would do to those under way. Problem `not-found` and those of a mapping. */
export async function readFlight(desk: Desk, { id, choice }: FlightQuestion): Promise<FlightAnswer> {
  const { stores, brand, registry, now } = desk
  const flight = await stores.journeys.flight(id, { choice, brand: brand(), registry, now: now() })
  const { version, isNew, revision, waiting, fates, targets } = flight
  const nameOf = async (of: number, node: string) =>
    (await stores.journeys.readableGraph(id, of))?.nodes[node]?.name ?? null
  return {
    version,
    isNew,
    revision,
    targets: [...targets],
    waiting,
    changes: [...fates.changes].map(([of, change]) => ({ version: of, change })),
    people: await Promise.all(
      fates.destinies.map(async (one) => ({ ...one, name: await nameOf(one.version, one.node) })),
    ),
    days: flight.days.map((day) => ({ ...day, entries: [...day.entries] })),
  }
}
