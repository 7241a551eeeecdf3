import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { journeyAnswer } from '../../../shared/api/journeys.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { chosenBrand } from '../../api/brand.ts'
import { apiFor } from '../../api/client.ts'
import { brandKey } from '../../api/query.ts'
import { portsOf } from '../../store/graph.ts'
import { useFormat } from '../../ui/useFormat.ts'

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

/** The names of nodes and ports, in the reader's language; ids where a journey is not known. */
export function useNames(journeys: ReadonlyMap<string, Journey>) {
  const format = useFormat()
  return useMemo(
    () => ({
      node: (journeyId: string | null, node: string): string => {
        const found = journeyId === null ? undefined : journeys.get(journeyId)?.nodes[node]
        return found ? format.text(found.name) : node
      },
      port: (journeyId: string | null, node: string | null, port: string): string => {
        const journey = journeyId === null ? undefined : journeys.get(journeyId)
        const found = journey && node ? portsOf(journey, node).find(({ id }) => id === port) : undefined
        return found ? format.text(found.name) : port
      },
    }),
    [journeys, format],
  )
}
