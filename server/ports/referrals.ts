import type {
  Invitation,
  Invitations,
  JoinAnswer,
  KeptReferral,
  ReferralReport,
  ReferralSave,
} from '../../shared/api/referrals.ts'
import type { ReferralDefinition } from '../../shared/referrals/definition.ts'
import type { ReferralState } from '../../shared/referrals/states.ts'
import type { Act, Changes } from './acts.ts'

/** Somebody who comes in by a link. */
export interface Joining {
  readonly code: string
  readonly customerId: string
  /** Whether nobody knew this person until now, who is about to be kept. */
  readonly isNew: boolean
}

export type ReferralChanges = Changes<{
  /** Makes or changes a programme. Problems `referral-exists`, `not-found`, `referral-stale`, `referrals-too-many`, `coupon-unknown`. */
  save(act: Act, saving: ReferralSave): Promise<void>
  /** Problems `not-found`, `referral-begun`. */
  remove(act: Act, key: string): Promise<void>
  /** Binds somebody to whose link it is, once; all in one transaction. Problems `referral-code-unknown`, `referral-over`. */
  join(act: Act, joining: Joining): Promise<JoinAnswer>
  /** Problems `not-found`, `referral-decided`. */
  decide(
    act: Act,
    decision: { readonly key: string; readonly id: string; readonly accept: boolean },
  ): Promise<Invitation>
}>

/** A link as it is opened. */
export interface OpenedLink {
  readonly code: string
  readonly customerId: string
  readonly name: string | null
  readonly referral: ReferralDefinition
  readonly revision: number
}

export interface InvitationQuery {
  readonly key: string
  readonly state: ReferralState | null
  readonly before: number | null
  readonly limit: number
}

/** Programmes by which customers invite others, their links, and who came by them. */
export interface ReferralStore extends ReferralChanges {
  list(): Promise<readonly KeptReferral[]>
  /** Problem `not-found`. */
  get(key: string): Promise<KeptReferral>
  /** The link of a customer, made where there is none. It says nothing of anybody. Problems `not-found`, `unknown-customer`. */
  linkOf(key: string, customerId: string, now: number): Promise<string>
  /** null where there is none of that code; one indexed read. */
  find(code: string): Promise<OpenedLink | null>
  countOpened(opened: ReadonlyMap<string, number>): Promise<void>
  invitations(query: InvitationQuery): Promise<Invitations>
  report(key: string): Promise<ReferralReport>
}
