import { type Delivery, deliveryState, testKind, type Webhook } from '../../../../shared/api/webhooks.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import type { WebhookStore } from '../../../ports/webhooks.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import type { Vault } from '../secrets/vault.ts'
import { currentSecret, type Endpoint, endpointsOf, formerSecret, rowOf, wants } from './endpoints.ts'

type DeliveryRow = Omit<Delivery, 'state'> & { readonly state: string }

const columns = `d.id, d.message_id as messageId, m.kind, d.customer_id as customerId, d.state, d.attempts,
  m.made_at as madeAt, d.last_at as lastAt, d.due_at as dueAt, d.status, d.error, d.ms`
const tables = 'webhook_deliveries d join webhook_messages m on m.id = d.message_id'

const deliveryOf = <Row extends DeliveryRow>(row: Row) => ({
  ...row,
  state: deliveryState.safeParse(row.state).data ?? ('failed' as const),
})

/** Where nothing would leave, whoever asks for something to be sent is told so. */
function requireSending({ off, name, inSandbox }: Endpoint, sandbox: boolean): void {
  if (off !== null) throw new Problem('webhook-off', { name })
  if (sandbox && !inSandbox) throw new Problem('webhook-sandbox', { name })
}

function statements({ sqlite }: BrandDatabase) {
  return {
    count: sqlite.prepare<[], number>('select count(*) from webhook_endpoints').pluck(),
    waiting: sqlite
      .prepare<[string], number>(
        `select count(*) from webhook_deliveries where endpoint_id = ? and due_at is not null`,
      )
      .pluck(),
    add: sqlite.prepare(
      `insert into webhook_endpoints (id, name, url, kinds, events, allow_private, in_sandbox, off, off_at, made_at, made_by)
       values (@id, @name, @url, @kinds, @events, @allowPrivate, @inSandbox, @off, @offAt, @madeAt, @madeBy)`,
    ),
    save: sqlite.prepare(
      `update webhook_endpoints set name = @name, url = @url, kinds = @kinds, events = @events,
         allow_private = @allowPrivate, in_sandbox = @inSandbox, off = @off, off_at = @offAt,
         failing_since = case when @fresh then null else failing_since end,
         failures = case when @fresh then 0 else failures end,
         rest_until = case when @fresh then null else rest_until end where id = @id`,
    ),
    remove: sqlite.prepare('delete from webhook_endpoints where id = ?'),
    removeDeliveries: sqlite.prepare('delete from webhook_deliveries where endpoint_id = ?'),
    oldUntil: sqlite.prepare('update webhook_endpoints set old_secret_until = ? where id = ?'),
    one: sqlite.prepare<[string, number], DeliveryRow & { body: string; answer: string | null }>(
      `select ${columns}, m.body, d.answer from ${tables} where d.endpoint_id = ? and d.id = ?`,
    ),
    page: sqlite.prepare<
      { endpoint: string; state: string | null; before: number | null; limit: number },
      DeliveryRow
    >(
      `select ${columns} from ${tables} where d.endpoint_id = @endpoint and (@state is null or d.state = @state)
         and (@before is null or d.id < @before) order by d.id desc limit @limit`,
    ),
    addMessage: sqlite.prepare(
      `insert into webhook_messages (id, kind, body, made_at) values (@id, @kind, @body, @madeAt)`,
    ),
    addDelivery: sqlite.prepare(
      `insert into webhook_deliveries (message_id, endpoint_id, state, due_at) values (@id, @endpoint, 'waiting', @at)`,
    ),
    again: sqlite.prepare(
      `update webhook_deliveries set state = 'waiting', attempts = 0, due_at = ? where id = ?`,
    ),
    since: sqlite.prepare<
      [number],
      { id: string; kind: string; eventName: string | null; customerId: string | null }
    >(
      `select id, kind, event_name as eventName, customer_id as customerId from webhook_messages
       where made_at >= ? and body <> '' order by made_at, rowid`,
    ),
    replay: sqlite.prepare(
      `insert into webhook_deliveries (message_id, endpoint_id, customer_id, state, due_at)
       values (@id, @endpoint, @customerId, 'waiting', @at)
       on conflict (message_id, endpoint_id) do update set state = 'waiting', attempts = 0, due_at = @at`,
    ),
  }
}

