import { type ErasureRemoved, erasedId } from '../../../../shared/api/erasures.ts'
import { writtenText } from '../../../../shared/text.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, readJson } from '../stored-json.ts'
import { renewGeneration } from '../truth/generation.ts'
import { noteErased } from '../webhooks/endpoints.ts'
import type { OwnWay } from './holdings.ts'
import type { Mentions } from './mentions.ts'
import type { Contact, People } from './people.ts'

/** One erasure as its steps see it. */
export interface Erasing {
  readonly id: string
  readonly people: People
  readonly mentions: Mentions
}

/** What the statements of a step are given. */
export const givenOf = ({ id, people: { ids, contacts } }: Erasing) => ({
  ids: JSON.stringify(ids),
  contacts: JSON.stringify(contacts),
  nobodies: JSON.stringify(ids.map((one, index) => ({ id: one, nobody: erasedId(id, index) }))),
})

/** Of an address the log keeps its beginning and its end (address-store.ts). */
const hintOf = ({ kind, address }: Contact) =>
  kind === 'customer' ? address : `${address.slice(0, 3)}…${address.slice(-4)}`

/** Rows changed, by table. */
type Counts = Readonly<Record<string, { readonly removed: number; readonly stripped: number }>>
const stripped = (count: number) => ({ removed: 0, stripped: count })
const gone = (count: number) => ({ removed: count, stripped: 0 })

/** Takes out of the log who it was; that something was done stays. */
function clearLog({ sqlite }: BrandDatabase, { id, people, mentions }: Erasing): Counts {
  const named = sqlite.prepare(
    `update audit set object_id = @nobody, detail = '{}' where object_kind = 'customer' and object_id = @id`,
  )
  const acted = sqlite.prepare(
    `update audit set actor_id = @nobody where actor_kind = 'customer' and actor_id = @id`,
  )
  const hinted = sqlite.prepare(
    `update audit set object_id = @nobody where object_kind = 'address' and object_id = @hint`,
  )
  const told = sqlite.prepare<[], { seq: number; detail: string }>(
    `select seq, detail from audit where length(detail) > 2`,
  )
  const retell = sqlite.prepare('update audit set detail = ? where seq = ?')
  let changed = 0
  people.ids.forEach((one, index) => {
    const given = { id: one, nobody: erasedId(id, index) }
    changed += named.run(given).changes + acted.run(given).changes
  })
  for (const contact of people.contacts)
    changed += hinted.run({ hint: hintOf(contact), nobody: erasedId(id, 0) }).changes
  for (const { seq, detail } of told.all()) {
    if (!mentions.inJson(detail)) continue
    const read = readJson(detail)
    retell.run(read.readable ? JSON.stringify(mentions.withoutIn(read.value)) : '{}', seq)
    changed += 1
  }
  return { audit: stripped(changed) }
}

/** Takes out of what the machine has noted who it was about. */
function clearNotes({ sqlite }: BrandDatabase, { mentions }: Erasing): Counts {
  const trips = sqlite.prepare<[], { id: string; text: string }>(
    'select id, breaker as text from journeys where breaker is not null',
  )
  const noteTrip = sqlite.prepare('update journeys set breaker = ? where id = ?')
  const halts = sqlite.prepare<[], { id: number; text: string }>(
    'select rowid as id, detail as text from channel_halts',
  )
  const noteHalt = sqlite.prepare('update channel_halts set detail = ? where rowid = ?')
  const pauses = sqlite.prepare<[], { id: string; text: string }>(
    'select channel as id, reason as text from channel_pauses',
  )
  const notePause = sqlite.prepare('update channel_pauses set reason = ? where channel = ?')
  let [ofJourneys, ofChannels, ofPauses] = [0, 0, 0]
  for (const { id, text } of trips.all()) {
    const read = readJson(text)
    if (!mentions.inJson(text) || !read.readable) continue
    noteTrip.run(JSON.stringify(mentions.withoutIn(read.value)), id)
    ofJourneys += 1
  }
  for (const { id, text } of halts.all()) {
    const left = mentions.without(text)
    if (left === text) continue
    noteHalt.run(left, id)
    ofChannels += 1
  }
  for (const { id, text } of pauses.all()) {
    const left = mentions.without(text)
    if (left === text) continue
    notePause.run(left, id)
    ofPauses += 1
  }
  return {
    journeys: stripped(ofJourneys),
    channel_halts: stripped(ofChannels),
    channel_pauses: stripped(ofPauses),
  }
}

