import { randomBytes, randomUUID } from 'node:crypto'
import type { z } from 'zod'
import {
  type Delivery,
  type DeliveryList,
  type deliveryAnswer,
  type deliveryQuery,
  type replayAnswer,
  type replayRequest,
  testKind,
  type Webhook,
  type WebhookMade,
  type WebhookSave,
  type webhookList,
} from '../../shared/api/webhooks.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { limits } from '../../shared/limits.ts'
import type { Desk } from '../ports/desk.ts'

/** As many bytes as the specification recommends at the least for a secret of HMAC-SHA256. */
const secretBytes = 32
const newSecret = () => `whsec_${randomBytes(secretBytes).toString('base64')}`
const hourMs = 3_600_000

export async function listWebhooks({ stores }: Desk): Promise<z.output<typeof webhookList>> {
  return { webhooks: await stores.webhooks.list() }
}

/** Makes an endpoint and tells its secret, this once. Problem `webhooks-too-many`. */
export async function makeWebhook(desk: Desk, actor: Actor, saved: WebhookSave): Promise<WebhookMade> {
  const secret = newSecret()
  const webhook = await desk.stores.webhooks.make(desk.act(actor), { ...saved, id: randomUUID(), secret })
  return { webhook, secret }
}

/** Problem `not-found`. */
export function changeWebhook(desk: Desk, actor: Actor, id: string, saved: WebhookSave): Promise<Webhook> {
  return desk.stores.webhooks.change(desk.act(actor), id, saved)
}

/** Problem `not-found`. */
export function removeWebhook(desk: Desk, actor: Actor, id: string): Promise<void> {
  return desk.stores.webhooks.remove(desk.act(actor), id)
}

/** Gives it another secret, told this once; the former one signs beside it for a day. Problem `not-found`. */
export async function renewSecret(desk: Desk, actor: Actor, id: string): Promise<WebhookMade> {
  const secret = newSecret()
  const act = desk.act(actor)
  const until = act.realAt + limits.webhookOldSecret.value * hourMs
  return { webhook: await desk.stores.webhooks.renewSecret(act, id, secret, until), secret }
}

/** Sends a notice that tells of nothing. Problem `not-found`, `webhook-off`, `webhook-sandbox`. */
export function testWebhook(desk: Desk, actor: Actor, id: string): Promise<Delivery> {
  const act = desk.act(actor)
  const data = { webhookId: id, text: 'A test by Magpie' }
  const body = JSON.stringify({ type: testKind, timestamp: new Date(act.at).toISOString(), data })
  return desk.stores.webhooks.test(act, id, { id: noticeId(), body, sandbox: desk.sandbox })
}

/** Problem `not-found`, `webhook-off`, `webhook-sandbox`. */
export function resendDelivery(desk: Desk, actor: Actor, id: string, delivery: number): Promise<Delivery> {
  return desk.stores.webhooks.resend(desk.act(actor), id, delivery, desk.sandbox)
}

/** Problem `not-found`, `webhook-off`, `webhook-sandbox`, `webhook-replay-too-many`. */
export async function replayWebhook(
  desk: Desk,
  actor: Actor,
  id: string,
  { since }: z.output<typeof replayRequest>,
): Promise<z.output<typeof replayAnswer>> {
  return { count: await desk.stores.webhooks.replay(desk.act(actor), id, since, desk.sandbox) }
}

/** Problem `not-found`. */
export function listDeliveries(
  { stores }: Desk,
  id: string,
  query: z.output<typeof deliveryQuery>,
): Promise<DeliveryList> {
  return stores.webhooks.deliveries(id, query)
}

/** Problem `not-found`. */
export function readDelivery(
  { stores }: Desk,
  id: string,
  delivery: number,
): Promise<z.output<typeof deliveryAnswer>> {
  return stores.webhooks.delivery(id, delivery)
}

/** The webhook-id of a notice. */
export const noticeId = () => `msg_${randomUUID().replaceAll('-', '')}`
