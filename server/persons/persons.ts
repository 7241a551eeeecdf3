import type { IdentifierAnswer } from '../../shared/api/persons.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import type { Reason } from '../../shared/effects/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Engine } from '../engine/engine.ts'
import { planCache } from '../engine/runtime.ts'
import { takenOut } from '../engine/stop.ts'
import type { Act } from '../ports/acts.ts'
import type { Desk } from '../ports/desk.ts'
import type { Change, EngineStore } from '../ports/engine.ts'
import type { Claim, MergeDone, MergeEndings, MergePair, UndoDone } from '../ports/persons.ts'
import { troubleOf } from '../ports/trouble.ts'

/** What making two records one works with. */
export interface PersonDesk extends Desk {
  readonly store: EngineStore
  readonly engine: Pick<Engine, 'exclusive'>
}

const merged: Reason<'merged'> = { code: 'merged' }

/** What ends where both are in one journey: whoever came in later, as one person is in it once. */
async function endingsOf(desk: PersonDesk, act: Act, pair: MergePair): Promise<MergeEndings> {
  const planFor = planCache(desk.store, desk.registry)
  const at = { now: act.at, brand: desk.brand() }
  const changes: Change[] = []
  for (const stored of await desk.stores.persons.clashing(pair)) {
    const { journeyId, version } = stored.enrollment
    const plan = await planFor(journeyId, version).catch((error: unknown) => {
      // A version that cannot be read keeps nobody in; a store that is in trouble is waited for.
      if (troubleOf(error) !== null) throw error
      return null
    })
    const change = takenOut(plan, stored, merged, at)
    if (change !== null) changes.push(change)
  }
  return { now: act.at, changes }
}

/**
 * Makes one customer another, between two batches of the engine's, so that nobody is stepped in the middle of it. Ids of
 * earlier merges stand for who they are by now.
 */
export async function mergeCustomers(desk: PersonDesk, actor: Actor, asked: MergePair): Promise<MergeDone> {
  const { persons } = desk.stores
  const done = await desk.engine.exclusive(async () => {
    const pair = { from: await persons.current(asked.from), into: await persons.current(asked.into) }
    if (pair.from === pair.into) throw new Problem('merge-of-one', { customer: pair.into }, 'from')
    const act = desk.act(actor)
    return persons.merge(act, pair, await endingsOf(desk, act, pair))
  })
  await desk.stir()
  return done
}

/** Undoes a merge; what has happened since stays with the survivor. */
export async function undoMerge(desk: PersonDesk, actor: Actor, id: string): Promise<UndoDone> {
  const done = await desk.engine.exclusive(() => desk.stores.persons.undo(desk.act(actor), id))
  await desk.stir()
  return done
}

/** Keeps that an identifier is a customer's; where it proves two to be one, they become it. */
export async function attachIdentifier(
  desk: PersonDesk,
  actor: Actor,
  claim: Omit<Claim, 'at'> & { readonly at?: number | undefined },
): Promise<IdentifierAnswer> {
  const { persons } = desk.stores
  const answer = await desk.engine.exclusive(async () => {
    const act = desk.act(actor)
    const told = { ...claim, at: claim.at ?? act.at }
    const pair = await persons.proves(told)
    const endings = pair === null ? { now: act.at, changes: [] } : await endingsOf(desk, act, pair)
    return persons.attach(act, told, endings)
  })
  // What an anonymous visitor did may be waited for.
  if (answer.outcome === 'merged' || claim.kind === 'device') await desk.stir()
  return answer
}
