import { useCallback, useEffect } from 'react'
import { useStore } from 'zustand'
import { rehearsalAnswer } from '../../shared/api/rehearsal.ts'
import { addDays, localDate, zonedAt } from '../../shared/calendar/index.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import { api } from '../api/client.ts'
import { useEditor } from '../nodes/index.ts'
import { readNode } from '../store/graph.ts'
import { playOn } from '../store/rehearsal.ts'
import { useCanvas } from './context.ts'

/** How often a running rehearsal is asked how far it is, and how long a day is shown while it plays (ms). */
const askEvery = 300
const dayLasts = 420

const dayMs = 86_400_000

/** The start for a backtest: the last time that the journey would have fired, at least a month and a half ago. */
export function backtestStart(journey: Journey, types: Registry, now: number, zone: string): string {
  const past = now - 45 * dayMs
  const firings = Object.values(journey.nodes).flatMap((node) => {
    const read = readNode(node, types)
    const entrance = read?.type.entrance?.(read.config)
    if (entrance?.kind !== 'schedule') return []
    const first = entrance.next(now - 400 * dayMs, zone)
    return first !== null && first.at <= past ? [first.at] : []
  })
  return firings.length === 0 ? addDays(localDate(now, zone), -365) : localDate(Math.min(...firings), zone)
}

/** Starts rehearsals, follows them to their end, and plays their days. */
export function useRehearsal(): { start: () => void } {
  const { document, rehearsal } = useCanvas()
  const { brand } = useEditor()
  const playing = useStore(rehearsal, (state) => state.playing)
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => playOn(rehearsal), dayLasts)
    return () => clearInterval(timer)
  }, [playing, rehearsal])

  const start = useCallback(() => {
    const { setup } = rehearsal.getState()
    const { journey } = document.getState()
    const zone = journey.settings.zone ?? brand.zone
    const request = {
      journey,
      start: setup.start === null ? null : zonedAt(setup.start, '00:00', zone),
      assume: setup.assume,
      ...(setup.assume === 'rates' && setup.rates !== null ? { rates: setup.rates } : {}),
      controlGroup: setup.controlGroup,
    }
    rehearsal.setState({
      state: 'running',
      progress: null,
      report: null,
      journey,
      playing: false,
      problem: null,
    })
    follow(rehearsal, request).catch((problem: unknown) => rehearsal.setState({ state: 'failed', problem }))
  }, [document, rehearsal, brand.zone])
  return { start }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function follow(
  rehearsal: ReturnType<typeof useCanvas>['rehearsal'],
  request: { journey: Journey } & Record<string, unknown>,
): Promise<void> {
  let answer = await api.post('/rehearsals', rehearsalAnswer, request)
  while (answer.state === 'running') {
    // A newer rehearsal, of a journey drawn since, takes this one's place.
    if (rehearsal.getState().journey !== request.journey) return
    rehearsal.setState({ progress: answer.progress })
    await wait(askEvery)
    answer = await api.get(`/rehearsals/${encodeURIComponent(answer.id)}`, rehearsalAnswer)
  }
  if (rehearsal.getState().journey !== request.journey) return
  if (answer.state === 'done' && answer.report !== null)
    rehearsal.setState({ state: 'done', report: answer.report, day: answer.report.timeline.length - 1 })
  else rehearsal.setState({ state: 'failed', problem: answer.problem })
}
