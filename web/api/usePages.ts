import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { useStore } from 'zustand'
import { chosenBrand } from './brand.ts'
import { apiFor, queryString, rootApi } from './client.ts'
import type { ApiProblem } from './problem.ts'
import { brandKey } from './query.ts'

type Cursor = string | number | null
type Filters = Readonly<Record<string, string | undefined>>

/**
 * A list that is read page by page. `cursor` is the parameter that takes the `next` of the page before. What
 * was found stays in sight while another filter is asked for. A list may be the installation's.
 */
export function usePages<S extends z.ZodType<{ next: Cursor }>>(
  path: string,
  schema: S,
  filters: Filters,
  cursor: string,
  of: 'brand' | 'installation' = 'brand',
) {
  const brand = useStore(chosenBrand, (state) => state.brand)
  return useInfiniteQuery<z.output<S>, ApiProblem, InfiniteData<z.output<S>>, readonly unknown[], Cursor>({
    queryKey: [...(of === 'brand' ? brandKey(brand, path) : [of, path]), 'pages', filters],
    queryFn: ({ pageParam, signal }) =>
      (of === 'brand' ? apiFor(brand) : rootApi).get(
        `${path}${queryString({ ...filters, [cursor]: pageParam })}`,
        schema,
        { signal },
      ),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}
