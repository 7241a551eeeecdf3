import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type ClockAdvance, type ClockAnswer, clockAnswer } from '../../shared/api/clock.ts'
import { chosenBrand } from '../api/brand.ts'
import { api } from '../api/client.ts'
import { brandKey, queryClient, refresh, useApiQuery } from '../api/query.ts'
import { useNotice } from '../ui/useNotice.tsx'

/** Puts a newer word of the clock where every part of the page reads it. */
export function heardClock(clock: ClockAnswer): void {
  queryClient.setQueryData(brandKey(chosenBrand.getState().brand, '/clock'), clock)
}

/** The clock of the chosen brand. The stream keeps it fresh; while it moves it is asked for as well. */
export function useClock() {
  return useApiQuery('/clock', clockAnswer, {
    refetchInterval: (query) => (query.state.data?.moving ? 1_000 : 60_000),
  })
}

/** Moves the sandbox clock, and asks for everything anew once it has arrived. */
export function useAdvance(clock: ClockAnswer) {
  const notice = useNotice()
  const moving = clock.moving !== null
  const wasMoving = useRef(moving)
  useEffect(() => {
    if (wasMoving.current && !moving) void refresh()
    wasMoving.current = moving
  }, [moving])
  const move = useMutation({
    mutationFn: (how: ClockAdvance) => api.post('/clock/advance', clockAnswer, how),
    onSuccess: (answer) => {
      heardClock(answer)
      if (!answer.moving) void refresh()
    },
    onError: notice.problem,
  })
  return { advance: move.mutate, busy: moving || move.isPending }
}
