import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { setImmediate as breath } from 'node:timers/promises'
import type {
  CodeLife,
  CodesAnswer,
  CouponSave,
  HeldCodes,
  Holders,
  KeptCoupon,
} from '../../shared/api/coupons.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { BroughtCode, HeldQuery } from '../ports/coupons.ts'
import type { Desk } from '../ports/desk.ts'
import type { Use } from '../ports/uses.ts'

/** What the coupons' use cases work with. */
export interface CouponDesk extends Desk {
  /** Has what has been saved handed out from the next step on. */
  reconfigure(what: 'brand'): Promise<void>
}

export async function listCoupons({ stores }: Desk): Promise<KeptCoupon[]> {
  return [...(await stores.coupons.list())]
}

/** Problem `not-found`. */
export const readCoupon = ({ stores }: Desk, key: string): Promise<KeptCoupon> => stores.coupons.get(key)

/** Problems of CouponStore.save; nodes hand it out as it is from then on. */
export async function saveCoupon(
  desk: CouponDesk,
  actor: Actor,
  { key, saving }: { readonly key: string; readonly saving: CouponSave },
): Promise<KeptCoupon> {
  if (saving.coupon.key !== key) throw new Problem('invalid-request', { detail: `key: ${key}` }, 'coupon.key')
  await desk.stores.coupons.save(desk.act(actor), saving)
  await desk.reconfigure('brand')
  return readCoupon(desk, key)
}

/** Problems `not-found`, `coupon-in-use`, `coupon-handed-out`. */
export async function removeCoupon(desk: CouponDesk, actor: Actor, key: string): Promise<void> {
  await desk.stores.coupons.remove(desk.act(actor), key, desk.registry)
  await desk.reconfigure('brand')
}

export async function usesOfCoupon({ stores, registry }: Desk, key: string): Promise<Use[]> {
  return [...(await stores.coupons.uses(key, registry))]
}

/** So many codes are one transaction: others write in between. */
const atOnce = 5_000
/** Of so many that were left out it is told which. */
const mostTold = 100

/** Codes as they are brought, some thousands at a time. */
class Filling {
  readonly #desk: Desk
  readonly #key: string
  readonly #act: ReturnType<Desk['act']>
  readonly #answer: Omit<CodesAnswer, 'remaining'> = { added: 0, duplicates: 0, malformed: 0, bad: [] }
  #hand: BroughtCode[] = []

  constructor(desk: Desk, actor: Actor, key: string) {
    this.#desk = desk
    this.#key = key
    this.#act = desk.act(actor)
  }

  async bring(code: BroughtCode): Promise<void> {
    this.#hand.push(code)
    if (this.#hand.length >= atOnce) await this.#put()
  }

  async #put(): Promise<void> {
    const { added, bad } = await this.#desk.stores.coupons.addCodes(this.#act, this.#key, this.#hand)
    this.#hand = []
    const malformed = bad.filter(({ reason }) => reason === 'malformed').length
    this.#answer.added += added
    this.#answer.malformed += malformed
    this.#answer.duplicates += bad.length - malformed
    this.#answer.bad.push(...bad.slice(0, mostTold - this.#answer.bad.length))
    await breath()
  }

  async end(): Promise<CodesAnswer> {
    if (this.#hand.length > 0) await this.#put()
    const { figures } = await this.#desk.stores.coupons.get(this.#key)
    return { ...this.#answer, remaining: figures.remaining }
  }
}

/** Problems `not-found`, `coupon-pool-full`. */
export async function addCodes(
  desk: Desk,
  actor: Actor,
  { key, codes }: { readonly key: string; readonly codes: readonly string[] },
): Promise<CodesAnswer> {
  const filling = new Filling(desk, actor, key)
  for (const [index, code] of codes.entries()) await filling.bring({ line: index + 1, code })
  return filling.end()
}

/** What a first line may say in the place of a code. */
const heads: ReadonlySet<string> = new Set([
  'code',
  'codes',
  'coupon',
  'coupon_code',
  '券码',
  '优惠码',
  '优惠券',
])

/** What stands first in a line, without quotes and what a spreadsheet puts around it. */
const firstOf = (line: string): string =>
  (line.split(/[,;\t]/, 1)[0] ?? '').replace(/^\uFEFF/, '').replace(/^\s*"?|"?\s*$/g, '')

/** A file of any length with a code in each line, or a table with the codes in its first column; the same problems. */
export async function addFile(
  desk: Desk,
  actor: Actor,
  { key, path }: { readonly key: string; readonly path: string },
): Promise<CodesAnswer> {
  const filling = new Filling(desk, actor, key)
  let line = 0
  for await (const text of createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1
    const code = firstOf(text)
    if (code === '' || (line === 1 && heads.has(code.toLowerCase()))) continue
    await filling.bring({ line, code })
  }
  return filling.end()
}

/** So many codes by the coupon's pattern; the same problems. */
export async function makeCodes(
  desk: Desk,
  actor: Actor,
  { key, count }: { readonly key: string; readonly count: number },
): Promise<CodesAnswer> {
  const act = desk.act(actor)
  let added = 0
  while (added < count) {
    added += await desk.stores.coupons.makeCodes(act, key, Math.min(atOnce, count - added))
    await breath()
  }
  const { figures } = await desk.stores.coupons.get(key)
  return { added, duplicates: 0, malformed: 0, bad: [], remaining: figures.remaining }
}

/** Problem `coupon-code-unknown`. */
export const lifeOf = ({ stores, now }: Desk, code: string): Promise<CodeLife> =>
  stores.coupons.life(code, now())

/** Problem `not-found` where there is no such coupon. */
export async function codesOf(
  desk: Desk,
  query: HeldQuery & { readonly coupon: string },
): Promise<HeldCodes> {
  await desk.stores.coupons.get(query.coupon)
  return desk.stores.coupons.held(query, desk.now())
}

/** Problem `unknown-customer`. */
export async function codesOfCustomer(
  desk: Desk,
  query: HeldQuery & { readonly customerId: string },
): Promise<HeldCodes> {
  return desk.stores.coupons.held(query, desk.now())
}

/** From so many on it is told that one person has many. */
const many = 3
const mostHolders = 50

export async function listHolders({ stores }: Desk): Promise<Holders> {
  return { holders: [...(await stores.coupons.holders(many, mostHolders))] }
}
