import { randomUUID } from 'node:crypto'
import type { MergeReason } from '../../../../shared/api/persons.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import { type HeldBy, mergedOrigins } from '../../../../shared/origins/held.ts'
import { mergedProfile, type Profile } from '../../../../shared/persons/profile.ts'
import type { Act } from '../../../ports/acts.ts'
import { readOrigins, valuesOf } from '../customers/origins.ts'
import { readAttributes } from '../customers/stored.ts'
import type { BrandDatabase } from '../database.ts'
import { scoreMarker } from '../models/to-score.ts'
import { valueOr } from '../stored-json.ts'
import { type Kept, type ProfileRow, profileSelect, profileSet } from './kept.ts'
import { pairKeeper } from './pairs.ts'
import { rowMover } from './rows.ts'
import { stateCarrier, stateKeeper } from './states.ts'

export const profileOf = (row: ProfileRow): Profile => ({
  ...row,
  attributes: valueOr(readAttributes(row.attributes), {}),
})

/** Attributes that cannot be read stay as they are until somebody mends them. */
export function rowOf(profile: Profile, before: ProfileRow): Omit<ProfileRow, 'origins'> {
  const readable = readAttributes(before.attributes).readable
  return { ...profile, attributes: readable ? JSON.stringify(profile.attributes) : before.attributes }
}

/** The values of a profile, and where each came from. */
export const heldBy = (row: ProfileRow): HeldBy => ({
  values: valuesOf(row),
  origins: readOrigins(row.origins),
})

interface Merging {
  readonly from: string
  readonly into: string
  readonly act: Act
  readonly reason: MergeReason
}

export function profileReader({ sqlite }: BrandDatabase) {
  const read = sqlite.prepare<[string], Kept['other']>(
    `select ${profileSelect}, shard, noted, updated_at from customers where id = ?`,
  )
  return (id: string, place: string): Kept['other'] => {
    const row = read.get(id)
    if (row === undefined) throw new Problem('unknown-customer', { customer: id }, place)
    return row
  }
}

const bare = ({ shard: _shard, noted: _noted, updated_at: _at, ...row }: Kept['other']): ProfileRow => row

/** Makes one customer another, with all that is theirs, within the caller's transaction. Answers the merge's id. */
export function merger(db: BrandDatabase): (merging: Merging) => { id: string; rows: number } {
  const { sqlite } = db
  const read = profileReader(db)
  const mover = rowMover(db)
  const pairs = pairKeeper(db)
  const carryStates = stateCarrier(db)
  const states = stateKeeper(db)
  const scoreAnew = scoreMarker(db)
  // More is read of whoever has more to be read of: addresses that came along may have said something.
  const write = sqlite.prepare(
    `update customers set ${profileSet}, updated_at = max(updated_at + 1, @at), noted = 1 where id = @id`,
  )
  const remove = sqlite.prepare('delete from customers where id = ?')
  const alias = sqlite.prepare('insert into aliases (id, customer_id) values (?, ?)')
  const verify = sqlite.prepare<{ from: string; into: string }, Kept['verified'][number]>(
    `update addresses as own set verified_at = (select a.verified_at from addresses a where a.customer_id = @from
       and a.kind = own.kind and a.address = own.address)
     where customer_id = @into and verified_at is null and exists (select 1 from addresses a
       where a.customer_id = @from and a.kind = own.kind and a.address = own.address and a.verified_at is not null)
     returning kind, address`,
  )
  const last = sqlite.prepare<[], number>('select coalesce(max(seq), 0) from events').pluck()
  const forget = sqlite.prepare('update merges set kept = null where kept is not null and at < ?')
  const keep = sqlite.prepare(
    `insert into merges (id, customer_id, other_id, at, by, reason, moved, kept)
     values (@id, @into, @from, @at, @by, @reason, @moved, @kept)`,
  )
  return ({ from, into, act, reason }) => {
    if (from === into) throw new Problem('merge-of-one', { customer: from }, 'from')
    const other = read(from, 'from')
    const own = bare(read(into, 'into'))
    const rows = mover.count(from)
    if (rows > limits.mergedRows.value)
      throw new Problem('merge-too-large', { customer: from, rows, limit: limits.mergedRows.value }, 'from')
    const verified = verify.all({ from, into })
    const carried = pairs.carry(from, into)
    const said = states.of(into)
    carryStates(from, into)
    const moved = mover.move(from, into)
    remove.run(from)
    const merged = rowOf(mergedProfile(profileOf(own), profileOf(other)), own)
    const came = { own: heldBy(own), other: heldBy(other), after: valuesOf(merged) }
    const after = { ...merged, origins: JSON.stringify(mergedOrigins(came, from)) }
    write.run({ ...after, id: into, at: act.at })
    alias.run(from, into)
    scoreAnew(into)
    forget.run(act.realAt - limits.mergeUndo.value * dayMs)
    const kept: Kept = {
      lastEvent: last.get() ?? 0,
      ...{ other, before: own, after, verified, pairs: carried.pairs, pairsMade: carried.made },
      states: { before: said, after: states.of(into) },
      moved: mapped(moved, ({ moved: keys }) => [...keys]),
      aside: mapped(moved, ({ aside }) => [...aside]),
    }
    const id = randomUUID()
    const { realAt: at } = act
    const told = { reason: JSON.stringify(reason), by: JSON.stringify(act.actor) }
    const counts = mapped(moved, ({ moved: keys }) => keys.length)
    keep.run({ id, from, into, at, ...told, moved: JSON.stringify(counts), kept: JSON.stringify(kept) })
    return { id, rows }
  }
}

export const dayMs = 86_400_000

const mapped = <T, To>(all: Readonly<Record<string, T>>, to: (one: T) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, to(one)]))
