import { noticeKindNames, retryAfterSeconds } from '../../../../shared/api/webhooks.ts'
import { limits } from '../../../../shared/limits.ts'
import type { Act } from '../../../ports/acts.ts'
import type { Attempt, DueDelivery, Gathering, WebhookOutbox } from '../../../ports/webhooks.ts'
import { auditWriter } from '../audit/audit.ts'
import type { BrandDatabase } from '../database.ts'
import type { Vault } from '../secrets/vault.ts'
import { type Endpoint, endpointsOf, secretsOf, wants } from './endpoints.ts'
import { type Happening, payloadReader } from './payloads.ts'

/** So much is read at once; an event can bring 64 KB. */
const gatheredAtOnce = 200
/** After so many failures in a row one delivery at a time shows whether it is well again. */
const failuresUntilRest = 5
const longestRestMs = 300_000
const dayMs = 86_400_000

type Row = Omit<Happening, 'kind'> & { readonly kind: string }

/** The last of what is told of one thing in one way; events are each their own. */
function latest(rows: readonly Row[]): Happening[] {
  const known = new Map<string, Happening>()
  for (const row of rows) {
    const kind = noticeKindNames.find((one) => one === row.kind)
    if (kind === undefined) continue
    const key = `${kind} ${row.ref}`
    known.delete(key)
    known.set(key, { ...row, kind })
  }
  return [...known.values()]
}

function gatherer(db: BrandDatabase, endpoints: ReturnType<typeof endpointsOf>) {
  const { sqlite } = db
  const payloads = payloadReader(db)
  const next = sqlite.prepare<[number], Row>(
    `select seq, kind, customer_id as customerId, ref, at, detail from webhook_happenings order by seq limit ?`,
  )
  const taken = sqlite.prepare('delete from webhook_happenings where seq <= ?')
  const keep = sqlite.prepare(
    `insert into webhook_messages (id, kind, customer_id, event_name, body, made_at)
     values (@id, @kind, @customerId, @eventName, @body, @madeAt)`,
  )
  const deliver = sqlite.prepare(
    `insert into webhook_deliveries (message_id, endpoint_id, customer_id, state, due_at) values (?, ?, ?, ?, ?)`,
  )
  const stateFor = ({ off, inSandbox }: Endpoint, sandbox: boolean) => {
    if (off !== null) return null
    return sandbox && !inSandbox ? 'sandbox' : 'waiting'
  }

  const tell = (happening: Happening, data: object, to: readonly Endpoint[], given: Gathering): void => {
    const { kind, customerId } = happening
    const eventName = kind === 'event.received' && 'name' in data ? String(data.name) : null
    const wanting = to.filter((endpoint) => wants(endpoint, kind, eventName))
    if (wanting.length === 0) return
    const id = given.newId()
    const timestamp = new Date(happening.at === 0 ? given.now : happening.at).toISOString()
    const told = happening.at === 0 && 'at' in data && data.at === 0 ? { ...data, at: given.now } : data
    const body = JSON.stringify({ type: kind, timestamp, data: told })
    keep.run({ id, kind, customerId, eventName, body, madeAt: given.realNow })
    for (const endpoint of wanting) {
      const state = stateFor(endpoint, given.sandbox)
      if (state !== null)
        deliver.run(id, endpoint.id, customerId, state, state === 'waiting' ? given.realNow : null)
    }
  }
  return (given: Gathering): number => {
    const rows = next.all(gatheredAtOnce)
    const last = rows.at(-1)
    if (last === undefined) return 0
    const to = endpoints.list().filter(({ off }) => off !== 'asked')
    const happenings = latest(rows)
    const told = new Map<number, object>()
    for (const kind of new Set(happenings.map((one) => one.kind))) {
      const ones = happenings.filter((one) => one.kind === kind)
      const telling: (ones: readonly Happening[]) => ReadonlyMap<number, object> = payloads[kind]
      for (const [seq, data] of telling(ones)) told.set(seq, data)
    }
    for (const happening of happenings) {
      const data = told.get(happening.seq)
      if (data !== undefined) tell(happening, data, to, given)
    }
    taken.run(last.seq)
    return rows.length
  }
}