/** Takes them out of where work under way has come to. */
function clearCursors({ sqlite }: BrandDatabase, erasing: Erasing): Counts {
  const { ids } = givenOf(erasing)
  // Whoever comes before a customer that is gone was let in before it.
  const triggers = sqlite.prepare(
    `update triggers set cursor = (select max(id) from customers c where c.id < triggers.cursor)
     where cursor in (select value from json_each(@ids))`,
  )
  // A move that begins anew finds none of those who have been moved.
  const moves = sqlite.prepare(
    `update moves set cursor = null
     where exists (select 1 from json_each(moves.cursor) c, json_each(@ids) i where c.value = i.value)`,
  )
  return { triggers: stripped(triggers.run({ ids }).changes), moves: stripped(moves.run({ ids }).changes) }
}

/** What has a way of its own, in one transaction each; `reports` stands for itself, as it goes over files too. */
export const ownSteps = {
  profile: ({ sqlite }, erasing) => {
    const { ids } = givenOf(erasing)
    const theirs = '(select value from json_each(@ids))'
    // The database's own trigger would take the addresses along, and tell nobody how many.
    const addresses = sqlite.prepare(`delete from addresses where customer_id in ${theirs}`).run({ ids })
    noteErased(sqlite, ids)
    const customers = sqlite.prepare(`delete from customers where id in ${theirs}`).run({ ids })
    return { customers: gone(customers.changes), addresses: gone(addresses.changes) }
  },
  cursor: clearCursors,
  log: clearLog,
  texts: clearNotes,
  shared: ({ sqlite }, erasing) => ({
    shared_addresses: gone(
      sqlite
        .prepare(
          `delete from shared_addresses where (kind, address) in
             (select value ->> 'kind', value ->> 'address' from json_each(@contacts))
           and not exists (select 1 from addresses a
             where a.kind = shared_addresses.kind and a.address = shared_addresses.address)`,
        )
        .run({ contacts: givenOf(erasing).contacts }).changes,
    ),
  }),
  // Whoever has read on from there would not hear that they are gone: the copy is made anew.
  changes: ({ sqlite }, erasing) => {
    const { ids } = givenOf(erasing)
    const deleted = sqlite
      .prepare('delete from changes where customer_id in (select value from json_each(@ids))')
      .run({ ids })
    renewGeneration(sqlite)
    return { changes: gone(deleted.changes) }
  },
  // An answer that is kept for a call that may be made again names whom it took in.
  calls: ({ sqlite }, { mentions }) => {
    const kept = sqlite.prepare<[], { rowid: number; key: string; answer: string }>(
      `select rowid, key, coalesce(answer, '') as answer from idempotent_calls`,
    )
    const remove = sqlite.prepare('delete from idempotent_calls where rowid = ?')
    const theirs = kept.all().filter(({ key, answer }) => mentions.in(key) || mentions.inJson(answer))
    for (const { rowid } of theirs) remove.run(rowid)
    return { idempotent_calls: gone(theirs.length) }
  },
  visits: ({ sqlite }, { mentions }) => {
    const kept = sqlite.prepare<[], { rowid: number; properties: string }>(
      'select rowid, properties from visits',
    )
    const remove = sqlite.prepare('delete from visits where rowid = ?')
    const theirs: number[] = []
    for (const { rowid, properties } of kept.iterate()) if (mentions.inJson(properties)) theirs.push(rowid)
    for (const rowid of theirs) remove.run(rowid)
    return { visits: gone(theirs.length) }
  },
  // Who it was stands there until the end, and is gone with it.
  erasures: () => ({}),
} as const satisfies Record<Exclude<OwnWay, 'reports'>, (db: BrandDatabase, erasing: Erasing) => Counts>

/** Journeys and audiences in which a person wrote something of them: only people can change what it says. */
export function writtenOf({ sqlite }: BrandDatabase, { mentions }: Erasing): ErasureRemoved['written'] {
  const texts = sqlite
    .prepare<[], { kind: 'journey' | 'audience'; id: string; name: string; text: string }>(
      `select 'journey' as kind, j.id, j.name, j.draft || coalesce((select group_concat(v.graph) from versions v
         where v.journey_id = j.id), '') as text from journeys j where j.deleted_at is null
       union all select 'audience', key, name, coalesce(condition, '') from audiences`,
    )
    .all()
  return texts
    .filter(({ text }) => mentions.inJson(text))
    .map(({ kind, id, name }) => {
      const read = readColumn(name, writtenText)
      return { kind, id, name: read.readable ? read.value : null }
    })
}
