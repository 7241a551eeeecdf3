import { z } from 'zod'
import {
  noticeKindNames,
  offReason,
  type Webhook,
  type WebhookSave,
  webhook,
} from '../../../../shared/api/webhooks.ts'
import { engineActor } from '../../../../shared/audit/actor.ts'
import { isReceipt } from '../../../../shared/conditions/receipts.ts'
import type { BrandDatabase } from '../database.ts'
import type { Vault } from '../secrets/vault.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { fitTriggers } from './triggers.ts'

interface Row {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly kinds: string
  readonly events: string | null
  readonly allowPrivate: number
  readonly inSandbox: number
  readonly off: string | null
  readonly offAt: number | null
  readonly failingSince: number | null
  readonly failures: number
  readonly restUntil: number | null
  readonly lastAt: number | null
  readonly lastStatus: number | null
  readonly oldSecretUntil: number | null
  readonly madeAt: number
  readonly madeBy: string
}

/** An endpoint as it is kept, what is JSON being read. */
export type Endpoint = Omit<Webhook, 'waiting' | 'secretReady'> & {
  readonly failures: number
  readonly restUntil: number | null
}

const columns = `id, name, url, kinds, events, allow_private as allowPrivate, in_sandbox as inSandbox, off, off_at as offAt,
  failing_since as failingSince, failures, rest_until as restUntil, last_at as lastAt, last_status as lastStatus,
  old_secret_until as oldSecretUntil, made_at as madeAt, made_by as madeBy`

// A kind that another release knows is left out: nobody here can tell of it.
const kept = z.array(z.string()).transform((names) => noticeKindNames.filter((kind) => names.includes(kind)))
const eventNames = z.array(z.string())

function endpointOf({ kinds, events, allowPrivate, inSandbox, off, madeBy, ...row }: Row): Endpoint {
  return {
    ...row,
    kinds: valueOr(readColumn(kinds, kept), []),
    // Names that cannot be read mean none, not all.
    events: events === null ? null : valueOr(readColumn(events, eventNames), []),
    allowPrivate: allowPrivate === 1,
    inSandbox: inSandbox === 1,
    off: off === null ? null : (offReason.safeParse(off).data ?? 'asked'),
    madeBy: valueOr(readColumn(madeBy, webhook.shape.madeBy), engineActor),
  }
}

export const currentSecret = (id: string) => `webhook.${id}`
export const formerSecret = (id: string) => `webhook.${id}.former`

/** By which a delivery is signed, the newest first; none where no key is here that opens them. */
export function secretsOf(vault: Vault, { id, oldSecretUntil }: Endpoint, now: number): string[] {
  const names = [
    currentSecret(id),
    ...(oldSecretUntil !== null && oldSecretUntil > now ? [formerSecret(id)] : []),
  ]
  return names.map((name) => vault.read(name, null)).filter((secret) => secret !== null)
}

/** Whether an endpoint is to be told of it. */
export function wants(
  { kinds, events }: Pick<Endpoint, 'kinds' | 'events'>,
  kind: string,
  eventName: string | null,
): boolean {
  if (!kinds.some((one) => one === kind)) return false
  if (eventName === null) return true
  // What became of a message is told by kinds of its own.
  return events === null ? !isReceipt(eventName) : events.includes(eventName)
}

/** The endpoints of one brand's database. */
export function endpointsOf({ sqlite }: Pick<BrandDatabase, 'sqlite'>) {
  const all = sqlite.prepare<[], Row>(`select ${columns} from webhook_endpoints order by made_at, rowid`)
  const byId = sqlite.prepare<[string], Row>(`select ${columns} from webhook_endpoints where id = ?`)
  const any = sqlite.prepare<[], 1>('select 1 from webhook_endpoints limit 1').pluck()
  return {
    any: () => any.get() === 1,
    list: () => all.all().map(endpointOf),
    find(id: string): Endpoint | null {
      const row = byId.get(id)
      return row === undefined ? null : endpointOf(row)
    },
    /** Has noted what somebody wants to know; also while an endpoint has failed, for what is sent again later. */
    fit(): void {
      const noting = all
        .all()
        .map(endpointOf)
        .filter(({ off }) => off !== 'asked')
      const ofEvents = noting.filter(({ kinds }) => kinds.includes('event.received'))
      const named = ofEvents.some(({ events }) => events === null)
        ? null
        : [...new Set(ofEvents.flatMap(({ events }) => events ?? []))].sort()
      fitTriggers({ sqlite }, { kinds: new Set(noting.flatMap(({ kinds }) => kinds)), events: named })
    },
  }
}

/** A saved endpoint as its row. */
export const rowOf = ({ name, url, kinds, events, allowPrivate, inSandbox }: WebhookSave) => ({
  name,
  url,
  kinds: JSON.stringify([...new Set(kinds)]),
  events: events === null ? null : JSON.stringify([...new Set(events)]),
  allowPrivate: allowPrivate ? 1 : 0,
  inSandbox: inSandbox ? 1 : 0,
})

/** Notes that customers are being erased, where somebody wants to know; within the caller's transaction. `ids`: as JSON. */
export function noteErased(sqlite: BrandDatabase['sqlite'], ids: string): void {
  sqlite
    .prepare(
      `insert into webhook_happenings (kind, customer_id, ref, at)
       select 'customer.erased', null, id, 0 from customers where id in (select value from json_each(@ids))
         and exists (select 1 from webhook_endpoints e, json_each(e.kinds) k
           where k.value = 'customer.erased' and e.off is not 'asked')`,
    )
    .run({ ids })
}

/** Nothing is told by a brand that comes from a backup or a copy until somebody says so. */
export function restAfterRestore({ sqlite }: Pick<BrandDatabase, 'sqlite'>, now: number): void {
  sqlite.prepare(`update webhook_endpoints set off = 'restored', off_at = ? where off is null`).run(now)
}
