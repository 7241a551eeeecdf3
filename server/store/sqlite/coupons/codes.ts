import type { CodeState, HeldCode, Holders } from '../../../../shared/api/coupons.ts'
import { couponKinds } from '../../../../shared/coupons/definition.ts'
import { codeForms } from '../../../../shared/coupons/pattern.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { writtenText } from '../../../../shared/text.ts'
import type { CouponStore } from '../../../ports/coupons.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

interface HeldRow {
  readonly row: number
  readonly code: string
  readonly coupon: string | null
  readonly name: string
  readonly kind: string
  readonly value: number
  readonly percent: number | null
  readonly minSpend: number
  readonly customerId: string
  readonly journeyId: string
  readonly issuedAt: number
  readonly usableFrom: number | null
  readonly expiresAt: number
  readonly redeemedAt: number | null
  readonly orderId: string | null
}

const columns = `rowid as row, code, coupon, name, kind, value, percent, min_spend as minSpend,
  customer_id as customerId, journey_id as journeyId, issued_at as issuedAt, usable_from as usableFrom,
  expires_at as expiresAt, redeemed_at as redeemedAt, order_id as orderId`

function stateOf({ redeemedAt, expiresAt, usableFrom }: HeldRow, now: number): CodeState {
  if (redeemedAt !== null) return 'redeemed'
  if (expiresAt <= now) return 'expired'
  return usableFrom !== null && usableFrom > now ? 'not_yet' : 'usable'
}

function heldOf(row: HeldRow, now: number): HeldCode {
  const { row: _row, name, kind, ...rest } = row
  return {
    ...rest,
    name: valueOr(readColumn(name, writtenText), { en: row.code }),
    kind: couponKinds.find((one) => one === kind) ?? 'amount',
    state: stateOf(row, now),
  }
}

/** Who has many is looked for among so many of the latest codes, so that the answer costs the same in any base. */
const lookedAt = 200_000

/** What is known of codes, in pools and handed out. */
export function codeReader({
  sqlite,
}: Pick<BrandDatabase, 'sqlite'>): Pick<CouponStore, 'life' | 'held' | 'holders' | 'ownersOf'> {
  const handed = sqlite.prepare<[string], HeldRow>(`select ${columns} from coupons where code = ?`)
  const free = sqlite.prepare<[string], string>('select coupon from coupon_codes where code = ?').pluck()
  const page = sqlite.prepare<
    { coupon: string | null; customerId: string | null; before: number | null; limit: number },
    HeldRow
  >(
    `select ${columns} from coupons
     where (@coupon is null or coupon = @coupon) and (@customerId is null or customer_id = @customerId)
       and (@before is null or rowid < @before)
     order by rowid desc limit @limit`,
  )
  const most = sqlite.prepare<[number, number], Holders['holders'][number]>(
    `select c.customer_id as customerId, p.name, count(*) as codes, sum(c.redeemed_at is not null) as redeemed,
       sum(iif(c.redeemed_at is not null and c.kind = 'amount', c.value, 0)) as value
     from (select * from coupons order by rowid desc limit ${lookedAt}) c join customers p on p.id = c.customer_id
     group by c.customer_id having count(*) >= ? order by codes desc, c.customer_id limit ?`,
  )
  const owners = sqlite.prepare<[string], { code: string; customerId: string }>(
    'select code, customer_id as customerId from coupons where code in (select value from json_each(?))',
  )
  return {
    async life(told, now) {
      for (const code of codeForms(told)) {
        const row = handed.get(code)
        if (row !== undefined)
          return { code, state: stateOf(row, now), coupon: row.coupon, held: heldOf(row, now) }
        const coupon = free.get(code)
        if (coupon !== undefined) return { code, state: 'free', coupon, held: null }
      }
      throw new Problem('coupon-code-unknown', { code: told }, 'code')
    },
    async held({ coupon = null, customerId = null, before, limit }, now) {
      const rows = page.all({ coupon, customerId, before, limit: limit + 1 })
      const shown = rows.slice(0, limit)
      const next = rows.length > limit ? (shown.at(-1)?.row ?? null) : null
      return { codes: shown.map((row) => heldOf(row, now)), next }
    },
    holders: async (least, limit) => most.all(least, limit),
    async ownersOf(codes) {
      const forms = new Map(codes.map((told) => [told, codeForms(told)]))
      const found = new Map(
        owners.all(JSON.stringify([...forms.values()].flat())).map((one) => [one.code, one]),
      )
      const known = new Map<string, { readonly code: string; readonly customerId: string }>()
      for (const [told, ways] of forms) {
        const one = ways.flatMap((code) => found.get(code) ?? [])[0]
        if (one !== undefined) known.set(told, one)
      }
      return known
    },
  }
}
