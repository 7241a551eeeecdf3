import type { Backlog, StoreHealth } from '../../ports/health.ts'
import type { BrandDatabase } from './database.ts'

export function backlogOf({ sqlite }: BrandDatabase): Backlog {
  const counted = (query: string) =>
    Object.fromEntries(
      sqlite
        .prepare<[], { state: string; count: number }>(query)
        .all()
        .map(({ state, count }) => [state, count]),
    )
  return {
    enrollments: counted(
      `select 'in_flight' as state, count(*) as count from enrollments where ended_at is null
       union all select 'stuck', (select count(*) from enrollments where status = 'stuck')
         + (select count(*) from failed_entries where due_at is null)
         + (select count(*) from coming where due_at is null)`,
    ),
    messages: counted(
      `select 'queued' as state, count(*) as count from messages where due_at is not null
       union all select status, count(*) from messages where status in ('sending', 'unknown', 'failed') group by status`,
    ),
    events:
      sqlite.prepare<[], { count: number }>('select count(*) as count from events where pending = 1').get()
        ?.count ?? 0,
  }
}

export function healthOf(db: BrandDatabase): StoreHealth {
  return {
    backlog: async () => backlogOf(db),
    async ping() {
      db.sqlite.prepare('select 1 from journeys limit 1').get()
    },
  }
}
