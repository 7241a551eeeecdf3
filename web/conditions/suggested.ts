import { useEffect, useState } from 'react'
import type { SuggestedAnswer, ValuesOf } from '../../shared/api/suggested.ts'
import { useFormat } from '../ui/useFormat.ts'
import { useConditionServices } from './context.ts'

/** How long typing must pause before values are looked for (ms). */
const quiet = 150

/** A value that the data has, as a field offers it. */
export interface SuggestedOption {
  readonly value: string
  readonly label: string
  /** How often it is there. */
  readonly note: string
}

/**
 * The values that the data has, the most frequent first, as they begin; none before somebody looks for them. What was
 * found last stays until the next is known.
 */
export function useSuggested(of: ValuesOf | null, typed: string, looking: boolean): SuggestedOption[] {
  const { values } = useConditionServices()
  const format = useFormat()
  const [found, setFound] = useState<SuggestedAnswer['values']>([])
  const asked = of === null ? null : JSON.stringify(of)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked for, whichever object says so
  useEffect(() => {
    if (of === null || !looking) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      // Values that cannot be had are left out: any may be typed.
      values(of, typed.trim(), stop.signal).then(
        (answer) => setFound(answer.values),
        () => undefined,
      )
    }, quiet)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [asked, typed, looking, values])
  return found.map(({ value, count }) => ({
    value: String(value),
    label: String(value),
    note: format.count(count, true),
  }))
}
