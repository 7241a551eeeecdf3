import { type DoubtfulReply, doubtfulReply } from '../../../../shared/api/addresses.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { ReplyReason } from '../../../../shared/message/opt-out.ts'
import type { BrandDatabase } from '../database.ts'
import { addressCloser } from './closing.ts'
import { type AddressOn, wordKeeper } from './words.ts'

const decisions = doubtfulReply.shape.decision

export interface Doubt extends AddressOn {
  readonly customerId: string | null
  readonly text: string
  readonly reason: ReplyReason
  readonly at: number
}

/**
 * Rule 20: keeps a reply that may be an opt-out for a person, and holds marketing to its address until then,
 * within the caller's transaction. While an address is closed nobody is asked about it.
 */
export function doubtKeeper(db: BrandDatabase): (doubt: Doubt) => void {
  const words = wordKeeper(db)
  const insert = db.sqlite.prepare(
    // A report of an address that nobody bears has no id of ours: what comes again is known by its words and its time.
    `insert into doubtful_replies (kind, address, channel, customer_id, text, pattern, at)
     select @kind, @address, @channel, @customerId, @text, @reason, @at where not exists (
       select 1 from doubtful_replies where kind = @kind and address = @address and channel = @channel
         and text = @text and at = @at)`,
  )
  return ({ kind, address, channel, customerId, text, reason, at }) => {
    const place = { kind, address, channel }
    if (insert.run({ ...place, customerId, text, reason, at }).changes === 1) words.look(place)
  }
}

interface Row extends Omit<DoubtfulReply, 'customerName'> {
  kind: AddressOn['kind']
  customerName: string | null
}

/** A decision that we do not know is told as none: who has decided, and when, stands beside it. */
const asDecided = (row: Row): Row => ({ ...row, decision: decisions.safeParse(row.decision).data ?? null })

const columns = `d.id, d.kind, d.address, d.channel, d.customer_id as customerId, c.name as customerName, d.text,
  d.pattern as reason, d.at, d.decided_at as decidedAt, d.decision, d.decided_by as decidedBy`

/** Nobody is asked of an address that is closed, or whose owner has asked for more since. */
const waits = `d.decided_at is null and exists (select 1 from address_states s where s.kind = d.kind
  and s.address = d.address and s.channel = d.channel and d.at >= s.held_at)`

/** Replies that wait for a person, the oldest first; and those decided last. */
export function listDoubts(
  { sqlite }: BrandDatabase,
  limit: number,
): { open: DoubtfulReply[]; decided: DoubtfulReply[]; total: number } {
  const read = (where: string, order: string) =>
    sqlite
      .prepare<[number], Row>(
        `select ${columns} from doubtful_replies d left join customers c on c.id = d.customer_id
         where ${where} order by ${order} limit ?`,
      )
      .all(limit)
      .map(asDecided)
  const total = sqlite
    .prepare<[], { count: number }>(`select count(*) as count from doubtful_replies d where ${waits}`)
    .get()
  return {
    open: read(waits, 'd.at, d.id'),
    decided: read('d.decided_at is not null', 'd.decided_at desc, d.id desc'),
    total: total?.count ?? 0,
  }
}

/**
 * A person has said what a reply means: an opt-out closes its address; otherwise it is held no longer, unless
 * another reply from it still waits. Problem `not-found`, `reply-decided`.
 */
export function decideDoubt(
  db: BrandDatabase,
  id: number,
  decision: 'opt_out' | 'no_opt_out',
  { at, by }: { readonly at: number; readonly by: string },
): void {
  const { sqlite } = db
  const close = addressCloser(db)
  sqlite
    .transaction(() => {
      const row = sqlite
        .prepare<[number], Row>(
          `select ${columns} from doubtful_replies d left join customers c on c.id = d.customer_id where d.id = ?`,
        )
        .get(id)
      if (row === undefined) throw new Problem('not-found', { what: String(id) }, 'reply')
      if (row.decidedAt !== null) throw new Problem('reply-decided', { id: String(id) })
      const { kind, address, channel, text } = row
      const place = { kind, address, channel }
      // One word settles all that the same address has written.
      const which =
        decision === 'opt_out' ? 'kind = @kind and address = @address and channel = @channel' : 'id = @id'
      sqlite
        .prepare(
          `update doubtful_replies set decided_at = @at, decision = @decision, decided_by = @by
           where ${which} and decided_at is null`,
        )
        .run({ at, decision, by, ...(decision === 'opt_out' ? place : { id }) })
      if (decision === 'opt_out')
        close({ ...place, why: 'opted_out', at: row.at, source: 'reply', by, note: text })
      else wordKeeper(db).look(place)
    })
    .immediate()
}
