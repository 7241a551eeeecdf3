import { useMemo } from 'react'
import type { Journey } from '../../../shared/journey/graph.ts'
import { portsOf } from '../../store/graph.ts'
import { useFormat } from '../../ui/useFormat.ts'

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
