import type Database from 'better-sqlite3'
import { acts, personUntil, type Request } from '../../../../shared/effects/requests/index.ts'

/** A question as an enrollment puts it. */
export interface Asking {
  readonly id: number
  readonly customerId: string
  readonly node: string
  readonly visit: number
  readonly at: number
  readonly request: Request
  /** Another life of the data may have asked too. */
  readonly suspect: boolean
  readonly life: string
}

/** Writes questions to others down, and of a task for staff for whom it is. */
export function askWriter(sqlite: Database.Database): (asking: Asking) => void {
  const ask = sqlite.prepare(
    // What is asked no more, because its node has changed meanwhile, may be asked anew in other words.
    `insert into asks (enrollment_id, node, visit, request, due_at, created_at, life, person_until)
     values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict do update set request = excluded.request, due_at = excluded.due_at, reply = null, attempts = 0,
         person_until = excluded.person_until
       where reply is null and due_at is null`,
  )
  const task = sqlite.prepare(
    // Of whoever is no member of staff, or has left, anybody may take it.
    `insert into tasks (enrollment_id, node, visit, customer_id, staff, team, priority, created_at, due_at, until)
     values (?, ?, ?, ?, (select id from staff where id = ? and active = 1), (select id from teams where id = ?), ?, ?,
       ?, ?)
     on conflict do update set staff = excluded.staff, team = excluded.team, taken_at = null,
       priority = excluded.priority, due_at = excluded.due_at, until = excluded.until
       where done_at is null`,
  )
  return ({ id, customerId, node, visit, at, request, suspect, life }) => {
    const until = personUntil(request)
    // Held for a person: neither due nor answered. What a person is asked is never due.
    const dueAt = until !== null || (suspect && acts(request)) ? null : at
    ask.run(id, node, visit, JSON.stringify(request), dueAt, at, life, until)
    if (request.to !== 'task') return
    const { staff, team, priority, due } = request
    const high = priority === 'high' ? 1 : 0
    task.run(id, node, visit, customerId, staff, team, high, at, due, request.until)
  }
}
