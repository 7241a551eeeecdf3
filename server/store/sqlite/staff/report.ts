import type { StaffReport } from '../../../../shared/api/staff.ts'
import type { WrittenText } from '../../../../shared/text.ts'
import type { BrandDatabase } from '../database.ts'
import { buttonsOf, requestOf } from '../tasks/rows.ts'
import { openTask } from './open.ts'

interface Asked {
  readonly from: number
  readonly now: number
  readonly convertMs: number
  /** The event that is a purchase. */
  readonly order: string
}

interface Row {
  readonly staff: string | null
  readonly name: string | null
  readonly open: number
  readonly done: number
  readonly overdue: number
  readonly bought: number
}

/** What a result is called, as whoever did it was asked. */
const nameOf = (request: string, id: string): WrittenText =>
  buttonsOf(requestOf({ request })).find((one) => one.id === id)?.name ?? { en: id }

/** What became of the tasks made since a moment, by whoever had each or did it. */
export function reportOf({ sqlite }: BrandDatabase, { from, now, convertMs, order }: Asked): StaffReport {
  const rows = sqlite
    .prepare<object, Row>(
      `select w.staff, s.name, sum(w.open) as open, sum(w.done) as done, sum(w.overdue) as overdue, sum(w.bought) as bought
       from (select coalesce(k.done_by, k.staff) as staff, ${openTask} as open, k.done_at is not null as done,
           k.done_at is null and k.cancelled_at is null and k.until <= @now as overdue,
           k.done_at is not null and exists (select 1 from events v where v.customer_id = k.customer_id
             and v.name = @order and v.at >= k.done_at and v.at < k.done_at + @convertMs) as bought
         from tasks k where k.created_at >= @from) w
       left join staff s on s.id = w.staff group by w.staff order by done desc, w.staff`,
    )
    .all({ from, now, convertMs, order })
  const results = sqlite.prepare<
    object,
    { staff: string | null; id: string; count: number; request: string }
  >(
    `select coalesce(k.done_by, k.staff) as staff, k.result as id, count(*) as count, min(coalesce(a.request, k.request)) as request
     from tasks k left join asks a on a.enrollment_id = k.enrollment_id and a.node = k.node and a.visit = k.visit
     where k.created_at >= @from and k.done_at is not null and k.result is not null
       and coalesce(a.request, k.request) is not null group by 1, 2 order by 3 desc`,
  )
  const counted = results.all({ from })
  return {
    rows: rows.map((row) => ({
      ...row,
      results: counted.flatMap(({ staff, id, count, request }) =>
        staff === row.staff ? [{ id, name: nameOf(request, id), count }] : [],
      ),
    })),
  }
}