function settler(db: BrandDatabase, endpoints: ReturnType<typeof endpointsOf>) {
  const { sqlite } = db
  const audit = auditWriter(db)
  const attempts = sqlite
    .prepare<[number], number>('select attempts from webhook_deliveries where id = ?')
    .pluck()
  const write = sqlite.prepare(
    `update webhook_deliveries set state = @state, attempts = @attempts, due_at = @dueAt, last_at = @now, status = @status,
       error = @error, answer = @answer, ms = @ms where id = @id`,
  )
  const well = sqlite.prepare(
    `update webhook_endpoints set failing_since = null, failures = 0, rest_until = null, last_at = ?, last_status = ? where id = ?`,
  )
  const ill = sqlite.prepare(
    `update webhook_endpoints set failing_since = @since, failures = @failures, rest_until = @restUntil, last_at = @now,
       last_status = @status, off = @off, off_at = @offAt where id = @id`,
  )
  /** The id of somebody who was erased is not kept longer than it takes to tell of them. */
  const forget = sqlite.prepare(
    `update webhook_messages set body = '' where id = @id and kind = 'customer.erased'
       and not exists (select 1 from webhook_deliveries d where d.message_id = @id and d.state = 'waiting')`,
  )
  const fail = (act: Act, endpoint: Endpoint, { end, status }: Attempt): void => {
    const now = act.realAt
    const since = endpoint.failingSince ?? now
    const failures = endpoint.failures + 1
    const rest = failures < failuresUntilRest ? null : 5000 * 2 ** Math.min(failures - failuresUntilRest, 10)
    const worn = now - since >= limits.webhookPatience.value * dayMs
    const off = endpoint.off ?? (end === 'gone' ? 'gone' : worn ? 'failing' : null)
    ill.run({
      ...{ id: endpoint.id, since, failures, now, status, off },
      restUntil: rest === null ? null : now + Math.min(rest, longestRestMs),
      offAt: off === null ? null : (endpoint.offAt ?? now),
    })
    if (off !== null && endpoint.off === null)
      audit(act, 'webhook.failed', endpoint.id, { what: endpoint.name, state: off })
  }
  return (act: Act, ended: readonly Attempt[]): void => {
    const now = act.realAt
    for (const attempt of ended) {
      const { delivery, end, status, error, answer, ms, afterMs } = attempt
      const before = attempts.get(delivery.id)
      // It went with an endpoint that was removed, or with somebody who was erased.
      if (before === undefined) continue
      const made = before + 1
      const wait = end === 'failed' ? retryAfterSeconds[made - 1] : undefined
      const again = wait === undefined ? null : now + Math.max(wait * 1000, afterMs ?? 0)
      const state = end === 'taken' ? 'delivered' : again === null ? 'failed' : 'waiting'
      write.run({ id: delivery.id, attempts: made, dueAt: again, now, state, status, error, answer, ms })
      const endpoint = endpoints.find(delivery.endpointId)
      if (end === 'taken') well.run(now, status, delivery.endpointId)
      else if (endpoint !== null) fail(act, endpoint, attempt)
      forget.run({ id: delivery.messageId })
    }
  }
}

/** What the relay works with, over one brand's database. */
export function webhookOutbox(db: BrandDatabase, vault: Vault): WebhookOutbox {
  const { sqlite } = db
  const endpoints = endpointsOf(db)
  const gather = sqlite.transaction(gatherer(db, endpoints))
  const settle = sqlite.transaction(settler(db, endpoints))
  const fit = sqlite.transaction(() => endpoints.fit())
  const waiting = sqlite.prepare<[string, number, number], Pick<DueDelivery, 'id' | 'messageId' | 'body'>>(
    `select d.id, d.message_id as messageId, m.body from webhook_deliveries d
     join webhook_messages m on m.id = d.message_id
     where d.endpoint_id = ? and d.due_at <= ? order by d.due_at, d.id limit ?`,
  )
  const off = sqlite
    .prepare<[], string>(
      `select name from webhook_endpoints where off in ('failing', 'gone', 'restored') order by off_at`,
    )
    .pluck()

  const dueTo = (
    endpoint: Endpoint,
    now: number,
    inHand: readonly Pick<DueDelivery, 'id' | 'endpointId'>[],
  ): DueDelivery[] => {
    const { id: endpointId, url, allowPrivate, failures, restUntil } = endpoint
    const theirs = new Set(inHand.flatMap((one) => (one.endpointId === endpointId ? [one.id] : [])))
    const room = (failures < failuresUntilRest ? limits.webhooksAtOnce.value : 1) - theirs.size
    if (endpoint.off !== null || room <= 0 || (restUntil !== null && restUntil > now)) return []
    const secrets = secretsOf(vault, endpoint, now)
    if (secrets.length === 0) return []
    return waiting
      .all(endpointId, now, room + theirs.size)
      .filter(({ id }) => !theirs.has(id))
      .slice(0, room)
      .map((row) => ({ ...row, endpointId, url, allowPrivate, secrets }))
  }
  return {
    fit: async () => {
      fit.immediate()
    },
    gather: async (gathering) => (endpoints.any() ? gather.immediate(gathering) : 0),
    due: async (now, inHand) => endpoints.list().flatMap((endpoint) => dueTo(endpoint, now, inHand)),
    settle: async (act, attempts) => settle.immediate(act, attempts),
    offByItself: async () => off.all(),
  }
}
