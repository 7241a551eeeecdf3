import type { z } from 'zod'
import type { AudienceHistory, audienceLook } from '../../shared/api/audience-history.ts'
import type { ListMode } from '../../shared/api/imports.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { addDays, localDate } from '../../shared/calendar/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { WrittenText } from '../../shared/text.ts'
import type { AudienceReads } from '../ports/audiences.ts'
import type { Desk } from '../ports/desk.ts'
import { askedNow } from './asked.ts'

/** How far back sizes are told (days). */
const shownDays = 400

export interface AskedMembers {
  readonly key: string
  /** Of a frozen one, those for whom its condition holds. */
  readonly afresh: boolean
  /** How many may be told. */
  readonly most: 'audienceKept' | 'audienceLooked'
}

/**
 * The ids of all who are in an audience now; of a frozen one with `afresh`, of those for whom its condition holds.
 * Problems `not-found`, `audience-is-list`, `audience-too-large`.
 */
export async function membersNow(
  desk: Pick<Desk, 'now' | 'brand'> & { readonly stores: { readonly audiences: AudienceReads } },
  { key, afresh, most }: AskedMembers,
): Promise<readonly string[]> {
  const { size, frozen, kind } = await desk.stores.audiences.get(key, askedNow(desk))
  if (afresh && kind === 'list' && frozen === null)
    throw new Problem('audience-is-list', { audience: key }, 'key')
  const own = { kind: 'audience' as const, audience: key, member: true }
  const condition = afresh ? (frozen?.condition ?? own) : own
  const limit = limits[most].value
  // What is far too large is not even read.
  if (size > limit) throw new Problem('audience-too-large', { audience: key, people: size, limit }, 'key')
  const ids = await desk.stores.audiences.members(condition, askedNow(desk))
  if (ids.length > limit)
    throw new Problem('audience-too-large', { audience: key, people: ids.length, limit }, 'key')
  return ids
}

/**
 * The list that a file is to fill, which is made where there is none; whether it was. Problems `audience-exists` of a condition, a
 * frozen one or, where it is to be new, any; `not-found` where there is none and nobody has named it.
 */
export async function listToFill(
  desk: Desk,
  actor: Actor,
  {
    key,
    name,
    mode,
  }: { readonly key: string; readonly name: WrittenText | undefined; readonly mode: ListMode },
): Promise<boolean> {
  const { audiences } = desk.stores
  const all = await audiences.saved()
  if (!all.has(key)) {
    if (name === undefined) throw new Problem('not-found', { what: key }, 'audience')
    await audiences.addList(desk.act(actor), { key, name })
    return true
  }
  const { kind, frozen } = await audiences.get(key, askedNow(desk))
  if (kind !== 'list' || frozen !== null || mode === 'new')
    throw new Problem('audience-exists', { audience: key }, 'key')
  return false
}

/** Makes an audience a list of those who are in it now. Problems `not-found`, `audience-is-list`. */
export async function freezeAudience(
  desk: Desk,
  actor: Actor,
  { key, ids }: { readonly key: string; readonly ids: readonly string[] },
): Promise<void> {
  await desk.stores.audiences.freeze(desk.act(actor), key, ids)
}

/** Problems `not-found`, `audience-not-frozen`, those of naming. */
export async function thawAudience(desk: Desk, actor: Actor, key: string): Promise<void> {
  await desk.stores.audiences.thaw(desk.act(actor), key)
}

/** Keeps who is in an audience now, and tells who joined and left since it was looked at before. */
export async function lookAtAudience(
  desk: Desk,
  actor: Actor,
  { key, ids }: { readonly key: string; readonly ids: readonly string[] },
): Promise<z.output<typeof audienceLook>> {
  const { now, zone } = askedNow(desk)
  const seen = { ids, at: now, day: localDate(now, zone) }
  const { joined, left } = await desk.stores.audiences.look(desk.act(actor), key, seen)
  return { size: ids.length, joined: joined ?? 0, left: left ?? 0 }
}

/** Keeps sizes that were just counted, so that a day on which somebody looked has its point. */
export async function noteSizes(
  desk: Pick<Desk, 'now' | 'brand' | 'stores'>,
  counted: readonly { readonly key: string; readonly size: number; readonly unknown: boolean }[],
): Promise<void> {
  const { now, zone } = askedNow(desk)
  const known = counted.filter(({ unknown }) => !unknown)
  await desk.stores.audiences.noteSizes(known, { day: localDate(now, zone), at: now })
}

/** Sizes over time, and who joined and left last. Problem `not-found`. */
export async function historyOfAudience(desk: Desk, key: string): Promise<AudienceHistory> {
  const { audiences } = desk.stores
  const all = await audiences.saved()
  if (!all.has(key)) throw new Problem('not-found', { what: key }, 'audience')
  const { now, zone } = askedNow(desk)
  const sizes = await audiences.sizes(key, addDays(localDate(now, zone), -shownDays))
  return { sizes: [...sizes], moves: [...(await audiences.moves(key, limits.audienceMoves.value))] }
}
