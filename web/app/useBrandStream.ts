import { useEffect, useRef } from 'react'
import { streamMessage } from '../../shared/api/system.ts'
import { refresh } from '../api/query.ts'
import { useEventStream } from '../api/stream.ts'
import { heardClock } from '../pages/useClock.ts'
import { noteArrivals } from '../ui/phoneDrawer.ts'

/** A busy hour brings thousands of messages; the phone is redrawn this often at most. */
const redrawEvery = 500
/** Who has come further may wait for a decision: the tasks are read again this often at most. */
const countEvery = 2000

/** Keeps clock and phone up with what happens in the brand. */
export function useBrandStream(): void {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const tasks = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      clearTimeout(tasks.current)
    },
    [],
  )
  const redraw = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void refresh('/inbox')
      void refresh('/wecom')
    }, redrawEvery)
  }
  useEventStream('/stream', streamMessage, (message) => {
    if (message.type === 'clock') heardClock(message.clock)
    // What an employee has sent by then has arrived.
    if (message.type === 'clock' && message.clock.sandbox) redraw()
    if (message.type === 'figures')
      tasks.current ??= setTimeout(() => {
        tasks.current = undefined
        void refresh('/tasks')
      }, countEvery)
    if (message.type !== 'inbox') return
    noteArrivals(message.added)
    redraw()
  })
}
