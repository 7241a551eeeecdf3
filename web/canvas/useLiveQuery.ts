import { useCallback, useEffect, useRef } from 'react'
import type { z } from 'zod'
import { useStore } from 'zustand'
import { streamMessage } from '../../shared/api/system.ts'
import { useApiQuery } from '../api/query.ts'
import { useEventStream } from '../api/stream.ts'
import { useCanvas } from './context.ts'

/** A busy engine tells of figures many times a second; they are asked for this often at most (ms). */
const askEvery = 700

/** Runs a function at once, then at most once in a while, never forgetting the last call. */
function useThrottled(run: () => void, every: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const again = useRef(false)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    const go = () => {
      run()
      again.current = false
      timer.current = setTimeout(() => {
        timer.current = undefined
        if (again.current) go()
      }, every)
    }
    if (timer.current === undefined) go()
    else again.current = true
  }, [run, every])
}

/**
 * What the server says under a path of the open journey, such as `/figures`, asked for again whenever the
 * journey's figures change, and every so often (ms) where `every` says so of what is known; undefined until it is known,
 * and while no version is live.
 */
export function useLiveQuery<S extends z.ZodType>(
  path: string,
  schema: S,
  every: (data: z.output<S>) => number | false = () => false,
): z.output<S> | undefined {
  const { meta } = useCanvas()
  const id = useStore(meta, (state) => state.id)
  const live = useStore(meta, ({ liveVersion }) => liveVersion !== null)
  const { data, refetch } = useApiQuery(`/journeys/${encodeURIComponent(id)}${path}`, schema, {
    enabled: live,
    refetchInterval: ({ state }) => (state.data === undefined ? false : every(state.data)),
  })
  const ask = useThrottled(
    useCallback(() => void refetch(), [refetch]),
    askEvery,
  )
  useEventStream('/stream', streamMessage, (message) => {
    if (live && message.type === 'figures' && message.journeyId === id) ask()
  })
  return live ? data : undefined
}
