import { useEffect, useMemo, useState } from 'react'
import type { PicksTest } from '../../shared/conditions/picks.ts'
import {
  type Condition,
  type EventFilter,
  filtersIn,
  isEntryReference,
  leavesOf,
  type PickTest,
  type PropertyTest,
} from '../../shared/conditions/schema.ts'
import { useLocale } from '../locales/useLocale.ts'
import { useFormat } from '../ui/useFormat.ts'
import { journeyOf, ofJourneys } from './acts.ts'
import { useConditionServices } from './context.ts'
import { skusOf, useTitles } from './goods.ts'
import { named } from './variable.ts'

type Names = ReadonlyMap<string, string>

const nodeKey = (journey: string | null, node: string) => `${journey ?? ''}\n${node}`

/** An event with journeys and nodes under the names that people have given them. */
function eventWith<F extends EventFilter>(filter: F, journeys: Names, nodes: Names): F {
  if (!ofJourneys(filter.event) || filter.where === undefined) return filter
  const journey = journeyOf(filter.where)
  const nameOf: Readonly<Record<string, (value: string) => string | undefined>> = {
    journey_id: (value) => journeys.get(value),
    node: (value) => nodes.get(nodeKey(journey, value)),
  }
  const where = filter.where.map((test): PropertyTest => {
    const { property, value } = test
    const name = Object.hasOwn(nameOf, property) ? nameOf[property] : undefined
    if (name === undefined || value === undefined || isEntryReference(value)) return test
    const called = <T>(one: T) => (typeof one === 'string' ? (name(one) ?? one) : one)
    return { ...test, value: Array.isArray(value) ? value.map(called) : called(value) }
  })
  return { ...filter, where }
}

/** Products by their titles. */
function picksWith(test: PicksTest, titles: Names): PicksTest {
  if (titles.size === 0) return test
  const called = <T>(one: T) => (typeof one === 'string' ? (titles.get(one) ?? one) : one)
  const where = test.where.map((one): PickTest => {
    const { field, value } = one
    if (field !== 'sku' || value === undefined) return one
    return { ...one, value: Array.isArray(value) ? value.map(called) : called(value) }
  })
  return { ...test, where }
}

/** A condition with audiences and journeys under the names that people have given them. */
export function withNames(
  condition: Condition,
  audiences: Names,
  journeys: Names,
  nodes: Names = new Map(),
  titles: Names = new Map(),
): Condition {
  const named = (part: Condition) => withNames(part, audiences, journeys, nodes, titles)
  const event = <F extends EventFilter>(filter: F) => eventWith(filter, journeys, nodes)
  if (condition.kind === 'all' || condition.kind === 'any')
    return { ...condition, of: condition.of.map(named) }
  if (condition.kind === 'not') return { kind: 'not', of: named(condition.of) }
  if (condition.kind === 'events') return event(condition)
  if (condition.kind === 'sequence')
    return {
      ...condition,
      first: event(condition.first),
      next: condition.next.map(event),
      ...(condition.without === undefined ? {} : { without: event(condition.without) }),
    }
  if (condition.kind === 'picks') return picksWith(condition, titles)
  if (condition.kind !== 'audience') return condition
  return { ...condition, audience: audiences.get(condition.audience) ?? condition.audience }
}

/** The journeys of whose nodes a condition speaks. */
const journeysIn = (condition: Condition): string[] =>
  leavesOf(condition)
    .flatMap(filtersIn)
    .flatMap(({ where = [] }) => {
      const journey = where.some(({ property }) => property === 'node') ? journeyOf(where) : null
      return journey === null ? [] : [journey]
    })

/** The names of the nodes of which a condition speaks; until they are known it says their ids. */
function useNodeNames(condition: Condition | null): Names {
  const { nodesOf } = useConditionServices()
  const format = useFormat()
  const [names, setNames] = useState<Names>(new Map())
  const asked = condition === null ? '' : [...new Set(journeysIn(condition))].sort().join('\n')
  useEffect(() => {
    if (asked === '') return
    const stop = new AbortController()
    for (const journey of asked.split('\n'))
      nodesOf(journey, stop.signal).then(
        (nodes) =>
          setNames(
            (known) =>
              new Map([
                ...known,
                ...nodes.map(({ id, name }) => [nodeKey(journey, id), format.text(name)] as const),
              ]),
          ),
        // Nodes of a journey that cannot be read are called by their ids.
        () => undefined,
      )
    return () => stop.abort()
  }, [asked, nodesOf, format])
  return names
}

/** Puts names where a condition has keys and variables, so that it can be said as people say it. */
export function useSpoken(asked: Condition | null): (condition: Condition) => Condition {
  const { variables, audiences, journeys } = useConditionServices()
  const nodes = useNodeNames(asked)
  const titles = useTitles(asked === null ? [] : skusOf(asked))
  const { locale } = useLocale()
  const format = useFormat()
  return useMemo(() => {
    const nameOf = new Map(audiences.map(({ key, name }) => [key, format.text(name)]))
    const called = new Map(journeys.map(({ id, name }) => [id, format.text(name)]))
    return (condition) => named(withNames(condition, nameOf, called, nodes, titles), variables, locale)
  }, [variables, audiences, journeys, nodes, titles, locale, format])
}
