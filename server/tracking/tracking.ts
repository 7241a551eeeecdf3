import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { propertiesFault } from '../../shared/api/properties.ts'
import { type Collected, collectedProperties, type TrackingKey } from '../../shared/api/tracking.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { orderEvent, refundEvent } from '../../shared/conditions/purchases.ts'
import { isReceipt } from '../../shared/conditions/receipts.ts'
import { couponEvents } from '../../shared/coupons/events.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import { referralEvents } from '../../shared/referrals/events.ts'
import { attachIdentifier, type PersonDesk } from '../persons/persons.ts'
import type { IncomingEvent, TakenEvents } from '../ports/events.ts'
import type { VisitorEvent } from '../ports/tracking.ts'

export interface TrackingDesk extends PersonDesk {
  ingest(events: readonly IncomingEvent[]): Promise<TakenEvents>
}

/** Whatever a page says, no purchase, refund or report of a provider was ever made by a browser. */
const reserved: ReadonlySet<string> = new Set([
  orderEvent,
  refundEvent,
  ...Object.values(couponEvents),
  ...Object.values(referralEvents),
])
const weekMs = 7 * 86_400_000
const minuteMs = 60_000

const script: Actor = { kind: 'key', id: 'track.js', via: 'api' }

/** The secret by which a shop's own server signs who is logged in; it is kept nowhere. */
export const secretOf = (linkSecret: string, key: string): string =>
  createHmac('sha256', linkSecret).update(`identify:${key}`).digest('hex')

function isRight(secret: string, signed: string, signature: string): boolean {
  const right = Buffer.from(createHmac('sha256', secret).update(signed).digest('hex'))
  const given = Buffer.from(signature.toLowerCase())
  return right.length === given.length && timingSafeEqual(right, given)
}

/** With the time at which it was signed, in seconds, which is signed before the id. */
const timed = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/i

/** A signature holds as long as it says; one without a time, as shops made them at first, holds for good. */
function heldOf(secret: string, id: string, signature: string, realNow: number): 'holds' | 'wrong' | 'old' {
  const [, at, own] = timed.exec(signature) ?? []
  if (at === undefined || own === undefined) return isRight(secret, id, signature) ? 'holds' : 'wrong'
  if (!isRight(secret, `${at}.${id}`, own)) return 'wrong'
  const age = Math.abs(realNow - Number(at) * 1000)
  return age <= limits.signatureAge.value * minuteMs ? 'holds' : 'old'
}

const isTooMuch = (properties: Collected['events'][number]['properties']): boolean =>
  propertiesFault(properties) !== null || JSON.stringify(properties).length > limits.visitSize.value

function eventsOf({ events }: Collected, now: number): VisitorEvent[] {
  return events.flatMap(({ id, name, ago, properties }) => {
    const refused = reserved.has(name) || isReceipt(name) || isTooMuch(properties)
    const at = now - Math.min(Math.round(ago), weekMs)
    return refused ? [] : [{ id, name, at, properties: collectedProperties(properties) }]
  })
}

/** Who is logged in, as the shop's server has signed it; null: of them nobody knows yet, and their visits wait like anybody's. */
async function signedOf({ stores }: TrackingDesk, id: string): Promise<string | null> {
  const customerId = await stores.persons.current(id)
  return (await stores.customers.firstUnknown([customerId])) === null ? customerId : null
}

/**
 * Takes in what a page of the key's sites tells. It is answered nothing, whoever asks; who the visitor is it is believed
 * only by a signature of the shop's own server. Problems `signature-wrong`, and `signature-old` once what it tells
 * besides has been taken as a visitor's.
 */
export async function collect(
  desk: TrackingDesk,
  key: TrackingKey,
  told: Collected,
  linkSecret: string,
): Promise<void> {
  const { visitor, identify } = told
  const { persons, tracking } = desk.stores
  const device = { kind: 'device', scope: '', value: visitor } as const
  const { realAt } = desk.act(script)
  const secret = secretOf(linkSecret, key.id)
  const held = identify === undefined ? 'old' : heldOf(secret, identify.id, identify.signature, realAt)
  if (held === 'wrong') throw new Problem('signature-wrong')
  const signed = identify === undefined || held === 'old' ? null : await signedOf(desk, identify.id)
  const [before = 'unknown'] = await persons.find([device])
  const known = typeof before === 'string' ? null : before.id
  if (signed !== null && signed !== known)
    await attachIdentifier(desk, script, { ...device, customerId: signed, verified: true, source: 'script' })
  const events = eventsOf(told, desk.now())
  // What was signed is believed before what the device was known by.
  const customerId = signed ?? known
  if (events.length > 0 && customerId === null) await tracking.keep(visitor, key.id, events, realAt)
  else if (events.length > 0 && customerId !== null)
    await desk.ingest(events.map((event) => ({ customerId, event: { ...event, amount: null } })))
  if (identify !== undefined && held === 'old')
    throw new Problem('signature-old', { minutes: limits.signatureAge.value })
}

export const newTrackingKey = (): string => `mgt_${randomBytes(12).toString('base64url')}`
