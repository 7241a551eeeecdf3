import type {
  Ownership,
  StaffList,
  StaffMember,
  StaffReport,
  StaffSave,
  Team,
  TeamSave,
} from '../../shared/api/staff.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { localDate } from '../../shared/calendar/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { AssignRule } from '../../shared/staff/rules.ts'
import type { Desk } from '../ports/desk.ts'

const dayMs = 86_400_000

export function listStaff({ stores, now, brand }: Desk): Promise<StaffList> {
  return stores.staff.list(localDate(now(), brand().zone), now())
}

/** Problem `not-found`. */
export async function readMember(desk: Desk, id: string): Promise<StaffMember> {
  const found = (await listStaff(desk)).staff.find((one) => one.id === id)
  if (found === undefined) throw new Problem('not-found', { what: id }, 'id')
  return found
}

/** Problems `staff-too-many`, `no-such-team`. */
export async function saveMember(
  desk: Desk,
  actor: Actor,
  id: string,
  member: StaffSave,
): Promise<StaffMember> {
  await desk.stores.staff.save(desk.act(actor), id, member)
  return readMember(desk, id)
}

/** Problems `not-found`, `staff-has-customers`. */
export async function removeMember(desk: Desk, actor: Actor, id: string): Promise<void> {
  await desk.stores.staff.remove(desk.act(actor), id)
}

/** Gives somebody a login, or takes it; `mark` is what a password is known by. Problem `not-found`. */
export async function setLogin(
  desk: Desk,
  actor: Actor,
  id: string,
  mark: string | null,
): Promise<StaffMember> {
  await desk.stores.staff.login(desk.act(actor), id, mark)
  return readMember(desk, id)
}

/** Problems `teams-too-many`, `no-such-staff`. */
export async function saveTeam(desk: Desk, actor: Actor, id: string, team: TeamSave): Promise<Team> {
  await desk.stores.staff.saveTeam(desk.act(actor), id, team)
  return desk.stores.staff.team(id)
}

/** Its members belong to no team from then on. Problem `not-found`. */
export async function removeTeam(desk: Desk, actor: Actor, id: string): Promise<void> {
  await desk.stores.staff.removeTeam(desk.act(actor), id)
}

export function readRules({ stores }: Desk): Promise<AssignRule[]> {
  return stores.staff.rules()
}

/** Problems `no-such-staff`, `no-such-team`. */
export async function saveRules(
  desk: Desk,
  actor: Actor,
  rules: readonly AssignRule[],
): Promise<AssignRule[]> {
  await desk.stores.staff.saveRules(desk.act(actor), rules)
  return desk.stores.staff.rules()
}

/** Problem `unknown-customer`. */
export async function ownersOf({ stores }: Desk, customerId: string): Promise<Ownership[]> {
  const known = await stores.staff.known('customers', [customerId])
  if (!known.has(customerId)) throw new Problem('not-found', { what: customerId }, 'id')
  return stores.staff.ownersOf(customerId)
}

/** Problems `unknown-customer`, `no-such-staff`. */
export async function setOwner(
  desk: Desk,
  actor: Actor,
  customerId: string,
  staff: string | null,
): Promise<Ownership[]> {
  await desk.stores.staff.own(desk.act(actor), customerId, staff)
  return desk.stores.staff.ownersOf(customerId)
}

/** What became of the tasks of the last days. */
export function reportOfStaff(
  { stores, now }: Desk,
  { days, convert }: { readonly days: number; readonly convert: number },
): Promise<StaffReport> {
  return stores.staff.report(now() - days * dayMs, now(), convert * dayMs)
}
