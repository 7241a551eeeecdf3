import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import type { AssignRule } from '../../../../shared/staff/rules.ts'
import type { Base } from '../../../ports/base.ts'
import type { StaffStore, ToGive } from '../../../ports/staff.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { ownerWriter } from './give.ts'
import { staffReads, whomSql } from './reads.ts'

/** Staff, teams, rules, and who has whom, over one brand's database. */
export function staffStore(db: BrandDatabase, base: Base): StaffStore {
  const { sqlite } = db
  const change = changer(db)
  const owner = ownerWriter(db)
  const number = (sql: string) => sqlite.prepare<unknown[], number>(sql).pluck()
  const has = {
    staff: number('select 1 from staff where id = ?'),
    teams: number('select 1 from teams where id = ?'),
    customers: number('select 1 from customers where id = ?'),
  }
  const count = {
    staff: number('select count(*) from staff'),
    teams: number('select count(*) from teams'),
    customersOf: number('select count(*) from owners where staff = ? and until is null'),
  }
  const put = sqlite.prepare(
    `insert into staff (id, name, phone, email, wecom, team, regions, categories, active, away_from, away_to, ceiling,
       updated_at)
     values (@id, @name, @phone, @email, @wecom, @team, @regions, @categories, @active, @from, @to, @ceiling, @at)
     on conflict do update set name = excluded.name, phone = excluded.phone, email = excluded.email,
       wecom = excluded.wecom, team = excluded.team, regions = excluded.regions, categories = excluded.categories,
       active = excluded.active, away_from = excluded.away_from, away_to = excluded.away_to,
       ceiling = excluded.ceiling, updated_at = excluded.updated_at`,
  )
  const drop = sqlite.prepare('delete from staff where id = ?')
  const leave = sqlite.prepare('update staff set active = 0, updated_at = ? where id = ?')
  const mark = sqlite.prepare('update staff set password_mark = ? where id = ?')
  const putTeam = sqlite.prepare(
    `insert into teams (id, name, leader) values (?, ?, ?)
     on conflict do update set name = excluded.name, leader = excluded.leader`,
  )
  const dropTeam = sqlite.prepare('delete from teams where id = ?')
  const leaveTeam = sqlite.prepare('update staff set team = null where team = ?')
  const turns = sqlite.prepare<[], { id: string; last: string | null }>('select id, last from assign_rules')
  const dropRules = sqlite.prepare('delete from assign_rules')
  const putRule = sqlite.prepare(
    `insert into assign_rules (id, place, name, active, condition, target, last) values (?, ?, ?, ?, ?, ?, ?)`,
  )
  const putGiving = sqlite
    .prepare<unknown[], number>(
      `insert into givings (way, target, why, source, unowned, actor, at) values (?, ?, ?, ?, ?, ?, ?) returning id`,
    )
    .pluck()
  const freeTasks = sqlite.prepare(
    `update tasks set staff = null, taken_at = null, team = coalesce(team, (select team from staff where id = @source))
     where staff = @source and done_at is null
       and customer_id not in (select customer_id from owners where staff = @source and until is null)`,
  )
  const must = (what: keyof typeof has, id: string | null, field: string) => {
    if (id === null || has[what].get(id) === 1) return
    const code = ({ staff: 'no-such-staff', teams: 'no-such-team', customers: 'unknown-customer' } as const)[
      what
    ]
    throw new Problem(code, { staff: id, team: id, customer: id }, field)
  }
  const mustBe = (id: string) => {
    if (has.staff.get(id) !== 1) throw new Problem('not-found', { what: id }, 'id')
  }
  const saveRules = (rules: readonly AssignRule[]) => {
    for (const [index, { to }] of rules.entries()) {
      for (const id of to.staff) must('staff', id, `rules.${index}.to.staff`)
      must('teams', to.team, `rules.${index}.to.team`)
    }
    const last = new Map(turns.all().map((one) => [one.id, one.last]))
    dropRules.run()
    for (const [place, { id, name, active, when, to }] of rules.entries()) {
      const condition = when === null ? null : JSON.stringify(when)
      putRule.run(id, place, name, active ? 1 : 0, condition, JSON.stringify(to), last.get(id) ?? null)
    }
    return rules.length
  }
  const targetOf = ({ way }: ToGive): string | null =>
    way.kind === 'staff' ? way.staff : way.kind === 'team' ? way.team : null
  const mustKnow = (way: ToGive['way']): void => {
    if (way.kind === 'staff') must('staff', way.staff, 'way.staff')
    if (way.kind === 'team') must('teams', way.team, 'way.team')
  }
  const begin = (what: ToGive, actor: string, at: number): number => {
    mustKnow(what.way)
    if (what.source !== null) mustBe(what.source)
    const why = what.source === null ? 'asked' : 'left'
    const giving = putGiving.get(
      ...[what.way.kind, targetOf(what), why, what.source, what.unowned ? 1 : 0, actor, at],
    )
    const { sql, values } = whomSql(what)
    const queued = sqlite
      .prepare(
        `insert into to_give (customer_id, giving) select c.id, @giving from customers c where ${sql}
         on conflict do update set giving = excluded.giving`,
      )
      .run({ ...values, giving }).changes
    if (what.source !== null && what.leaves) {
      freeTasks.run({ source: what.source })
      leave.run(at, what.source)
    }
    return queued
  }
  return {
    ...staffReads(db, base),
    mustKnow: async (way) => mustKnow(way),
    save: async (act, id, { regions, categories, active, away, ...member }) =>
      change(
        act,
        () => {
          must('teams', member.team, 'team')
          const most = limits.staff.value
          if (has.staff.get(id) !== 1 && (count.staff.get() ?? 0) >= most)
            throw new Problem('staff-too-many', { limit: most })
          put.run({
            ...{ id, ...member, active: active ? 1 : 0, at: act.at },
            ...{ from: away?.from ?? null, to: away?.to ?? null },
            ...{ regions: JSON.stringify(regions), categories: JSON.stringify(categories) },
          })
        },
        () => ({ action: 'staff.saved', id }),
      ),
    remove: async (act, id) =>
      change(
        act,
        () => {
          mustBe(id)
          const customers = count.customersOf.get(id) ?? 0
          if (customers > 0) throw new Problem('staff-has-customers', { name: id, customers })
          drop.run(id)
        },
        () => ({ action: 'staff.removed', id }),
      ),
    login: async (act, id, given) =>
      change(
        act,
        () => {
          mustBe(id)
          mark.run(given, id)
        },
        () => ({ action: given === null ? 'staff.login_taken' : 'staff.login_given', id }),
      ),
    saveTeam: async (act, id, { name, leader }) =>
      change(
        act,
        () => {
          must('staff', leader, 'leader')
          const most = limits.teams.value
          if (has.teams.get(id) !== 1 && (count.teams.get() ?? 0) >= most)
            throw new Problem('teams-too-many', { limit: most })
          putTeam.run(id, name, leader)
        },
        () => ({ action: 'team.saved', id }),
      ),
    removeTeam: async (act, id) =>
      change(
        act,
        () => {
          if (dropTeam.run(id).changes === 0) throw new Problem('not-found', { what: id }, 'id')
          leaveTeam.run(id)
        },
        () => ({ action: 'team.removed', id }),
      ),
    saveRules: async (act, rules) =>
      change(
        act,
        () => saveRules(rules),
        (rulesNow) => ({ action: 'rules.saved', id: '', detail: { count: rulesNow } }),
      ),
    own: async (act, customerId, staff) =>
      change(
        act,
        () => {
          must('customers', customerId, 'customer')
          must('staff', staff, 'staff')
          owner.own(customerId, staff, { at: act.at, by: 'person', rule: null })
        },
        () => ({ action: 'customer.owned', id: customerId, detail: { what: staff } }),
      ),
    ownAll: async (act, assigned) =>
      change(
        act,
        () =>
          assigned.filter(({ customerId, staff }) =>
            owner.own(customerId, staff, { at: act.at, by: 'file', rule: null }),
          ).length,
        (changed) => ({ action: 'customer.assigned', id: '', detail: { count: changed } }),
      ),
    beginGiving: async (act, what) =>
      change(
        act,
        () => begin(what, JSON.stringify(act.actor), act.at),
        (queued) =>
          what.source === null
            ? { action: 'staff.giving', id: '', detail: { count: queued } }
            : { action: 'staff.handed_over', id: what.source, detail: { count: queued } },
      ),
  }
}
