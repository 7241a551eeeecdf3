import { useCallback, useEffect, useRef } from 'react'
import { z } from 'zod'
import { useStore } from 'zustand'
import { rehearsalAnswer } from '../../../shared/api/rehearsal.ts'
import { addDays, localDate, zonedAt } from '../../../shared/calendar/index.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { type ForEntrances, forEntrance, type ScheduleEntrance } from '../../../shared/nodes/entrance.ts'
import type { Registry } from '../../../shared/nodes/type.ts'
import { api } from '../../api/client.ts'
import { useEditor } from '../../nodes/index.ts'
import { readNode } from '../../store/graph.ts'
import { peopleOf, playOn } from '../../store/rehearsal.ts'
import { useNotice } from '../../ui/useNotice.tsx'
import { useCanvas } from '../context.ts'

/** How often a running rehearsal is asked how far it is, and how long a day is shown while it plays (ms). */
const askEvery = 300
const dayLasts = 420

const dayMs = 86_400_000

/** When entrances let in by themselves; null where a rehearsal may begin at any time. */
const timetables: ForEntrances<[], ScheduleEntrance['next'] | null> = {
  schedule: ({ next }) => next,
  event: () => null,
  manual: () => null,
  membership: () => null,
  absence: () => null,
  journey: () => null,
}

/** The start for a backtest: the last time that the journey would have fired, at least a month and a half ago. */
export function backtestStart(journey: Journey, types: Registry, now: number, zone: string): string {
  const past = now - 45 * dayMs
  const firings = Object.values(journey.nodes).flatMap((node) => {
    const read = readNode(node, types, journey)
    const entrance = read?.type.entrance?.(read.config)
    const next = entrance === undefined ? null : forEntrance(timetables, entrance)
    const first = next?.(now - 400 * dayMs, zone) ?? null
    return first !== null && first.at <= past ? [first.at] : []
  })
  return firings.length === 0 ? addDays(localDate(now, zone), -365) : localDate(Math.min(...firings), zone)
}

const forHands: ForEntrances<[], boolean> = {
  schedule: () => false,
  event: () => false,
  manual: () => true,
  membership: () => false,
  absence: () => false,
  journey: () => false,
}

/** Whether people come in by a node only when a person or another system sends them in. */
export function letsInByHand(
  node: Journey['nodes'][string],
  types: Registry,
  journey: Pick<Journey, 'variables'>,
): boolean {
  const read = readNode(node, types, journey)
  const entrance = read?.type.entrance?.(read.config)
  return entrance !== undefined && forEntrance(forHands, entrance)
}

/** Starts rehearsals, follows them to their end or cancels them, and plays their days. */
export function useRehearsal(): { start: () => void; cancel: () => void } {
  const { document, rehearsal } = useCanvas()
  const notice = useNotice()
  const running = useRef<AbortController | null>(null)
  const { brand } = useEditor()
  const playing = useStore(rehearsal, (state) => state.playing)
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => playOn(rehearsal), dayLasts)
    return () => clearInterval(timer)
  }, [playing, rehearsal])

  // When the canvas is left there is nobody to read the report.
  useEffect(() => () => running.current?.abort(), [])

  const cancel = useCallback(() => {
    running.current?.abort()
    rehearsal.setState({ state: 'idle', progress: null, journey: null })
  }, [rehearsal])

  const start = useCallback(() => {
    running.current?.abort()
    const stop = new AbortController()
    running.current = stop
    const { setup } = rehearsal.getState()
    const { journey } = document.getState()
    const zone = journey.settings.zone ?? brand.zone
    const request = {
      journey,
      start: setup.start === null ? null : zonedAt(setup.start, '00:00', zone),
      assume: setup.assume,
      ...(setup.assume === 'rates' && setup.rates !== null ? { rates: setup.rates } : {}),
      people: peopleOf(setup.people),
      controlGroup: setup.controlGroup,
      sample: setup.sample,
    }
    rehearsal.setState({
      state: 'running',
      progress: null,
      copying: null,
      before: 0,
      id: null,
      report: null,
      journey,
      playing: false,
      problem: null,
    })
    follow(rehearsal, request, stop.signal).catch((problem: unknown) => {
      if (stop.signal.aborted) notice.problem(problem)
      else rehearsal.setState({ state: 'failed', problem })
    })
  }, [document, rehearsal, brand.zone, notice])
  return { start, cancel }
}

/** Resolves after a while, or as soon as it is stopped. */
function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    const wake = () => {
      clearTimeout(timer)
      resolve()
    }
    stopped.addEventListener('abort', wake, { once: true })
  })
}

/** Tells how far a rehearsal is until its end; one that is stopped meanwhile is cancelled at the server too. */
async function follow(
  rehearsal: ReturnType<typeof useCanvas>['rehearsal'],
  request: { journey: Journey } & Record<string, unknown>,
  stopped: AbortSignal,
): Promise<void> {
  let answer = await api.post('/rehearsals', rehearsalAnswer, request)
  const path = `/rehearsals/${encodeURIComponent(answer.id)}`
  while (answer.state === 'running' && !stopped.aborted) {
    rehearsal.setState({ progress: answer.progress, copying: answer.copying, before: answer.before })
    await pause(askEvery, stopped)
    if (!stopped.aborted) answer = await api.get(path, rehearsalAnswer)
  }
  if (stopped.aborted) await api.delete(path, z.unknown())
  else if (answer.state === 'done' && answer.report !== null)
    rehearsal.setState({
      state: 'done',
      id: answer.id,
      report: answer.report,
      day: answer.report.timeline.length - 1,
    })
  // Somebody has ended it under “Under way”.
  else if (answer.state === 'cancelled') rehearsal.setState({ state: 'idle', progress: null, journey: null })
  else rehearsal.setState({ state: 'failed', problem: answer.reason })
}
