import { useMemo } from 'react'
import {
  type Condition,
  type EventFilter,
  isEntryReference,
  type PropertyTest,
} from '../../shared/conditions/schema.ts'
import { useLocale } from '../locales/useLocale.ts'
import { useFormat } from '../ui/useFormat.ts'
import { ofJourneys } from './acts.ts'
import { useConditionServices } from './context.ts'
import { named } from './variable.ts'

type Names = ReadonlyMap<string, string>

/** An event with journeys under the names that people have given them. */
function eventWith<F extends EventFilter>(filter: F, journeys: Names): F {
  if (!ofJourneys(filter.event) || filter.where === undefined) return filter
  const called = <T>(value: T) => (typeof value === 'string' ? (journeys.get(value) ?? value) : value)
  const where = filter.where.map((test): PropertyTest => {
    const { property, value } = test
    if (property !== 'journey_id' || value === undefined || isEntryReference(value)) return test
    return { ...test, value: Array.isArray(value) ? value.map(called) : called(value) }
  })
  return { ...filter, where }
}

/** A condition with audiences and journeys under the names that people have given them. */
export function withNames(condition: Condition, audiences: Names, journeys: Names): Condition {
  if (condition.kind === 'all' || condition.kind === 'any')
    return { ...condition, of: condition.of.map((part) => withNames(part, audiences, journeys)) }
  if (condition.kind === 'not') return { kind: 'not', of: withNames(condition.of, audiences, journeys) }
  if (condition.kind === 'events') return eventWith(condition, journeys)
  if (condition.kind === 'sequence')
    return {
      ...condition,
      first: eventWith(condition.first, journeys),
      next: condition.next.map((step) => eventWith(step, journeys)),
      ...(condition.without === undefined ? {} : { without: eventWith(condition.without, journeys) }),
    }
  if (condition.kind !== 'audience') return condition
  return { ...condition, audience: audiences.get(condition.audience) ?? condition.audience }
}

/** Puts names where a condition has keys and variables, so that it can be said as people say it. */
export function useSpoken(): (condition: Condition) => Condition {
  const { variables, audiences, journeys } = useConditionServices()
  const { locale } = useLocale()
  const format = useFormat()
  return useMemo(() => {
    const nameOf = new Map(audiences.map(({ key, name }) => [key, format.text(name)]))
    const journeyOf = new Map(journeys.map(({ id, name }) => [id, format.text(name)]))
    return (condition) => named(withNames(condition, nameOf, journeyOf), variables, locale)
  }, [variables, audiences, journeys, locale, format])
}
