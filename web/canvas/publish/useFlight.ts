import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useStore } from 'zustand'
import type { FlightAnswer } from '../../../shared/api/versions.ts'
import type { Fate } from '../../../shared/run/move.ts'
import { chosenBrand } from '../../api/brand.ts'
import type { ApiProblem } from '../../api/problem.ts'
import { brandKey } from '../../api/query.ts'
import { useCanvas } from '../context.ts'
import { askFlight, type SaidFate } from './lifecycle.ts'

/** What publishing the draft would do to those under way, by what has been said so far. */
export function useFlight(said: SaidFate) {
  const canvas = useCanvas()
  const brand = useStore(chosenBrand, (state) => state.brand)
  const id = useStore(canvas.meta, (state) => state.id)
  const revision = useStore(canvas.saving.store, (state) => state.revision)
  return useQuery<FlightAnswer, ApiProblem>({
    queryKey: [...brandKey(brand, `/journeys/${id}/publish/preview`), revision, said],
    queryFn: ({ signal }) => askFlight(canvas, said, signal),
    placeholderData: keepPreviousData,
    gcTime: 0,
    staleTime: 0,
  })
}

/** The fate that everybody shares; null where they differ, or something has still to be said. */
export function sharedFate({ people }: FlightAnswer): Fate | null {
  const fates = new Set(people.map(({ becomes }) => fateBehind[becomes]))
  const [only = null] = fates
  return fates.size === 1 ? only : null
}

/** What was chosen for those of whom this becomes; null where something has still to be said. */
export const fateBehind = {
  finishes: 'finish',
  stays: 'move',
  asked: 'move',
  enters: 'move',
  leaves: 'leave',
  undecided: null,
} as const satisfies Readonly<Record<FlightAnswer['people'][number]['becomes'], Fate | null>>
