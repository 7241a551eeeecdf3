import { filledBy } from '../../../shared/compile/index.ts'
import { namedBy, withOwn } from '../../../shared/conditions/audiences.ts'
import { needsOf } from '../../../shared/conditions/evaluate.ts'
import { HeldMemberships } from '../../../shared/conditions/memberships.ts'
import { conditionOf, exitOf } from '../../../shared/journey/exits.ts'
import type { Enrollment } from '../../../shared/nodes/type.ts'
import type { WalkRequest } from '../../../shared/preview/walk.ts'
import { exitByAudience, exitsOf } from '../../../shared/run/exits.ts'
import type { LoadedFacts } from '../../../shared/run/facts.ts'
import { exitDoors, Watching } from '../../../shared/run/watching.ts'
import { loadFacts, type Overlay } from '../../engine/facts.ts'
import type { FactsSource } from '../../ports/engine.ts'
import type { Scene } from './scene.ts'

interface Walker {
  readonly store: FactsSource
  readonly overlay: Overlay
  readonly start: Enrollment
}

/** Rule 18: whether somebody who is previewed leaves by an audience, as time goes by or the journey marks them. */
export async function leavingOf(
  { desk, plan, journey, entering, zone, anchors }: Scene,
  { store, overlay, start }: Walker,
): Promise<WalkRequest['leaves']> {
  const exits = exitsOf(plan)
  if (exits.length === 0) return () => null
  const known = await desk.stores.audiences.saved()
  const saved = withOwn((key) => known.get(key), filledBy(journey, desk.registry))
  const doors = exitDoors(plan, saved, entering.at)
  const named = namedBy(exits.map(conditionOf), saved)
  const { tags, events, addresses, picks } = needsOf([...named.conditions.values()])
  const brand = desk.brand()
  const needs = { customer: true, tags, audiences: [...named.lists], events, addresses, picks }
  const at = { now: entering.at, zone }
  const loaded = (await loadFacts(store, [start], needs, { ...at, brand, overlay }))(start)
  const time = { ...at, enteredAt: null, anchors }
  const lists = new Set([...named.lists].filter((list) => loaded.audiences.has(list, time) === true))
  const factsNow = (): LoadedFacts => {
    const marked = overlay.tags(start.customerId, loaded.tags)
    const known = overlay.events(start.customerId, loaded.events, events)
    const facts = { customer: loaded.customer, tags: marked, events: known, picks: loaded.picks }
    const audiences = new HeldMemberships(overlay.audiences(start.customerId, lists), named, facts)
    return { ...loaded, tags: marked, audiences }
  }
  const watching = new Watching(doors, brand, new Set())
  return (enrollment, from, before) => {
    watching.wake(from)
    for (let now = watching.nextAt(); now < before && now < enrollment.enteredAt + longestMs; ) {
      for (const { trigger } of watching.look(now, factsNow())) {
        const exit = exitOf(trigger)
        const left = exit === null ? null : exitByAudience(plan, enrollment, exit, now)
        if (left !== null) return left
      }
      now = watching.nextAt()
    }
    return null
  }
}

/** Nobody is looked at for longer than a rehearsal lasts. */
const longestMs = 365 * 86_400_000
