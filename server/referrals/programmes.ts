import type {
  Invitation,
  Invitations,
  KeptReferral,
  PersonalLink,
  ReferralReport,
  ReferralSave,
} from '../../shared/api/referrals.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { Desk } from '../ports/desk.ts'
import type { InvitationQuery } from '../ports/referrals.ts'

/** What the use cases of programmes work with. */
export interface ReferralDesk extends Desk {
  /** Has what has been saved said from the next message on. */
  reconfigure(what: 'brand'): Promise<void>
}

export async function listReferrals({ stores }: Desk): Promise<KeptReferral[]> {
  return [...(await stores.referrals.list())]
}

/** Problem `not-found`. */
export const readReferral = ({ stores }: Desk, key: string): Promise<KeptReferral> =>
  stores.referrals.get(key)

/** Problems of ReferralStore.save. */
export async function saveReferral(
  desk: ReferralDesk,
  actor: Actor,
  { key, saving }: { readonly key: string; readonly saving: ReferralSave },
): Promise<KeptReferral> {
  if (saving.referral.key !== key)
    throw new Problem('invalid-request', { detail: `key: ${key}` }, 'referral.key')
  await desk.stores.referrals.save(desk.act(actor), saving)
  await desk.reconfigure('brand')
  return readReferral(desk, key)
}

/** Problems `not-found`, `referral-begun`. */
export async function removeReferral(desk: ReferralDesk, actor: Actor, key: string): Promise<void> {
  await desk.stores.referrals.remove(desk.act(actor), key)
  await desk.reconfigure('brand')
}

/** Problem `not-found`. */
export const listInvitations = ({ stores }: Desk, query: InvitationQuery): Promise<Invitations> =>
  stores.referrals.invitations(query)

/** Problem `not-found`. */
export const reportOf = ({ stores }: Desk, key: string): Promise<ReferralReport> =>
  stores.referrals.report(key)

/** Says of an invitation that was held whether it counts. Problems `not-found`, `referral-decided`. */
export async function decideInvitation(
  desk: Desk,
  actor: Actor,
  decision: { readonly key: string; readonly id: string; readonly accept: boolean },
): Promise<Invitation> {
  const decided = await desk.stores.referrals.decide(desk.act(actor), decision)
  await desk.stir()
  return decided
}

export const pageAt = (base: string, code: string): string => `${base}/r/${code}`

/** The link of one customer, made where there is none yet. Problems `not-found`, `unknown-customer`. */
export async function linkOf(
  desk: Desk,
  { key, customerId, base }: { readonly key: string; readonly customerId: string; readonly base: string },
): Promise<PersonalLink> {
  const current = await desk.stores.persons.current(customerId)
  const code = await desk.stores.referrals.linkOf(key, current, desk.now())
  const url = pageAt(base, code)
  return { code, url, poster: `${url}/poster.png`, qr: `${url}/qr.svg` }
}
