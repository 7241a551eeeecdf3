import type {
  BadCode,
  CodeLife,
  CouponSave,
  HeldCodes,
  Holders,
  KeptCoupon,
} from '../../shared/api/coupons.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import type { Act, Changes } from './acts.ts'
import type { Use } from './uses.ts'

/** A code as it was brought, and its line. */
export interface BroughtCode {
  readonly line: number
  readonly code: string
}

/** What became of some codes. */
export interface AddedCodes {
  readonly added: number
  readonly bad: readonly BadCode[]
}

export type CouponChanges = Changes<{
  /** Makes or changes a coupon. Problems `coupon-exists`, `not-found`, `coupon-stale`, `coupons-too-many`. */
  save(act: Act, saving: CouponSave): Promise<void>
  /** Problems `not-found`, `coupon-in-use` (an InUse), `coupon-handed-out`. */
  remove(act: Act, key: string, registry: Registry): Promise<void>
  /**
   * Into a coupon's pool, in one transaction. What is in a pool, was handed out or comes twice is left out and told.
   * What one act brings in several calls stands in one row of the log. Problem `not-found`.
   */
  addCodes(act: Act, key: string, codes: readonly BroughtCode[]): Promise<AddedCodes>
  /** So many codes by the coupon's pattern, none that is known already. Problem `not-found`. */
  makeCodes(act: Act, key: string, count: number): Promise<number>
}>

/** Which of the codes that were handed out are asked for. */
export interface HeldQuery {
  readonly coupon?: string
  readonly customerId?: string
  /** Those that were handed out before one of this row. */
  readonly before: number | null
  readonly limit: number
}

/** The brand's coupons, their pools and the codes that customers have. */
export interface CouponStore extends CouponChanges {
  list(): Promise<readonly KeptCoupon[]>
  /** Problem `not-found`. */
  get(key: string): Promise<KeptCoupon>
  uses(key: string, registry: Registry): Promise<readonly Use[]>
  /** What is known of a code, however it is typed. Problem `coupon-code-unknown`. */
  life(code: string, now: number): Promise<CodeLife>
  held(query: HeldQuery, now: number): Promise<HeldCodes>
  /** Those who have got most codes, at least `least`. */
  holders(least: number, limit: number): Promise<Holders['holders']>
  /** To whom codes were given, by the code as it was told. */
  ownersOf(
    codes: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly code: string; readonly customerId: string }>>
}
