import { createHmac } from 'node:crypto'
import { canonicalIdentifier, readIdentifier } from '../../shared/api/identified.ts'
import type { JoinAnswer, JoinRequest } from '../../shared/api/referrals.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { localDate } from '../../shared/calendar/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { inBoth } from '../../shared/errors/say.ts'
import { isOpen } from '../../shared/referrals/definition.ts'
import type { Desk } from '../ports/desk.ts'
import type { TakeRecords } from '../ports/records.ts'
import type { OpenedLink } from '../ports/referrals.ts'

/** What keeps whom nobody knew works with. */
export interface JoinDesk extends Desk {
  readonly take: TakeRecords
}

/**
 * The id of somebody who is kept because of an invitation: the same however often the same number is left, so that a
 * call that was cut off between keeping and binding is made good by the next.
 */
function newIdOf(desk: JoinDesk, { referral }: OpenedLink, phone: string, secret: string): string {
  const of = `referral:${desk.id}:${referral.key}:${phone}`
  return `ref_${createHmac('sha256', secret).update(of).digest('base64url').slice(0, 22)}`
}

export interface LeftPhone {
  readonly link: OpenedLink
  readonly phone: string
  /** The installation's secret. */
  readonly secret: string
}

/**
 * Binds whoever leaves a phone to whose link it is, and keeps whom nobody knew with the consent that was given. Of somebody
 * who is known nothing is changed by a page that anybody may open. Problems `not-an-address`, `referral-over`,
 * `identifier-shared`.
 */
export async function joinByPhone(desk: JoinDesk, { link, phone, secret }: LeftPhone): Promise<JoinAnswer> {
  const identifier = canonicalIdentifier({ kind: 'phone', scope: '', value: phone })
  if (!isOpen(link.referral, localDate(desk.now(), desk.brand().zone)))
    throw new Problem('referral-over', { referral: link.referral.key }, 'code')
  const [found = 'unknown'] = await desk.stores.persons.find([identifier])
  if (found === 'shared')
    throw new Problem('identifier-shared', { kind: identifier.kind, hint: identifier.value }, 'phone')
  const newId = newIdOf(desk, link, identifier.value, secret)
  const customerId = found === 'unknown' ? newId : found.id
  const act = desk.act({ kind: 'customer', id: customerId, via: 'link' })
  if (found === 'unknown') {
    const value = { id: newId, phone: identifier.value, consent_sms: true, referral: link.referral.key }
    const batch = {
      kind: 'customers',
      mode: 'merge',
      call: null,
      act,
      records: [{ line: 1, value }],
    } as const
    const [kept] = await desk.take(batch)
    if (kept === undefined) throw new Error('a row without a result')
    if (kept.status === 'refused')
      throw new Problem('record-refused', inBoth('reason', kept.message), kept.place)
  }
  const joining = { code: link.code, customerId, isNew: customerId === newId }
  const answer = await desk.stores.referrals.join(act, joining)
  await desk.stir()
  return answer
}

/** Who is named by an id, or by any identifier. Problems `unknown-customer`, and why an identifier can be none. */
async function invitedOf(desk: Desk, { customerId, by }: JoinRequest): Promise<string> {
  if (customerId !== undefined) {
    const current = await desk.stores.persons.current(customerId)
    if ((await desk.stores.customers.firstUnknown([current])) !== null)
      throw new Problem('unknown-customer', { customer: customerId }, 'customerId')
    return current
  }
  const read = by === undefined ? undefined : readIdentifier(by)
  if (read === undefined) throw new Problem('invalid-request', { detail: 'by' }, 'by')
  if (read instanceof Problem) throw read
  const [found = 'unknown'] = await desk.stores.persons.find([read])
  if (typeof found === 'string') throw new Problem('unknown-customer', { customer: read.value }, 'by')
  return found.id
}

/** The same as a shop's own server tells of it, where somebody has registered with it. Problems of ReferralStore.join too. */
export async function joinByCall(desk: Desk, actor: Actor, request: JoinRequest): Promise<JoinAnswer> {
  const customerId = await invitedOf(desk, request)
  const joining = { code: request.code, customerId, isNew: request.isNew }
  const answer = await desk.stores.referrals.join(desk.act(actor), joining)
  await desk.stir()
  return answer
}
