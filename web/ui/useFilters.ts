import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

/** Filters that live in the address, so that a list can be linked to and survives going back. */
export function useFilters<K extends string>(
  keys: readonly K[],
): readonly [Readonly<Record<K, string | undefined>>, (key: K, value: string | undefined) => void] {
  const [params, setParams] = useSearchParams()
  // Object.fromEntries forgets its keys; they are exactly those asked for.
  const values = Object.fromEntries(keys.map((key) => [key, params.get(key) ?? undefined])) as Record<
    K,
    string | undefined
  >
  const set = useCallback(
    (key: K, value: string | undefined) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old)
          if (value) next.set(key, value)
          else next.delete(key)
          return next
        },
        { replace: true },
      ),
    [setParams],
  )
  return [values, set]
}
