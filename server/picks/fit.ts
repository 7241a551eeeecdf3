import type { PickRun } from '../../shared/api/picks.ts'
import { limits } from '../../shared/limits.ts'
import { hitsOf } from '../../shared/picks/hits.ts'
import { neighboursOf } from '../../shared/picks/together.ts'
import type { AnswerTo, Base } from '../ports/base.ts'
import type { CountedGoods, PickStore } from '../ports/picks.ts'

/** The last part of all orders, on which picks are tried that know only what came before. */
const heldOutShare = 0.1
/** Of fewer customers no share is told. */
const leastTried = 20

function countedOf({ of, goods, pairs }: AnswerTo<'goods'>): CountedGoods {
  const buyers = new Map(goods.map(({ item, buyers: count }) => [item, count]))
  return {
    popular: goods.map(({ item, buyers: count }) => ({ item, share: count / of })),
    neighbours: neighboursOf(pairs, buyers, of, limits.pickNeighbours.value),
  }
}

/** How well picks do on orders that they have not seen; of all goods as if each were a category of its own. */
async function tryPicks(base: Base, signal?: AbortSignal): Promise<PickRun['tried']> {
  const heldOut = await base.ask('heldOut', { share: heldOutShare, most: limits.pickHeldOut.value }, signal)
  if (heldOut.customers.length < leastTried) return null
  const { popular, neighbours } = countedOf(await base.ask('goods', { before: heldOut.at }, signal))
  const shown = limits.picksShown.value
  const hits = hitsOf(heldOut.customers, {
    ...{ at: heldOut.at, shown, popular: popular.slice(0, limits.pickPopular.value) },
    neighbours: (item) => neighbours.get(item) ?? [],
    popularIn: () => [],
    category: () => null,
  })
  return { from: heldOut.at, shown, ...hits }
}

/** Counts over the whole base what is bought together, tries it on orders held out, and keeps it. */
export async function fitPicks(
  base: Base,
  store: Pick<PickStore, 'keep'>,
  now: number,
  signal?: AbortSignal,
): Promise<PickRun> {
  const tried = await tryPicks(base, signal)
  const found = await base.ask('goods', { before: now + 1 }, signal)
  const counted = countedOf(found)
  const pairs = [...counted.neighbours.values()].reduce((sum, list) => sum + list.length, 0)
  const run: PickRun = { at: now, buyers: found.of, goods: found.goods.length, pairs, tried }
  await store.keep(run, counted)
  return run
}
