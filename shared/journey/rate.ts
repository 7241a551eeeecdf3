import type { JourneySettings, Rate } from './graph.ts'

const lengths = { minute: 60_000, hour: 3_600_000 } as const satisfies Record<Rate['per'], number>

/** How far apart the messages of a journey leave (ms); null: as fast as its channels take them. */
export function spacingOf({ rate }: Pick<JourneySettings, 'rate'>): number | null {
  return rate === undefined ? null : lengths[rate.per] / rate.messages
}

/** What may leave of a journey now, and from when on the next. */
export interface Paced {
  readonly count: number
  readonly nextAt: number | null
}

/** So long a stretch is let out at once: closer than this nobody can tell messages apart (ms). */
export const stretchMs = 1000

/**
 * Rule 22: of `wanted` messages those that may leave now, where the next was to leave at `nextAt`. What was missed in
 * a longer rest is not made up for at once: a backlog leaves evenly. Time that was set back holds nobody up for longer
 * than one message takes.
 */
export function pace(spacing: number, nextAt: number | null, now: number, wanted: number): Paced {
  const most = Math.max(spacing, stretchMs)
  const next = nextAt === null ? now : Math.min(nextAt, now + most)
  if (next > now) return { count: 0, nextAt: next }
  const from = Math.max(next, now - stretchMs)
  const count = Math.min(wanted, Math.floor((now + stretchMs - from) / spacing) || 1)
  return { count, nextAt: count === 0 ? nextAt : Math.ceil(from + count * spacing) }
}

/** When messages leave that are decided at some moments, in order of time, and how long each is held back. */
export function leavingTimes(spacing: number, decided: readonly number[]): number[] {
  let free = Number.NEGATIVE_INFINITY
  return decided.map((at) => {
    const leaves = Math.max(at, free)
    free = leaves + spacing
    return leaves
  })
}
