import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { propertiesFault } from '../../shared/api/properties.ts'
import { type Collected, collectedProperties, type TrackingKey } from '../../shared/api/tracking.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { orderEvent, refundEvent } from '../../shared/conditions/purchases.ts'
import { isReceipt } from '../../shared/conditions/receipts.ts'
import { Problem } from '../../shared/errors/index.ts'
import { attachIdentifier, type PersonDesk } from '../persons/persons.ts'
import type { IncomingEvent, TakenEvents } from '../ports/events.ts'
import type { VisitorEvent } from '../ports/tracking.ts'

export interface TrackingDesk extends PersonDesk {
  ingest(events: readonly IncomingEvent[]): Promise<TakenEvents>
}

/** Whatever a page says, no purchase, refund or report of a provider was ever made by a browser. */
const reserved: ReadonlySet<string> = new Set([orderEvent, refundEvent, 'coupon_redeemed', 'coupon_refused'])
const weekMs = 7 * 86_400_000

const script: Actor = { kind: 'key', id: 'track.js', via: 'api' }

/** The secret by which a shop's own server signs who is logged in; it is kept nowhere. */
export const secretOf = (linkSecret: string, key: string): string =>
  createHmac('sha256', linkSecret).update(`identify:${key}`).digest('hex')

function isSigned(secret: string, id: string, signature: string): boolean {
  const right = Buffer.from(createHmac('sha256', secret).update(id).digest('hex'))
  const given = Buffer.from(signature.toLowerCase())
  return right.length === given.length && timingSafeEqual(right, given)
}

function eventsOf({ events }: Collected, now: number): VisitorEvent[] {
  return events.flatMap(({ id, name, ago, properties }) => {
    const refused = reserved.has(name) || isReceipt(name) || propertiesFault(properties) !== null
    const at = now - Math.min(Math.round(ago), weekMs)
    return refused ? [] : [{ id, name, at, properties: collectedProperties(properties) }]
  })
}

export interface Collecting {
  readonly origin: string | undefined
  readonly linkSecret: string
}

/**
 * Takes in what a web page tells. It is answered nothing, whoever asks; who the visitor is it is believed only by a
 * signature of the shop's own server. Problems `tracking-refused`, `signature-wrong`.
 */
export async function collect(
  desk: TrackingDesk,
  key: TrackingKey,
  told: Collected,
  { origin, linkSecret }: Collecting,
): Promise<void> {
  if (origin === undefined || !key.origins.includes(origin)) throw new Problem('tracking-refused')
  const { visitor, identify } = told
  const { persons, tracking } = desk.stores
  const device = { kind: 'device', scope: '', value: visitor } as const
  if (identify !== undefined) {
    const { id, signature } = identify
    if (!isSigned(secretOf(linkSecret, key.id), id, signature)) throw new Problem('signature-wrong')
    const customerId = await persons.current(id)
    // Of whom nobody knows yet the visits wait, like anybody's.
    if ((await desk.stores.customers.firstUnknown([customerId])) === null)
      await attachIdentifier(desk, script, { ...device, customerId, verified: true, source: 'script' })
  }
  const events = eventsOf(told, desk.now())
  if (events.length === 0) return
  const [found = 'unknown'] = await persons.find([device])
  if (typeof found === 'string') await tracking.keep(visitor, key.id, events, desk.now())
  else await desk.ingest(events.map((event) => ({ customerId: found.id, event: { ...event, amount: null } })))
}

export const newTrackingKey = (): string => `mgt_${randomBytes(12).toString('base64url')}`
