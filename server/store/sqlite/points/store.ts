import type { PointAdjustment, PointLine, PointRecord } from '../../../../shared/api/points.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { lastingOf } from '../../../../shared/points/give.ts'
import { isLineKind, isLineSource } from '../../../../shared/points/kinds.ts'
import { type LotLine, lotsOf } from '../../../../shared/points/lots.ts'
import type { LedgerQuery, PointOutcome, PointStore } from '../../../ports/points.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { aliasReader } from '../persons/aliases.ts'
import { readBrand } from '../settings/meta.ts'
import { pointBook } from './book.ts'
import { lotLinesSql } from './telling.ts'

interface LineRow extends Omit<PointLine, 'kind' | 'source'> {
  readonly kind: string
  readonly source: string
}

function lineOf({ kind, source, ...rest }: LineRow): PointLine {
  return {
    ...rest,
    kind: isLineKind(kind) ? kind : 'unreadable',
    source: isLineSource(source) ? source : 'unreadable',
  }
}

/** The ledger of points in one brand's database. */
export function pointStore(db: BrandDatabase): PointStore {
  const { sqlite } = db
  const change = changer(db)
  const book = pointBook(sqlite)
  const aliases = aliasReader(db)
  const known = sqlite.prepare<[string], number>('select 1 from customers where id = ?').pluck()
  const page = sqlite.prepare<{ customerId: string | null; before: number | null; limit: number }, LineRow>(
    `select seq, customer_id as customerId, at, amount as points, kind, source, reason, reference,
       expires_at as expiresAt
     from points where (@customerId is null or customer_id = @customerId) and (@before is null or seq < @before)
     order by seq desc limit @limit`,
  )
  const sum = sqlite
    .prepare<[string], number | null>('select sum(amount) from points where customer_id = ?')
    .pluck()
  const all = sqlite.prepare<[], number>('select coalesce(sum(amount), 0) from points').pluck()
  const lots = sqlite.prepare<[string], LotLine>(lotLinesSql)
  const must = (told: string): string => {
    const id = aliases([told]).get(told) ?? told
    if (known.get(id) === undefined) throw new Problem('unknown-customer', { customer: told }, 'customerId')
    return id
  }
  const bookOne = (record: PointRecord, at: number, zone: string): PointOutcome => {
    const { customerId, points, key, reason, orderId = null, validDays = null } = record
    try {
      return book.write({
        ...{ customerId: must(customerId), key: `api:${key}`, at, amount: points },
        ...{ kind: points > 0 ? 'earned' : 'spent', source: 'api', reason, reference: orderId, lot: null },
        ...lastingOf(points > 0 ? validDays : null, at, zone),
      })
    } catch (error) {
      if (error instanceof Problem) return error
      throw error
    }
  }
  const adjustOne = (told: string, { points, reason, key }: PointAdjustment, at: number) =>
    book.write({
      ...{
        customerId: must(told),
        key: `person:${key}`,
        at,
        amount: points,
        kind: 'adjusted',
        source: 'person',
      },
      ...{ reason, reference: null, lot: null, expiresAt: null, dueAt: null },
    })
  const read = (customerId: string | null, { before, limit }: LedgerQuery) => {
    const rows = page.all({ customerId, before, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    return { lines: shown.map(lineOf), next: rows.length > limit ? (shown.at(-1)?.seq ?? null) : null }
  }
  return {
    book: async (act, records) => {
      const { zone } = readBrand(db)
      return change(
        act,
        () => records.map((record) => bookOne(record, act.at, zone)),
        (outcomes) => ({
          action: 'points.booked',
          id: 'points',
          detail: { lines: outcomes.filter((outcome) => outcome === 'created').length },
        }),
      )
    },
    adjust: async (act, customerId, adjustment) => {
      change(
        act,
        () => adjustOne(customerId, adjustment, act.at),
        () => ({ action: 'points.adjusted', id: customerId, detail: { points: adjustment.points } }),
      )
    },
    async of(told, query, now) {
      const id = must(told)
      const ending = new Map<number, number>()
      for (const { expiresAt, left } of lotsOf(lots.all(id)).lots)
        if (expiresAt !== null && expiresAt > now && left > 0)
          ending.set(expiresAt, (ending.get(expiresAt) ?? 0) + left)
      const expiring = [...ending]
        .sort(([one], [other]) => one - other)
        .map(([at, points]) => ({ at, points }))
      return { balance: sum.get(id) ?? null, expiring, ...read(id, query) }
    },
    ledger: async (query) => ({ outstanding: all.get() ?? 0, ...read(null, query) }),
  }
}
