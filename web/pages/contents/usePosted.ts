import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { useStore } from 'zustand'
import { chosenBrand } from '../../api/brand.ts'
import { api } from '../../api/client.ts'
import type { ApiProblem } from '../../api/problem.ts'
import { brandKey } from '../../api/query.ts'

/** How long writing must pause before anything is asked of the server (ms). */
const quiet = 400

/** A value once it has stayed the same for a while. */
export function useSettled<T>(value: T, same: string): T {
  const [settled, setSettled] = useState(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the value says, whichever object says it
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), quiet)
    return () => clearTimeout(timer)
  }, [same])
  return settled
}

/** Asks about something that need not be saved; null asks nothing. What was answered last stays meanwhile. */
export function usePosted<S extends z.ZodType>(
  path: string,
  schema: S,
  body: object | null,
): UseQueryResult<z.output<S>, ApiProblem> {
  const brand = useStore(chosenBrand, (state) => state.brand)
  return useQuery<z.output<S>, ApiProblem>({
    queryKey: [...brandKey(brand, path), body],
    queryFn: ({ signal }) => api.post(path, schema, body ?? {}, { signal }),
    enabled: body !== null,
    placeholderData: (before) => before,
  })
}
