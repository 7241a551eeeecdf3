import type { NewTasks } from '../../../ports/wecom.ts'
import type { BrandDatabase } from '../database.ts'

/** Of which tasks the staff have been told in WeCom, within the caller's transaction. */
export function staffTold({ sqlite }: BrandDatabase) {
  const due = sqlite.prepare<{ now: number; gatheredUntil: number; toldBefore: number }, NewTasks>(
    `select k.staff, s.wecom as userId, count(*) as count, min(k.due_at) as dueAt
     from tasks k join staff s on s.id = k.staff and s.active = 1 and coalesce(s.wecom, '') <> ''
     where k.done_at is null and k.until > @now and k.told_at is null and k.cancelled_at is null
       and k.created_at <= @gatheredUntil
     group by k.staff
     having not exists (select 1 from tasks t where t.staff = k.staff and t.done_at is null
       and t.until > @now and t.told_at > @toldBefore)`,
  )
  const told = sqlite.prepare(
    `update tasks set told_at = @now where staff = @staff and done_at is null and told_at is null
       and created_at <= @gatheredUntil`,
  )
  return {
    due: (times: { now: number; gatheredUntil: number; toldBefore: number }): NewTasks[] => due.all(times),
    told: (staff: string, gatheredUntil: number, now: number): void =>
      void told.run({ staff, gatheredUntil, now }),
  }
}
