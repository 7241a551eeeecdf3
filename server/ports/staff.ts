import type {
  GivingWay,
  Ownership,
  StaffList,
  StaffReport,
  StaffSave,
  Team,
  TeamSave,
} from '../../shared/api/staff.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import type { Candidate, Counters, Given } from '../../shared/staff/assign.ts'
import type { AssignRule } from '../../shared/staff/rules.ts'
import type { Act, Changes } from './acts.ts'
import type { Asked } from './audiences.ts'

/** Customers being given away together. */
export interface Giving {
  readonly id: number
  readonly way: GivingWay
  /** Of whom they are taken; null: of whoever has them. */
  readonly source: string | null
  /** Whether whoever has an owner keeps them. */
  readonly unowned: boolean
  readonly actor: Actor
}

/** A customer who is to be given to somebody; new ones belong to no giving. */
export interface Waiting {
  readonly customerId: string
  readonly giving: number | null
  readonly owner: string | null
}

/** What the staff looks like when some are given away. */
export interface Desks {
  readonly candidates: readonly Candidate[]
  readonly rules: readonly AssignRule[]
  readonly counters: Counters
}

/** What became of one who waited: given, or left as they were. */
export interface GivenAway {
  readonly customerId: string
  readonly giving: Giving | null
  readonly given: Given | null
}

/** What the machine asks of the store to give customers away, a batch at a time. */
export interface GivingStore {
  /** The next who wait, with the givings that they belong to. */
  waiting(
    limit: number,
  ): Promise<{ readonly customers: readonly Waiting[]; readonly givings: readonly Giving[] }>
  /** Who may get customers on a day, what the rules are, and who has how many. */
  desks(day: string): Promise<Desks>
  /** Writes a batch in one transaction; open tasks go along. */
  give(
    batch: readonly GivenAway[],
    counters: Counters,
    at: { readonly at: number; readonly realAt: number },
  ): Promise<void>
}

/** Whom to give away. */
export interface ToGive {
  readonly way: GivingWay
  readonly unowned: boolean
  /** Whose customers, else by ids or everybody. */
  readonly source: string | null
  readonly ids: readonly string[] | null
  readonly leaves: boolean
}

/** A customer and who is to have them, from a file. */
export interface Assigned {
  readonly customerId: string
  readonly staff: string
}

type StaffChanges = Changes<{
  /** Problems `staff-too-many`, `no-such-team`. */
  save(act: Act, id: string, member: StaffSave): Promise<void>
  /** Problems `not-found`, `staff-has-customers`. */
  remove(act: Act, id: string): Promise<void>
  /** Problem `not-found`. */
  login(act: Act, id: string, mark: string | null): Promise<void>
  /** Problems `teams-too-many`, `no-such-staff`. */
  saveTeam(act: Act, id: string, team: TeamSave): Promise<void>
  /** Its members belong to none from then on. Problem `not-found`. */
  removeTeam(act: Act, id: string): Promise<void>
  /** Problem `no-such-staff`, `no-such-team`. */
  saveRules(act: Act, rules: readonly AssignRule[]): Promise<number>
  /** Problems `unknown-customer`, `no-such-staff`. */
  own(act: Act, customerId: string, staff: string | null): Promise<void>
  /** As a file has it; answers for how many it was another. */
  ownAll(act: Act, assigned: readonly Assigned[]): Promise<number>
  /** Begins to give away; answers how many. Problems `not-found`, `no-such-staff`, `no-such-team`. */
  beginGiving(act: Act, what: ToGive): Promise<number>
}>

export interface StaffStore extends StaffChanges {
  list(day: string, now: number): Promise<StaffList>
  /** Problem `not-found`. */
  team(id: string): Promise<Team>
  rules(): Promise<AssignRule[]>
  ownersOf(customerId: string): Promise<Ownership[]>
  /** Customers by who has them, as they would be given away. */
  whom(
    what: Pick<ToGive, 'unowned' | 'source' | 'ids'>,
    most: number,
  ): Promise<{ count: number; ids: string[] }>
  /** Problems `no-such-staff`, `no-such-team`. */
  mustKnow(way: GivingWay): Promise<void>
  openTasksOf(staff: string, now: number): Promise<number>
  desks: GivingStore['desks']
  /** Ids of an audience. Problem `not-found`. */
  audience(key: string, at: Asked): Promise<readonly string[]>
  known(what: 'customers' | 'staff' | 'teams', ids: readonly string[]): Promise<ReadonlySet<string>>
  report(from: number, now: number, convertMs: number): Promise<StaffReport>
  /** Who may log in by a number, and by which mark a password is known; null where nobody may. */
  loginOf(id: string): Promise<{ readonly id: string; readonly name: string; readonly mark: string } | null>
  /** Whether a customer is theirs, or they have an open task of the customer's. */
  mayTheySee(staff: string, customerId: string): Promise<boolean>
}
