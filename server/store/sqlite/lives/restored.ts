import { randomInt } from 'node:crypto'
import { z } from 'zod'
import type { Restored, RestoredDecision } from '../../../../shared/api/restored.ts'
import { engineActor } from '../../../../shared/audit/actor.ts'
import type { Act } from '../../../ports/acts.ts'
import { doubt } from '../../../ports/doubt.ts'
import type { RestoredDone } from '../../../ports/messages.ts'
import { auditWriter } from '../audit/audit.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { type FigurePlace, figureWriter } from '../figures/figures.ts'
import { readMeta, writeMeta } from '../settings/meta.ts'
import { restAfterRestore } from '../webhooks/endpoints.ts'
import { heldCalls } from './calls.ts'
import { livesKeys, readBeats } from './lives.ts'
import { readMarker, writeMarker } from './marker.ts'

export type RestoredKind = Restored['kind']

const stored = z.object({
  kind: z.enum(['restored', 'copied']),
  /** When it was found. What was due by then may have been done by another life of the data. */
  at: z.int(),
  from: z.int().nullable(),
  /** The last event that was in it. */
  lastEvent: z.int(),
  /** Below which no message made from now on is numbered: the other life has given those numbers away. */
  firstMessage: z.int(),
  decided: z.boolean(),
})
export type StoredRestore = z.infer<typeof stored>

/** What is known of the last restore of this data; null where there was none. */
export const readRestore = (db: BrandDatabase): StoredRestore | null =>
  stored.nullish().parse(readMeta(db, livesKeys.restored)) ?? null

/** Why a message is held that another life may have sent; the index of such messages names it word for word. */
export const heldRestored = 'held: restored'
const gate = 'message:held:restored'

/** How far apart the numbers of the messages of two lives are. */
const numbersApart = 1_000_000_000

/** What has become of the data since it last ran, as far as it and its marker can tell. */
function kindOf(db: BrandDatabase): RestoredKind | null {
  const own = readBeats(db)
  const marker = readMarker(db.path)
  const backedUp = readMeta(db, livesKeys.backup) !== undefined
  // Nothing was ever sent from it, and it is nobody's backup, or there is nothing in it: there is nothing to double.
  if (marker === null && own === null && !backedUp) return null
  if (db.sqlite.prepare('select 1 from enrollments limit 1').get() === undefined) return null
  if (marker === null || !marker.inPlace) return backedUp ? 'restored' : own === null ? null : 'copied'
  if (marker.beats > (own?.count ?? 0)) return 'restored'
  const inHand = db.sqlite.prepare(`select 1 from messages where status = 'sending' limit 1`).get()
  return backedUp && inHand !== undefined ? 'restored' : null
}

/**
 * Holds what was queued or in hand, when the data is found to come from a backup or another place; answers how many,
 * or null where it is as it was. To be asked before anything is sent; `now` is real time.
 */
export function noticeRestore(db: BrandDatabase, now: number): { kind: RestoredKind; held: number } | null {
  if (db.path === ':memory:') return null
  const kind = kindOf(db)
  const told = Math.max(readBeats(db)?.count ?? 0, readMarker(db.path)?.beats ?? 0)
  const found = db.sqlite
    .transaction(() => {
      const held = kind === null ? 0 : note(db, kind, now)
      db.sqlite.prepare('delete from meta where key = ?').run(livesKeys.backup)
      if (told > 0) writeMeta(db, livesKeys.beats, { count: told, at: readBeats(db)?.at ?? now })
      return kind === null ? null : { kind, held }
    })
    .immediate()
  writeMarker(db.path, told, now)
  return found
}

