import { useCallback, useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { figuresAnswer } from '../../shared/api/journeys.ts'
import { streamMessage } from '../../shared/api/system.ts'
import { queryString } from '../api/client.ts'
import { useApiQuery } from '../api/query.ts'
import { useEventStream } from '../api/stream.ts'
import { fromFigures, fromRehearsal, noNumbers } from '../store/numbers.ts'
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

/** Keeps the numbers of cards and lines: those of the rehearsal's day while it is open, else the live ones. */
export function useNumbers(): void {
  const { numbers, rehearsal, screen, meta } = useCanvas()
  const id = useStore(meta, (state) => state.id)
  const version = useStore(meta, ({ liveVersion }) => liveVersion)
  const live = version !== null
  const { data, refetch } = useApiQuery(
    `/journeys/${encodeURIComponent(id)}/figures${queryString({ version })}`,
    figuresAnswer,
    {
      enabled: live,
    },
  )
  const ask = useThrottled(
    useCallback(() => void refetch(), [refetch]),
    askEvery,
  )
  useEventStream('/stream', streamMessage, (message) => {
    if (live && message.type === 'figures' && message.journeyId === id) ask()
  })
  const open = useStore(screen, (state) => state.rehearsal)
  const report = useStore(rehearsal, (state) => state.report)
  const day = useStore(rehearsal, (state) => state.day)
  useEffect(() => {
    const before = numbers.getState()
    if (open && report !== null) numbers.setState(fromRehearsal(report, day, before), true)
    else if (live && data) numbers.setState(fromFigures(data, before), true)
    else numbers.setState(noNumbers, true)
  }, [numbers, open, report, day, live, data])
}
