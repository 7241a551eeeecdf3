import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import { undoneOrigins } from '../../../../shared/origins/held.ts'
import { undoneProfile } from '../../../../shared/persons/profile.ts'
import type { Act } from '../../../ports/acts.ts'
import { valuesOf } from '../customers/origins.ts'
import type { BrandDatabase } from '../database.ts'
import { scoreMarker } from '../models/to-score.ts'
import { readColumn } from '../stored-json.ts'
import { aliasReader } from './aliases.ts'
import { kept, profileSet } from './kept.ts'
import { dayMs, heldBy, profileOf, profileReader, rowOf } from './merging.ts'
import { pairKeeper } from './pairs.ts'
import { rowMover } from './rows.ts'
import { stateKeeper } from './states.ts'

interface Row {
  into: string
  from: string
  at: number
  kept: string | null
  undoneAt: number | null
}

export interface Undone {
  readonly back: Readonly<Record<string, number>>
  readonly stayed: number
  readonly from: string
  readonly into: string
}

/**
 * Undoes a merge within the caller's transaction: what it moved goes back, as far as it is still the survivor's, and values
 * that came with it go where nobody has written them since. What has happened since stays with the survivor.
 */
export function undoer(db: BrandDatabase): (id: string, act: Act) => Undone {
  const { sqlite } = db
  const read = profileReader(db)
  const mover = rowMover(db)
  const pairs = pairKeeper(db)
  const states = stateKeeper(db)
  const scoreAnew = scoreMarker(db)
  const find = sqlite.prepare<[string], Row>(
    `select customer_id as "into", other_id as "from", at, kept, undone_at as undoneAt from merges where id = ?`,
  )
  const make = sqlite.prepare(
    `insert into customers (id, shard, name, phone, email, gender, birthday, city, registered_at, timezone, language,
       consent_sms, consent_email, noted, attributes, origins, updated_at)
     values (@id, @shard, @name, @phone, @email, @gender, @birthday, @city, @registeredAt, @timezone, @language,
       @consentSms, @consentEmail, 1, @attributes, @origins, @at)`,
  )
  const write = sqlite.prepare(
    `update customers set ${profileSet}, updated_at = max(updated_at + 1, @at) where id = @id`,
  )
  const unalias = sqlite.prepare('delete from aliases where id = ?')
  const unverify = sqlite.prepare(
    'update addresses set verified_at = null where customer_id = ? and kind = ? and address = ?',
  )
  const end = sqlite.prepare('update merges set kept = null, undone_at = ?, undone_by = ? where id = ?')
  const since = sqlite
    .prepare<[string, number], number>('select count(*) from events where customer_id = ? and seq > ?')
    .pluck()
  const aliases = aliasReader(db)

  return (id, act) => {
    const row = find.get(id)
    if (row === undefined) throw new Problem('not-found', { what: id }, 'id')
    const { from, into } = row
    const days = limits.mergeUndo.value
    if (row.undoneAt !== null) throw new Problem('merge-undone', { customer: from })
    if (row.kept === null || act.realAt - row.at > days * dayMs)
      throw new Problem('merge-too-old', { customer: from, days })
    const said = readColumn(row.kept, kept)
    if (!said.readable) throw new Problem('merge-too-old', { customer: from, days })
    const further = aliases([into]).get(into)
    if (further !== undefined) throw new Problem('merge-undo-later', { customer: into, other: further })
    const now = read(into, 'id')
    const { lastEvent, other, before, after, moved, aside, verified, pairs: waited, pairsMade } = said.value
    states.back(into, said.value.states.before, said.value.states.after)
    unalias.run(from)
    const names = [...new Set([...Object.keys(moved), ...Object.keys(aside)])]
    const rows = Object.fromEntries(
      names.map((name) => [name, { moved: moved[name] ?? [], aside: aside[name] ?? [] }]),
    )
    const back = mover.back(from, into, rows)
    for (const { kind, address } of verified) unverify.run(into, kind, address)
    const { shard, updated_at: _at, noted: _noted, ...profile } = other
    make.run({ ...profile, id: from, shard, at: act.at })
    const undone = undoneProfile({
      before: profileOf(before),
      after: profileOf(after),
      now: profileOf(now),
    })
    const stays = rowOf(undone, now)
    const held = { before: heldBy(before), after: valuesOf(after), now: heldBy(now), undone: valuesOf(stays) }
    const untouched = now.origins === after.origins
    const origins = untouched ? before.origins : JSON.stringify(undoneOrigins(held))
    write.run({ ...stays, origins, id: into, at: act.at })
    pairs.back(
      waited.filter((one) => typeof one === 'object' && one !== null),
      pairsMade,
    )
    // Whoever takes a merge back says that they are two: what has proved them one proves it no more.
    pairs.keepApart(from, into, { at: act.realAt, by: JSON.stringify(act.actor) })
    for (const one of [from, into]) scoreAnew(one)
    end.run(act.realAt, JSON.stringify(act.actor), id)
    const stayed = since.get(into, lastEvent) ?? 0
    return { back, stayed, from, into }
  }
}
