import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { journeyAnswer } from '../../shared/api/journeys.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { chosenBrand } from './brand.ts'
import { apiFor } from './client.ts'
import { brandKey } from './query.ts'

/** The journeys of those ids, as far as they can still be read; a deleted one is left out. */
export function useJourneys(ids: readonly string[]): ReadonlyMap<string, Journey> {
  const brand = useStore(chosenBrand, (state) => state.brand)
  const found = useQueries({
    queries: ids.map((id) => ({
      queryKey: brandKey(brand, `/journeys/${id}`),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        apiFor(brand).get(`/journeys/${id}`, journeyAnswer, { signal }),
      staleTime: 60_000,
      retry: false,
    })),
    combine: (answers) => answers.flatMap(({ data }) => (data ? [data.journey] : [])),
  })
  return useMemo(() => new Map(found.map((journey) => [journey.id, journey])), [found])
}
