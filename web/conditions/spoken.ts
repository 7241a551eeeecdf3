import { useMemo } from 'react'
import type { Condition } from '../../shared/conditions/schema.ts'
import { useLocale } from '../locales/useLocale.ts'
import { useFormat } from '../ui/useFormat.ts'
import { useConditionServices } from './context.ts'
import { named } from './variable.ts'

/** A condition with audiences under the names that people have given them. */
export function withNames(condition: Condition, nameOf: ReadonlyMap<string, string>): Condition {
  if (condition.kind === 'all' || condition.kind === 'any')
    return { ...condition, of: condition.of.map((part) => withNames(part, nameOf)) }
  if (condition.kind === 'not') return { kind: 'not', of: withNames(condition.of, nameOf) }
  if (condition.kind !== 'audience') return condition
  return { ...condition, audience: nameOf.get(condition.audience) ?? condition.audience }
}

/** Puts names where a condition has keys and variables, so that it can be said as people say it. */
export function useSpoken(): (condition: Condition) => Condition {
  const { variables, audiences } = useConditionServices()
  const { locale } = useLocale()
  const format = useFormat()
  return useMemo(() => {
    const nameOf = new Map(audiences.map(({ key, name }) => [key, format.text(name)]))
    return (condition) => named(withNames(condition, nameOf), variables, locale)
  }, [variables, audiences, locale, format])
}
