import { limits } from '../../../../shared/limits.ts'
import type { BegunCall, CallStore, IdempotentCall } from '../../../ports/idempotency.ts'
import type { BrandDatabase } from '../database.ts'

interface Row {
  readonly fingerprint: string
  readonly process: string
  readonly status: number | null
  readonly type: string | null
  readonly answer: string | null
}

const hourMs = 3_600_000
const ofCall = 'caller = @caller and route = @route and key = @key'

/** The calls of one brand's database that came with an Idempotency-Key. */
export function callStore({ sqlite }: Pick<BrandDatabase, 'sqlite'>): CallStore {
  const find = sqlite.prepare<IdempotentCall, Row>(
    `select fingerprint, process, status, type, answer from idempotent_calls where ${ofCall}`,
  )
  const keep = sqlite.prepare<IdempotentCall & { now: number }>(
    `insert or replace into idempotent_calls (caller, route, key, fingerprint, process, begun_at)
     values (@caller, @route, @key, @fingerprint, @process, @now)`,
  )
  const finish = sqlite.prepare(
    `update idempotent_calls set status = @status, type = @type, answer = @answer where ${ofCall}`,
  )
  const forget = sqlite.prepare<IdempotentCall>(`delete from idempotent_calls where ${ofCall}`)
  const old = sqlite.prepare<[number]>('delete from idempotent_calls where begun_at <= ?')
  const tooMany = sqlite.prepare<[number]>(
    `delete from idempotent_calls where rowid in
       (select rowid from idempotent_calls order by begun_at desc, rowid desc limit -1 offset ?)`,
  )
  const begin = sqlite.transaction((call: IdempotentCall, now: number): BegunCall => {
    old.run(now - limits.idempotencyTime.value * hourMs)
    const known = find.get(call)
    if (known !== undefined && known.fingerprint !== call.fingerprint) return { state: 'other-body' }
    if (known !== undefined && known.status !== null)
      return { state: 'answered', status: known.status, type: known.type, answer: known.answer ?? '' }
    if (known?.process === call.process) return { state: 'under-way' }
    keep.run({ ...call, now })
    tooMany.run(limits.idempotencyKeys.value)
    return { state: 'begun' }
  })
  return {
    begin: async (call, now) => begin.immediate(call, now),
    finish: async (call, answer) => void finish.run({ ...call, ...answer }),
    forget: async (call) => void forget.run(call),
  }
}
