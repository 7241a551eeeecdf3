import {
  QueryClient,
  type QueryKey,
  queryOptions,
  type UseQueryOptions,
  type UseQueryResult,
  useQuery,
} from '@tanstack/react-query'
import type { z } from 'zod'
import { useStore } from 'zustand'
import { type BrandId, systemAnswer } from '../../shared/api/system.ts'
import { chosenBrand } from './brand.ts'
import { apiFor, rootApi } from './client.ts'
import { passes } from './patience.ts'
import type { ApiProblem } from './problem.ts'

/** One client for the whole page. A refusal is final, but of what passes by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      retry: passes,
    },
  },
})

/** The key of a brand's resource; a prefix of it (`brandKey(brand)`) names everything of the brand. */
export const brandKey = (brand: BrandId, path?: string): QueryKey =>
  path === undefined ? ['brand', brand] : ['brand', brand, path]

type Extra<T> = Omit<UseQueryOptions<T, ApiProblem, T, QueryKey>, 'queryKey' | 'queryFn'>

/** Reads a resource of the chosen brand: `useApiQuery('/journeys', journeyList)`. */
export function useApiQuery<S extends z.ZodType>(
  path: string,
  schema: S,
  extra: Extra<z.output<S>> = {},
): UseQueryResult<z.output<S>, ApiProblem> {
  const brand = useStore(chosenBrand, (state) => state.brand)
  return useQuery<z.output<S>, ApiProblem, z.output<S>, QueryKey>({
    ...extra,
    queryKey: brandKey(brand, path),
    queryFn: ({ signal }) => apiFor(brand).get(path, schema, { signal }),
  })
}

/** Asks again for everything of the chosen brand whose path begins so; all of it without a path. */
export function refresh(pathPrefix = ''): Promise<void> {
  const { brand } = chosenBrand.getState()
  return queryClient.invalidateQueries(
    {
      queryKey: brandKey(brand),
      predicate: ({ queryKey }) => String(queryKey[2]).startsWith(pathPrefix),
    },
    { cancelRefetch: false },
  )
}

/**
 * Has everything of the chosen brand asked for again when it is shown next, and nothing at once: what is on the screen
 * may be gone.
 */
export function outdate(): Promise<void> {
  const { brand } = chosenBrand.getState()
  return queryClient.invalidateQueries({ queryKey: brandKey(brand), refetchType: 'none' })
}

/** What the installation is. */
export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: ({ signal }) => rootApi.get('/system', systemAnswer, { signal }),
  staleTime: 60_000,
})
