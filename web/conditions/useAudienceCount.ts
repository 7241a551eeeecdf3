import { useEffect, useState } from 'react'
import type { Condition } from '../../shared/conditions/schema.ts'
import { useConditionServices } from './context.ts'
import { valued } from './variable.ts'

/** How long until it is asked again where the answer will be there soon (ms). */
const again = 3_000

/** How many customers a condition holds for now; null while that is unknown, and without a condition. */
export function useAudienceCount(audience: Condition | null): number | null {
  const { count, variables } = useConditionServices()
  const [people, setPeople] = useState<number | null>(null)
  useEffect(() => {
    if (audience === null) return
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    // A count that cannot be had is left out; nothing depends on it.
    const ask = () =>
      count(valued(audience, variables), stop.signal).then(
        (answer) => {
          setPeople('count' in answer ? answer.count : null)
          if (!('count' in answer) && answer.soon && !stop.signal.aborted) timer = setTimeout(ask, again)
        },
        () => setPeople(null),
      )
    void ask()
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [audience, variables, count])
  return people
}
