import { byHand, waitsThere } from '../tasks/rows.ts'

/** Whether somebody can still do the task `k`, at `@now`. */
export const openTask = `(k.done_at is null and k.until > @now and case when k.enrollment_id = ${byHand.enrollment}
  then k.cancelled_at is null and k.request is not null else exists (
  select 1 from asks a join enrollments e on e.id = a.enrollment_id
  where a.enrollment_id = k.enrollment_id and a.node = k.node and a.visit = k.visit and a.reply is null and ${waitsThere}) end)`
