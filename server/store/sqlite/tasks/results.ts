import type Database from 'better-sqlite3'
import type { RehearsalSource, TaskResults } from '../../../ports/rehearsal.ts'

/** As many of the latest tell what comes of tasks of a kind. */
const latest = 10_000

const came = "iif(k.done_at is null, 'overdue', k.result)"
/** Done, or left by its customer as not done; what was left otherwise came to nothing. */
const over = `(k.done_at is not null or exists (select 1 from traces t
  where t.enrollment_id = k.enrollment_id and t.node = k.node and t.outcome = 'overdue'))`
const asked = 'coalesce(k.request, a.request)'

/** What has come of tasks for staff, for whoever must guess what will. */
export function resultsReader(sqlite: Database.Database): RehearsalSource['taskResults'] {
  const same = sqlite
    .prepare<object, [string, number]>(
      `select ${came}, count(*) from tasks k cross join enrollments e on e.id = k.enrollment_id
       where k.node = @node and e.journey_id = @journey and k.created_at < @before and ${over} group by 1`,
    )
    .raw()
  const alike = sqlite
    .prepare<object, [string, number]>(
      `select ${came}, count(*)
       from (select * from tasks where created_at < @before order by created_at desc limit ${latest}) k
       left join asks a on a.enrollment_id = k.enrollment_id and a.node = k.node and a.visit = k.visit
       where iif(json_valid(${asked}), json_extract(${asked}, '$.kind'), null) = @kind and ${over} group by 1`,
    )
    .raw()
  const read = (rows: readonly [string, number][]): TaskResults => new Map(rows)
  return async ({ journey, node, kind, before }) => ({
    same: read(same.all({ journey, node, before })),
    kind: read(alike.all({ kind, before })),
  })
}
