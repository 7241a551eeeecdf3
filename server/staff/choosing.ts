import type { GivingWay } from '../../shared/api/staff.ts'
import { localDate } from '../../shared/calendar/index.ts'
import { nextWork } from '../../shared/calendar/work-time.ts'
import { rawAttributeOf } from '../../shared/conditions/customer.ts'
import { evaluate, needsOf } from '../../shared/conditions/evaluate.ts'
import { noHistory } from '../../shared/conditions/history.ts'
import { membershipsOf } from '../../shared/conditions/memberships.ts'
import type { BrandSettings } from '../../shared/journey/brand.ts'
import { type Asked, assign, type Counters, type Given, inOrder, note } from '../../shared/staff/assign.ts'
import { type AssignRule, assignRule } from '../../shared/staff/rules.ts'
import { type FactsSource, isReadable } from '../ports/engine.ts'
import type { Desks } from '../ports/staff.ts'

/** What is known of customers when they are given away. */
export type Facts = Pick<FactsSource, 'customers' | 'tags' | 'memberships' | 'events'>

export interface When {
  readonly now: number
  readonly zone: string
}

/**
 * The day by which it is seen who is away: the next day of work, as customers that come on a day off are looked after
 * from then on.
 */
export const dayOfGiving = (now: number, { work, zone }: Pick<BrandSettings, 'work' | 'zone'>): string =>
  localDate(nextWork(now, work, zone), zone)

const nothing: ReadonlySet<string> = new Set()

/** What the rules ask of customers, loaded in one query a kind; null of whoever is gone or cannot be read. */
export async function askedOf(
  facts: Facts,
  rules: readonly AssignRule[],
  ids: readonly string[],
  { now, zone }: When,
): Promise<(id: string) => Asked | null> {
  const conditions = rules.flatMap(({ active, when }) => (active && when !== null ? [when] : []))
  const needs = needsOf(conditions)
  const [customers, tags, members, events] = await Promise.all([
    facts.customers(ids, needs.addresses),
    needs.tags ? facts.tags(ids) : null,
    needs.audiences.length > 0 ? facts.memberships(ids, needs.audiences, { now, zone, anchors: {} }) : null,
    needs.events.length > 0 ? facts.events(ids, needs.events) : null,
  ])
  return (id) => {
    const customer = customers.get(id)
    if (customer === undefined || !isReadable(customer)) return null
    const known = {
      customer,
      tags: tags?.get(id) ?? nothing,
      audiences:
        members === null ? nothing : membershipsOf(members.members.get(id) ?? nothing, members.unknown),
      events: events?.get(id) ?? [],
      history: noHistory,
      entry: {},
    }
    const time = { now, zone, enteredAt: null, anchors: {} }
    return {
      holds: ({ when }) => when === null || evaluate(when, known, time),
      attribute(name) {
        const value = rawAttributeOf(customer, name)
        return value === null ? null : String(value)
      },
    }
  }
}

const everybody = (staff: readonly string[], team: string | null, how: 'turns' | 'least') =>
  assignRule.parse({ id: 'way', name: 'way', to: { staff, team, how } })

/** The rules by which a way gives: those of the brand, or one made for it. */
const rulesOf: Readonly<Record<GivingWay['kind'], (way: GivingWay, desks: Desks) => readonly AssignRule[]>> =
  {
    rules: (_way, { rules }) => rules,
    staff: (way) => (way.kind === 'staff' ? [everybody([way.staff], null, 'turns')] : []),
    team: (way) => (way.kind === 'team' ? [everybody([], way.team, 'least')] : []),
  }

/** Chooses for one customer after another; whoever `without` names gets none. */
export function chooser(
  desks: Desks,
  way: GivingWay,
  without: string | null,
): { readonly rules: readonly AssignRule[]; choose(asked: Asked, counters: Counters): Given | null } {
  const rules = rulesOf[way.kind](way, desks)
  const staff = inOrder(desks.candidates.filter(({ id }) => id !== without))
  return {
    rules,
    choose(asked, counters) {
      // Whom a person names gets them, whatever the ceiling and the calendar say.
      if (way.kind !== 'staff') return assign(rules, staff, asked, counters)
      const given = { staff: way.staff, rule: 'way' }
      note(counters, given)
      return given
    },
  }
}
