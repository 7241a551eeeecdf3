import { z } from 'zod'
import { isOfJourneys, journeyProperty } from '../conditions/filter-names.ts'
import { type Journey, journeySchema } from './graph.ts'

type Json = unknown
const objectShape = z.record(z.string(), z.unknown())

interface Renaming {
  readonly from: string
  readonly to: string
  /** Whether what stands here asks for events that say of which journey they are. */
  readonly asks: boolean
}

const named = (value: Json, { from, to }: Renaming): Json => {
  if (Array.isArray(value)) return value.map((one) => (one === from ? to : one))
  return value === from ? to : value
}

/** The node that follows another journey names it by itself. */
const follower = 'from_journey'

function renamedIn(json: Json, renaming: Renaming): Json {
  if (Array.isArray(json)) return json.map((one) => renamedIn(one, renaming))
  const object = objectShape.safeParse(json).data
  if (object === undefined) return json
  const { event, property, type } = object
  const asks = typeof event === 'string' ? isOfJourneys(event) : renaming.asks
  const made: Record<string, Json> = Object.fromEntries(
    Object.entries(object).map(([name, part]) => [name, renamedIn(part, { ...renaming, asks })]),
  )
  const config = type === follower ? objectShape.safeParse(made.config).data : undefined
  if (config !== undefined)
    return { ...made, config: { ...config, journey: named(config.journey, renaming) } }
  return asks && property === journeyProperty ? { ...made, value: named(object.value, renaming) } : made
}

/**
 * A journey under another id. What it asks of itself (who got its messages, who came through it) it goes on asking of
 * itself, and not of whichever journey has the id that it came with.
 */
export function renamed(journey: Journey, id: string): Journey {
  if (journey.id === id) return journey
  const own = renamedIn(journey, { from: journey.id, to: id, asks: false })
  return { ...journeySchema.parse(own), id }
}
