import type { Journey, JourneyNode } from '../../shared/journey/graph.ts'
import type { LocalText } from '../../shared/text.ts'
import { freshId } from '../store/ids.ts'

/** What the palette gives to a new node. */
export interface Seed {
  readonly type: string
  readonly name: LocalText
  readonly config: JourneyNode['config']
  /** The word that its id begins with. */
  readonly stem: string
}

/** The id that a seed's node gets in a journey. */
export function idFor(journey: Journey, { stem }: Seed): string {
  return freshId(stem, (id) => Object.hasOwn(journey.nodes, id))
}

/** The journey with a seed's node, where it stands, and no lines. */
export function withSeed(journey: Journey, id: string, seed: Seed, at: { x: number; y: number }): Journey {
  const node = { type: seed.type, name: seed.name, config: seed.config }
  const place = { x: Math.round(at.x), y: Math.round(at.y) }
  return {
    ...journey,
    nodes: { ...journey.nodes, [id]: node },
    layout: { ...journey.layout, [id]: place },
  }
}
