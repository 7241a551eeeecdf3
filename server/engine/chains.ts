import type { Plan } from '../../shared/compile/plan.ts'
import { Problem } from '../../shared/errors/index.ts'
import { keyOf } from '../../shared/journey/belonging.ts'
import type { DecideInput, Touch } from '../../shared/nodes/type.ts'
import { promotionsIn, readerOf } from '../../shared/run/breaker.ts'
import { factsOf, type LoadedFacts } from '../../shared/run/facts.ts'
import { zoneOf } from '../../shared/run/step.ts'
import type { DueTurn, TakenTurn } from '../ports/chains.ts'
import { UnreadableRow } from '../ports/unreadable.ts'
import { loadFacts, Overlay } from './facts.ts'
import { contextOf, planOrNull, type Runtime } from './runtime.ts'

type Come = TakenTurn['to']
type Node = NonNullable<ReturnType<Plan['nodes']['get']>>

const over: Come = { over: true }
const hourMs = 3_600_000

/** Turns of one node of one version, which are loaded and decided together. */
interface Group {
  readonly plan: Plan
  readonly node: Node
  readonly turns: DueTurn[]
}

/** In the words of the version that somebody is in by now, else of that which made the message. */
async function speakerOf(runtime: Runtime, { enrollment, version, place: { node: id } }: DueTurn) {
  for (const one of new Set([enrollment.version, version])) {
    const plan = await planOrNull(runtime, enrollment.journeyId, one)
    const node = plan?.nodes.get(id)
    if (plan !== null && node?.type.tryNext !== undefined) return { plan, node }
  }
  return null
}

/** Without the tries themselves: what has not reached fills no ceiling that its own successor is held to. */
function withoutTries(touches: readonly Touch[], tries: readonly Touch[]): readonly Touch[] {
  const left = [...tries]
  return touches.filter(({ channel, at, other }) => {
    const own = other === undefined ? left.findIndex((one) => one.channel === channel && one.at === at) : -1
    if (own >= 0) left.splice(own, 1)
    return own < 0
  })
}

/** As if the customer stood at the node again, since the message was decided. */
const standingAt = ({ enrollment, place, decidedAt }: DueTurn) => ({
  ...enrollment,
  state: place.node,
  arrivedAt: decidedAt,
  wait: null,
})

function decide(
  { plan, node }: Group,
  turn: DueTurn,
  facts: LoadedFacts,
  { now, brand }: Pick<DecideInput, 'now' | 'brand'>,
): Come {
  const enrollment = standingAt(turn)
  const loaded = { ...facts, touches: withoutTries(facts.touches, turn.touches) }
  const decision = node.type.tryNext?.(
    node.config,
    {
      ...{ node: node.id, now, brand, enrollment, wake: { kind: 'timer' } },
      zone: zoneOf(plan, brand),
      journey: plan.journey,
      key: keyOf(plan.settings.reentry),
      facts: factsOf(enrollment, loaded),
      askModel: false,
      mayCall: false,
    },
    turn.tried,
  )
  if (decision?.kind === 'wait') {
    const { until } = decision.wait
    return until === null || until > turn.tried.until ? over : { later: until }
  }
  const words =
    decision?.kind === 'leave' ? decision.effects?.find((effect) => effect.kind === 'send') : undefined
  if (words === undefined) return over
  const { id, journeyId, customerId } = enrollment
  return { words, whose: { id, journeyId, customerId, version: plan.version } }
}

async function groupsOf(runtime: Runtime, due: readonly DueTurn[]): Promise<[Group[], DueTurn[]]> {
  const groups = new Map<string, Group>()
  const speechless: DueTurn[] = []
  for (const turn of due) {
    const speaker = await speakerOf(runtime, turn)
    if (speaker === null) {
      speechless.push(turn)
      continue
    }
    const { plan, node } = speaker
    const key = JSON.stringify([plan.journey.id, plan.version, node.id])
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { plan, node, turns: [turn] })
    else known.turns.push(turn)
  }
  return [[...groups.values()], speechless]
}

/**
 * A channel that has surely not reached a customer is followed by the next one of its message, once: what is decided is
 * saved with the turn that it takes. Returns how many turns there were.
 */
export async function tryNext(runtime: Runtime, now: number): Promise<number> {
  const due = await runtime.store.dueTurns(now, runtime.batchSize, runtime.by)
  if (due.length === 0) return 0
  const [groups, speechless] = await groupsOf(runtime, due)
  const taken: TakenTurn[] = speechless.map((turn) => ({ turn, to: over }))
  const overlay = new Overlay()
  const context = contextOf(runtime, now)
  for (const group of groups) {
    const { plan, node, turns } = group
    const zone = zoneOf(plan, context.brand)
    const standing = turns.map(standingAt)
    const needs = { ...node.needs, reply: false }
    const loadedOf = await loadFacts(runtime.store, standing, needs, { ...context, zone, overlay })
    for (const turn of turns) taken.push({ turn, to: await takeOne(turn, group, loadedOf) })
  }
  await runtime.store.commit({ now, changes: [], taken: [], turns: taken })
  return due.length

  async function takeOne(
    turn: DueTurn,
    group: Group,
    loadedOf: Awaited<ReturnType<typeof loadFacts>>,
  ): Promise<Come> {
    if (turn.tried.until <= now) return over
    const standing = standingAt(turn)
    try {
      const to = decide(group, turn, loadedOf(standing), context)
      if (!('words' in to)) return to
      const promotions = promotionsIn([to.words])
      const readers = promotions.map((promotion) => readerOf(standing.customerId, promotion))
      await overlay.breaker.load(runtime.store, standing.journeyId, readers, now)
      // Rule 11: one that would be too many waits until the hour is over.
      if (overlay.breaker.ask(group.plan, standing, promotions, now) !== 'go') return { later: now + hourMs }
      overlay.record(standing, turn.place.node, to.words, now)
      return to
    } catch (error) {
      // Whoever is gone, or cannot be read, gets no other message; anything else is a fault of ours.
      if (error instanceof Problem || error instanceof UnreadableRow) {
        runtime.log.warn({ ...turn.place, error: String(error) }, 'no next channel can be tried')
        return over
      }
      throw error
    }
  }
}
