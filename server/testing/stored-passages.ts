import type Database from 'better-sqlite3'

/** A passage through a journey, as its rows are kept. */
export interface StoredPassage {
  readonly journey: string
  readonly customer: string
  readonly at: number
  readonly control: boolean
  readonly ended: { readonly at: number; readonly ending: string } | null
  readonly messages: readonly {
    readonly node: string
    readonly channel: string
    readonly status: string
    readonly error: string | null
    readonly at: number
  }[]
  readonly withheld: readonly { readonly node: string; readonly gate: string; readonly at: number }[]
  readonly goals: readonly { readonly goal: string; readonly at: number; readonly value: number }[]
}

/** Puts passages into a brand's database as the engine would have; answers the number of each. */
export function passageStorer(sqlite: Database.Database): (passages: readonly StoredPassage[]) => number[] {
  const enroll = sqlite.prepare(
    `insert into enrollments (shard, journey_id, version, customer_id, entry_key, state, status, entered_at, arrived_at,
       control, steps, entry, data, ended_at, ending)
     values (0, ?, 1, ?, ?, 's', ?, ?, 0, ?, 0, '{}', '{}', ?, ?)`,
  )
  const send = sqlite.prepare(
    `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient, body,
       purpose, status, created_at, parts, cost_milli, error)
     values (0, ?, ?, ?, ?, 1, ?, ?, '', '', 'marketing', ?, ?, 1, 0, ?)`,
  )
  const trace = sqlite.prepare(
    `insert into traces (enrollment_id, seq, at, node, outcome, reason) values (?, ?, ?, ?, 'not_sent', ?)`,
  )
  const reach = sqlite.prepare(
    `insert or ignore into goal_hits (enrollment_id, goal, journey_id, version, control, customer_id, event_id, at, value)
     values (?, ?, ?, 1, 0, ?, 'e', ?, ?)`,
  )
  const tell = sqlite.prepare(`insert into changes (part, customer_id, passages) values ('acts', '', ?)`)
  const store = ({ journey, customer, at, control, ended, ...done }: StoredPassage, key: string): number => {
    const status = ended === null ? 'live' : 'ended'
    const found = enroll.run(
      ...[journey, customer, key, status, at, control ? 1 : 0, ended?.at ?? null, ended?.ending ?? null],
    )
    const id = Number(found.lastInsertRowid)
    for (const [visit, { node, channel, status: now, error, at: sent }] of done.messages.entries())
      send.run(id, node, visit, journey, customer, channel, now, sent, error)
    for (const [seq, { node, gate, at: then }] of done.withheld.entries())
      trace.run(id, seq, then, node, JSON.stringify({ code: 'suppressed', gate }))
    for (const { goal, at: then, value } of done.goals) reach.run(id, goal, journey, customer, then, value)
    return id
  }
  return (passages) => {
    let last = Number(sqlite.prepare('select coalesce(max(id), 0) from enrollments').pluck().get())
    const ids = passages.map((passage) => {
      last += 1
      return store(passage, `${last}`)
    })
    tell.run(JSON.stringify(ids))
    return ids
  }
}
