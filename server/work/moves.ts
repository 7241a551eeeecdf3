import type { ClockAnswer } from '../../shared/api/clock.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { limits } from '../../shared/limits.ts'
import type { Workshop } from './workshop.ts'

const hourMs = 3_600_000
const inHours = (ms: number) => Math.round(ms / hourMs)

/** A sandbox's clock, as far as its moves are followed. */
export interface Moving {
  readonly brand: string
  readonly actor: Actor
  moving(): ClockAnswer['moving']
  endMove(): Promise<void>
  /** Hears whenever the clock has moved; answers what ends that. */
  subscribe(listener: () => void): () => void
}

/** Shows a move of the clock while it goes on, in hours; it ends where it is by a person, or when its time is over. */
export async function followMove(
  workshop: Workshop,
  { brand, actor, moving, endMove, subscribe }: Moving,
  move: () => Promise<void>,
): Promise<void> {
  const opened = workshop.open.open({ brand, kind: 'move', what: '', actor })
  const seconds = limits.moveTime.value
  opened.runs(seconds)
  const end = () => void endMove()
  const late = setTimeout(end, seconds * 1000).unref()
  opened.signal.addEventListener('abort', end)
  const unsubscribe = subscribe(() => {
    const now = moving()
    if (now !== null) opened.progress(inHours(now.at - now.from), inHours(now.to - now.from))
  })
  try {
    await move()
  } finally {
    clearTimeout(late)
    unsubscribe()
    opened.close()
  }
}
