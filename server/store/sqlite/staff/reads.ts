import type { StaffList, StaffMember, Team } from '../../../../shared/api/staff.ts'
import { orderEvent } from '../../../../shared/conditions/purchases.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Base } from '../../../ports/base.ts'
import type { Desks, StaffStore, ToGive } from '../../../ports/staff.ts'
import { savedAudiences } from '../audiences/base.ts'
import type { BrandDatabase } from '../database.ts'
import { openTask } from './open.ts'
import { reportOf } from './report.ts'
import {
  candidateOf,
  memberOf,
  type OwnerRow,
  ownershipOf,
  type RuleRow,
  ruleOf,
  type StaffRow,
  staffColumns,
} from './rows.ts'

type Reads = Pick<
  StaffStore,
  | 'list'
  | 'team'
  | 'rules'
  | 'ownersOf'
  | 'whom'
  | 'openTasksOf'
  | 'desks'
  | 'audience'
  | 'known'
  | 'report'
  | 'loginOf'
  | 'mayTheySee'
>

const ruleColumns = 'id, name, active, condition, target, last'

/** Who may get customers, what the rules are, and who has how many. */
export function desksReader({ sqlite }: Pick<BrandDatabase, 'sqlite'>): (day: string) => Promise<Desks> {
  const staff = sqlite.prepare<[], StaffRow>(`select ${staffColumns} from staff s where active = 1`)
  const rules = sqlite.prepare<[], RuleRow>(`select ${ruleColumns} from assign_rules order by place`)
  const loads = sqlite
    .prepare<[], [staff: string, customers: number]>(
      'select staff, count(*) from owners where until is null group by staff',
    )
    .raw()
  return async (day) => {
    const rows = rules.all()
    return {
      candidates: staff.all().map((row) => candidateOf(row, day)),
      rules: rows.map(ruleOf),
      counters: {
        load: new Map(loads.all()),
        last: new Map(rows.flatMap(({ id, last }) => (last === null ? [] : [[id, last] as const]))),
      },
    }
  }
}

/** Whose customers are meant, as SQL over the customer `c`. */
export function whomSql({ unowned, source, ids }: Pick<ToGive, 'unowned' | 'source' | 'ids'>) {
  const owned = 'exists (select 1 from owners o where o.customer_id = c.id and o.until is null)'
  const parts = [
    ...(unowned ? [`not ${owned}`] : []),
    ...(source === null
      ? []
      : ['c.id in (select customer_id from owners where staff = @source and until is null)']),
    ...(ids === null ? [] : ['c.id in (select value from json_each(@ids))']),
  ]
  const values = { source, ids: ids === null ? null : JSON.stringify(ids) }
  return { sql: ['1', ...parts].join(' and '), values }
}

const tables = { customers: 'customers', staff: 'staff', teams: 'teams' } as const

export function staffReads(db: BrandDatabase, base: Base): Reads {
  const { sqlite } = db
  const members = sqlite.prepare<
    { now: number },
    StaffRow & { customers: number; openTasks: number; login: number }
  >(
    `select ${staffColumns}, s.password_mark is not null as login,
       (select count(*) from owners o where o.staff = s.id and o.until is null) as customers,
       (select count(*) from tasks k where k.staff = s.id and ${openTask}) as openTasks
     from staff s order by s.active desc, s.id`,
  )
  const teams = sqlite.prepare<[], Team>(
    `select t.id, t.name, t.leader, (select count(*) from staff s where s.team = t.id and s.active = 1) as members
     from teams t order by t.id`,
  )
  const number = (sql: string) => sqlite.prepare<[], number>(sql).pluck()
  const customers = number('select count(*) from customers')
  const owned = number('select count(*) from owners where until is null')
  const waiting = number('select count(*) from to_give')
  const rules = sqlite.prepare<[], RuleRow>(`select ${ruleColumns} from assign_rules order by place`)
  const owners = sqlite.prepare<[string], OwnerRow>(
    `select o.staff, s.name, s.team, s.phone, s.active, o.since, o.until, o.by, o.rule, o.ended
     from owners o left join staff s on s.id = o.staff where o.customer_id = ? order by o.since desc, o.id desc limit 100`,
  )
  const tasksOf = sqlite
    .prepare<{ now: number; staff: string }, number>(
      `select count(*) from tasks k where k.staff = @staff and ${openTask}`,
    )
    .pluck()
  const login = sqlite.prepare<[string], { id: string; name: string; mark: string }>(
    'select id, name, password_mark as mark from staff where id = ? and active = 1 and password_mark is not null',
  )
  const theirs = sqlite
    .prepare<{ staff: string; customer: string }, number>(
      `select exists (select 1 from owners where customer_id = @customer and staff = @staff and until is null)
         or exists (select 1 from tasks where customer_id = @customer and staff = @staff and done_at is null)`,
    )
    .pluck()
  const list = (now: number): StaffList => ({
    staff: members.all({ now }).map((row): StaffMember => memberOf(row)),
    teams: teams.all(),
    unowned: Math.max(0, (customers.get() ?? 0) - (owned.get() ?? 0)),
    waiting: waiting.get() ?? 0,
  })
  return {
    list: async (_day, now) => list(now),
    async team(id) {
      const found = teams.all().find((one) => one.id === id)
      if (found === undefined) throw new Problem('not-found', { what: id }, 'id')
      return found
    },
    rules: async () => rules.all().map(ruleOf),
    ownersOf: async (customerId) => owners.all(customerId).map(ownershipOf),
    async whom(what, most) {
      const { sql, values } = whomSql(what)
      const count =
        sqlite.prepare<object, number>(`select count(*) from customers c where ${sql}`).pluck().get(values) ??
        0
      const ids = sqlite
        .prepare<object, string>(
          `select c.id from customers c where ${sql} order by c.shard, c.id limit @most`,
        )
        .pluck()
        .all({ ...values, most })
      return { count, ids }
    },
    openTasksOf: async (staff, now) => tasksOf.get({ staff, now }) ?? 0,
    desks: desksReader(db),
    async audience(key, { now, zone }) {
      if (savedAudiences(sqlite)(key) === undefined) throw new Problem('not-found', { what: key }, 'audience')
      const condition = { kind: 'audience', audience: key, member: true } as const
      return base.ask('select', { condition, moment: { now, zone, anchors: {} } })
    },
    known: async (what, ids) =>
      new Set(
        sqlite
          .prepare<[string], string>(
            `select id from ${tables[what]} where id in (select value from json_each(?))`,
          )
          .pluck()
          .all(JSON.stringify(ids)),
      ),
    report: async (from, now, convertMs) => reportOf(db, { from, now, convertMs, order: orderEvent }),
    loginOf: async (id) => login.get(id) ?? null,
    mayTheySee: async (staff, customer) => theirs.get({ staff, customer }) === 1,
  }
}