function note(db: BrandDatabase, kind: RestoredKind, now: number): number {
  const { sqlite } = db
  const figure = figureWriter(db)
  const held = sqlite
    .prepare<[string], FigurePlace>(
      `update messages set status = 'held', due_at = null, error = ?
       where status in ('queued', 'sending') returning journey_id as journeyId, version, node`,
    )
    .all(heldRestored)
  for (const place of held) figure(place, gate)
  // The other life may have tried the next channel.
  sqlite.prepare('delete from chain_turns').run()
  restAfterRestore(db, now)
  const last = (table: 'messages' | 'events', column: 'id' | 'seq') =>
    sqlite.prepare<[], number | null>(`select max(${column}) from ${table}`).pluck().get() ?? 0
  const backup = z.object({ at: z.int() }).safeParse(readMeta(db, livesKeys.backup))
  const restore: StoredRestore = {
    kind,
    at: now,
    from: backup.data?.at ?? readBeats(db)?.at ?? null,
    lastEvent: last('events', 'seq'),
    firstMessage:
      (Math.floor(last('messages', 'id') / numbersApart) + 1) * numbersApart + randomInt(numbersApart / 2),
    decided: false,
  }
  writeMeta(db, livesKeys.restored, restore)
  const act = { actor: engineActor, at: now, realAt: now }
  auditWriter(db)(act, 'brand.restored', '', { state: kind, count: held.length })
  return held.length
}

/** What waits for a person since the last restore; null where there was none. */
export function restoredState(db: BrandDatabase): Restored | null {
  const restore = readRestore(db)
  if (restore === null) return null
  const journeys = db.sqlite
    .prepare<[], { id: string; name: string | null; waiting: number }>(
      `select m.journey_id as id, j.name, count(*) as waiting from messages m left join journeys j on j.id = m.journey_id
       where m.error = 'held: restored' group by m.journey_id order by waiting desc`,
    )
    .all()
  const calls = heldCalls(db).list()
  const ids = new Set([...journeys, ...calls].map(({ id }) => id))
  const sum = (counts: readonly number[]) => counts.reduce((total, one) => total + one, 0)
  const waiting = sum(journeys.map((one) => one.waiting))
  const calling = sum(calls.map(({ count }) => count))
  const { kind, at, from, decided } = restore
  return {
    kind,
    at,
    from,
    decided: decided && waiting + calling === 0,
    waiting,
    calls: calling,
    journeys: [...ids].map((id) => {
      const sent = journeys.find((one) => one.id === id)
      const called = calls.find((one) => one.id === id)
      const name = sent?.name ?? called?.name ?? null
      return {
        id,
        name: name === null ? null : JSON.parse(name),
        waiting: sent?.waiting ?? 0,
        calls: called?.count ?? 0,
      }
    }),
  }
}

const decisions = {
  send: {
    status: 'queued',
    error: `${doubt}it may have been sent before the data was restored`,
    action: 'message.released',
  },
  drop: { status: 'cancelled', error: 'dropped after a restore', action: 'message.dropped' },
} as const satisfies Record<RestoredDecision['decision'], object>

/** Sends or drops what was held; answers how many. They keep their keys, so that a gateway knows what it has taken. */
export function decideRestored(
  db: BrandDatabase,
  act: Act,
  { decision, journey }: RestoredDecision,
): RestoredDone {
  const figure = figureWriter(db)
  const { status, error, action } = decisions[decision]
  const decide = () => {
    const changed = db.sqlite
      .prepare<[{ status: string; error: string; due: number | null; journey: string | null }], FigurePlace>(
        `update messages set status = @status, error = @error, due_at = @due
         where error = 'held: restored' and (@journey is null or journey_id = @journey)
         returning journey_id as journeyId, version, node`,
      )
      .all({ status, error, due: decision === 'send' ? act.at : null, journey: journey ?? null })
    for (const place of changed) figure(place, gate, -1)
    const restore = readRestore(db)
    if (restore !== null && journey === undefined)
      writeMeta(db, livesKeys.restored, { ...restore, decided: true } satisfies StoredRestore)
    return { messages: changed.length, calls: heldCalls(db).decide(decision, journey, act.at) }
  }
  return changer(db)(act, decide, ({ messages: count }) => ({ action, id: journey ?? '', detail: { count } }))
}
