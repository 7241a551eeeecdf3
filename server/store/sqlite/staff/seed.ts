import type { StaffSave, TeamSave } from '../../../../shared/api/staff.ts'
import type { AssignRule } from '../../../../shared/staff/rules.ts'
import type { BrandDatabase } from '../database.ts'

/** The staff of a brand that is made whole, and who of its customers has whom. */
export interface StaffWritten {
  readonly teams: readonly (TeamSave & { readonly id: string })[]
  readonly staff: readonly (Pick<StaffSave, 'name' | 'team' | 'regions' | 'ceiling'> & {
    readonly id: string
    readonly wecom: string
  })[]
  readonly rules: readonly AssignRule[]
  readonly owners: readonly { readonly customerId: string; readonly staff: string; readonly rule: string }[]
}

/** Writes them in one transaction; nobody has been asked, and nobody waits to be given away. */
export function addStaff(db: BrandDatabase, { teams, staff, rules, owners }: StaffWritten, at: number): void {
  const { sqlite } = db
  const putTeam = sqlite.prepare('insert into teams (id, name, leader) values (?, ?, ?)')
  const putStaff = sqlite.prepare(
    'insert into staff (id, name, team, wecom, regions, ceiling, updated_at) values (?, ?, ?, ?, ?, ?, ?)',
  )
  const putRule = sqlite.prepare(
    'insert into assign_rules (id, place, name, active, condition, target, last) values (?, ?, ?, 1, ?, ?, ?)',
  )
  const putOwner = sqlite.prepare(
    `insert into owners (customer_id, staff, since, by, rule) values (?, ?, ?, 'rule', ?)`,
  )
  const last = new Map(owners.map(({ rule, staff: one }) => [rule, one]))
  sqlite
    .transaction(() => {
      for (const { id, name, leader } of teams) putTeam.run(id, name, leader)
      for (const one of staff)
        putStaff.run(one.id, one.name, one.team, one.wecom, JSON.stringify(one.regions), one.ceiling, at)
      for (const [place, { id, name, when, to }] of rules.entries())
        putRule.run(
          ...[id, place, name, when === null ? null : JSON.stringify(when)],
          ...[JSON.stringify(to), last.get(id) ?? null],
        )
      for (const { customerId, staff: one, rule } of owners) putOwner.run(customerId, one, at, rule)
    })
    .immediate()
}