/** The endpoints of one brand's database, and what they were sent. */
export function webhookStore(db: BrandDatabase, vault: Vault): WebhookStore {
  const run = statements(db)
  const change = changer(db)
  const endpoints = endpointsOf(db)
  const known = (id: string): Endpoint => {
    const endpoint = endpoints.find(id)
    if (endpoint === null) throw new Problem('not-found', { what: id }, 'webhook')
    return endpoint
  }
  const answerOf = ({ failures: _failures, restUntil: _restUntil, ...endpoint }: Endpoint): Webhook => ({
    ...endpoint,
    waiting: run.waiting.get(endpoint.id) ?? 0,
    secretReady: vault.read(currentSecret(endpoint.id), null) !== null,
  })
  const found = (id: string, delivery: number) => {
    const row = run.one.get(known(id).id, delivery)
    if (row === undefined) throw new Problem('not-found', { what: String(delivery) }, 'delivery')
    return deliveryOf(row)
  }
  const summary = (id: string, delivery: number): Delivery => {
    const { body: _body, answer: _answer, ...rest } = found(id, delivery)
    return rest
  }
  /** What an endpoint wants of all that was noticed since. */
  const wantedSince = (endpoint: Endpoint, since: number) => {
    const most = limits.webhookReplay.value
    const wanted = []
    for (const one of run.since.iterate(since)) {
      if (!wants(endpoint, one.kind, one.eventName)) continue
      wanted.push(one)
      if (wanted.length > most) throw new Problem('webhook-replay-too-many', { limit: most }, 'since')
    }
    return wanted
  }
  return {
    list: async () => endpoints.list().map(answerOf),
    make: async (act, { id, secret, on, ...saved }) =>
      change(
        act,
        () => {
          const most = limits.webhooks.value
          if ((run.count.get() ?? 0) >= most) throw new Problem('webhooks-too-many', { limit: most })
          const off = on ? { off: null, offAt: null } : { off: 'asked', offAt: act.realAt }
          const made = { madeAt: act.realAt, madeBy: JSON.stringify(act.actor) }
          run.add.run({ id, ...rowOf({ ...saved, on }), ...off, ...made })
          vault.write(currentSecret(id), null, secret)
          endpoints.fit()
          return answerOf(known(id))
        },
        () => ({ action: 'webhook.made', id, detail: { what: saved.name } }),
      ),
    change: async (act, id, saved) =>
      change(
        act,
        () => {
          const before = known(id)
          const off = saved.on ? null : before.off === null ? 'asked' : before.off
          run.save.run({
            ...{ id, off, offAt: off === null ? null : (before.offAt ?? act.realAt) },
            ...rowOf(saved),
            // Another address, or one that is switched on again, has not failed yet.
            fresh: saved.url !== before.url || (saved.on && before.off !== null) ? 1 : 0,
          })
          endpoints.fit()
          return answerOf(known(id))
        },
        () => ({ action: 'webhook.changed', id, detail: { what: saved.name } }),
      ),
    remove: async (act, id) =>
      void change(
        act,
        () => {
          const { name } = known(id)
          run.removeDeliveries.run(id)
          run.remove.run(id)
          vault.remove(currentSecret(id))
          vault.remove(formerSecret(id))
          endpoints.fit()
          return name
        },
        (name) => ({ action: 'webhook.removed', id, detail: { what: name } }),
      ),
    renewSecret: async (act, id, secret, oldUntil) =>
      change(
        act,
        () => {
          known(id)
          const before = vault.read(currentSecret(id), null)
          if (before === null) vault.remove(formerSecret(id))
          else vault.write(formerSecret(id), null, before)
          vault.write(currentSecret(id), null, secret)
          run.oldUntil.run(before === null ? null : oldUntil, id)
          return answerOf(known(id))
        },
        ({ name }) => ({ action: 'webhook.secret_renewed', id, detail: { what: name } }),
      ),
    test: async (act, id, { id: noticeId, body, sandbox }) =>
      change(
        act,
        () => {
          requireSending(known(id), sandbox)
          run.addMessage.run({ id: noticeId, kind: testKind, body, madeAt: act.realAt })
          const { lastInsertRowid } = run.addDelivery.run({ id: noticeId, endpoint: id, at: act.realAt })
          return summary(id, Number(lastInsertRowid))
        },
        () => ({ action: 'webhook.tested', id, detail: { what: known(id).name } }),
      ),
    resend: async (act, id, delivery, sandbox) =>
      change(
        act,
        () => {
          requireSending(known(id), sandbox)
          if (found(id, delivery).body === '') throw new Problem('webhook-told', {}, 'delivery')
          run.again.run(act.realAt, delivery)
          return summary(id, delivery)
        },
        () => ({ action: 'webhook.resent', id, detail: { what: known(id).name, count: 1 } }),
      ),
    replay: async (act, id, since, sandbox) =>
      change(
        act,
        () => {
          const endpoint = known(id)
          requireSending(endpoint, sandbox)
          const wanted = wantedSince(endpoint, since)
          for (const { id: message, customerId } of wanted)
            run.replay.run({ id: message, endpoint: id, customerId, at: act.realAt })
          return wanted.length
        },
        (count) => ({ action: 'webhook.resent', id, detail: { what: known(id).name, count } }),
      ),
    async deliveries(id, { state = null, before = null, limit }) {
      const rows = run.page.all({ endpoint: known(id).id, state, before, limit: limit + 1 })
      const shown = rows.slice(0, limit).map(deliveryOf)
      return { deliveries: shown, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
    },
    delivery: async (id, delivery) => ({ ...found(id, delivery), url: known(id).url }),
  }
}
