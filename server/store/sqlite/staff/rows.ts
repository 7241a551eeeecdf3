import { z } from 'zod'
import type { Ownership, StaffMember } from '../../../../shared/api/staff.ts'
import type { Candidate } from '../../../../shared/staff/assign.ts'
import { type AssignRule, assignRule, assignTo } from '../../../../shared/staff/rules.ts'
import { readColumn, storedJson, valueOr } from '../stored-json.ts'

export interface StaffRow {
  readonly id: string
  readonly name: string
  readonly phone: string | null
  readonly email: string | null
  readonly wecom: string | null
  readonly team: string | null
  readonly regions: string
  readonly categories: string
  readonly active: number
  readonly awayFrom: string | null
  readonly awayTo: string | null
  readonly ceiling: number | null
}

export const staffColumns = `s.id, s.name, s.phone, s.email, s.wecom, s.team, s.regions, s.categories, s.active,
  s.away_from as awayFrom, s.away_to as awayTo, s.ceiling`

const texts = z.array(z.string())
const listOf = (text: string): string[] => valueOr(readColumn(text, texts), [])

export function memberOf(
  row: StaffRow & { readonly customers: number; readonly openTasks: number; readonly login: number },
): StaffMember {
  const { awayFrom: from, awayTo: to, regions, categories, active, login, ...rest } = row
  return {
    ...rest,
    regions: listOf(regions),
    categories: listOf(categories),
    active: active === 1,
    away: from === null || to === null ? null : { from, to },
    login: login === 1,
  }
}

/** As the rules see somebody on a day. */
export function candidateOf(row: StaffRow, day: string): Candidate {
  const { id, team, regions, categories, active, awayFrom, awayTo, ceiling } = row
  const away = awayFrom !== null && awayTo !== null && awayFrom <= day && day <= awayTo
  return {
    ...{ id, team, ceiling, present: active === 1 && !away },
    regions: listOf(regions),
    categories: listOf(categories),
  }
}

export interface RuleRow {
  readonly id: string
  readonly name: string
  readonly active: number
  readonly condition: string | null
  readonly target: string
  readonly last: string | null
}

const storedTo = storedJson.pipe(assignTo)
const storedCondition = storedJson.pipe(assignRule.shape.when)

/** A rule that cannot be read is off, and gives nobody to anybody. */
export function ruleOf({ id, name, active, condition, target }: RuleRow): AssignRule {
  const to = storedTo.safeParse(target)
  const when =
    condition === null ? { success: true as const, data: null } : storedCondition.safeParse(condition)
  const readable = to.success && when.success
  return {
    // A name that could not be saved any more gives way to what the rule is known by.
    ...{ id, name: assignRule.shape.name.safeParse(name).data ?? id, active: active === 1 && readable },
    when: when.success ? when.data : null,
    to: to.success ? to.data : assignTo.parse({}),
  }
}

export interface OwnerRow extends Omit<Ownership, 'active'> {
  readonly active: number | null
}

export const ownershipOf = ({ active, ...row }: OwnerRow): Ownership => ({ ...row, active: active === 1 })
