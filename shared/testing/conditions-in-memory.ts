import { reachedFrom, type SavedAudience } from '../conditions/audiences.ts'
import type { AttributeTypes } from '../conditions/customer.ts'
import { evaluate } from '../conditions/evaluate.ts'
import { noHistory } from '../conditions/history.ts'
import { HeldMemberships } from '../conditions/memberships.ts'
import type { Condition } from '../conditions/schema.ts'
import type { TimeContext } from '../conditions/window.ts'
import type { Member, Saved } from './random-conditions.ts'

/** A customer without data but orders at some of the times, of 10 yuan each. */
export function buyer(id: string, indices: readonly number[], times: readonly number[]): Member {
  const known = { name: null, phone: null, email: null, gender: null, birthday: null, city: null }
  const unknown = { registeredAt: null, timezone: null, language: null, consentSms: null, consentEmail: null }
  const customer = {
    id,
    ...known,
    ...unknown,
    blacklisted: false,
    unsubscribed: [],
    closed: {},
    attributes: {},
  }
  const events = indices.flatMap((index) => {
    const at = times[index]
    return at === undefined
      ? []
      : [{ id: `${id}-${index}`, name: 'order', at, amount: 1_000, properties: {} }]
  })
  return { customer, tags: [], lists: [], events }
}

export const savedIn =
  (saved: Saved): SavedAudience =>
  (key) =>
    Object.hasOwn(saved, key) ? saved[key] : undefined

/** Who passes by the evaluation of one customer at a time. */
export function inMemory(
  condition: Condition,
  saved: Saved,
  context: TimeContext,
  members: readonly Member[],
  types?: AttributeTypes,
) {
  const named = reachedFrom(Object.keys(saved), savedIn(saved))
  const holds = (asked: Condition, member: Member): boolean => {
    const known = {
      customer: types === undefined ? member.customer : { ...member.customer, types },
      tags: new Set(member.tags),
      events: member.events
        .map((event, arrival) => ({ event, arrival }))
        .sort((left, right) => left.event.at - right.event.at || left.arrival - right.arrival)
        .map(({ event }) => event),
      picks: member.picks ?? [],
    }
    const audiences = new HeldMemberships(new Set(member.lists), named, known)
    return evaluate(asked, { ...known, audiences, history: noHistory, entry: {} }, context)
  }
  return members
    .filter((member) => holds(condition, member))
    .map(({ customer }) => customer.id)
    .sort()
}
