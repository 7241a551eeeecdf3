import { Cron } from 'croner'
import { Problem } from '../errors/index.ts'
import { dayLength, instantOf, offsetAt, wallAt } from './offset.ts'

/** Five fields, or six with the seconds first; croner also reads a date, which is no schedule. */
const fields = /^\S+(?:\s+\S+){4,5}$/
const nicknames = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@hourly']
const longest = 200

const read = new Map<string, Cron | null>()

function cronOf(expr: string): Cron | null {
  const text = expr.trim()
  if (text.length > longest) return null
  const known = read.get(text)
  if (known !== undefined) return known
  if (read.size >= 500) read.clear()
  const cron = parse(text)
  read.set(text, cron)
  return cron
}

function parse(text: string): Cron | null {
  // With a colon croner takes it for a moment instead, and stumbles over what is none.
  if (text.includes(':')) return null
  if (!fields.test(text) && !nicknames.includes(text.toLowerCase())) return null
  try {
    // Without a function croner schedules nothing. It reads wall clocks as if they were UTC; zones are
    // this room's. `sloppyRanges` admits 0/15, as Quartz and others write it.
    return new Cron(text, { utcOffset: 0, mode: '5-or-6-parts', sloppyRanges: true, paused: true })
  } catch (error) {
    // croner says in no other way that it cannot read an expression.
    if (error instanceof TypeError || error instanceof RangeError) return null
    throw error
  }
}

/**
 * Whether the text is a cron expression: minute hour day month weekday, optionally with seconds before
 * them, or a nickname such as @daily. Day and weekday both given means either.
 */
export function isCron(expr: string): boolean {
  return cronOf(expr) !== null
}

/** The next time on the wall clock after another (epoch ms as if UTC), or null when there is none. */
function nextWall(cron: Cron, wall: number): number | null {
  return cron.nextRun(new Date(wall))?.getTime() ?? null
}

/**
 * The first firing strictly after an instant, in a zone, or null when there is none (31 April). The
 * expression names times of the wall clock: one that does not exist moves forward by the length of the
 * gap, one that exists twice fires the first time. Problem `invalid-cron`, `unknown-zone`.
 */
export function nextCron(expr: string, after: number, zone: string): number | null {
  const cron = cronOf(expr)
  if (cron === null) throw new Problem('invalid-cron', { expr })
  // A time swallowed by a gap is shown by the clock as a later one, so the search begins that far back.
  const gap = Math.max(0, offsetAt(after, zone) - offsetAt(after - dayLength, zone))
  let best: number | null = null
  let wall = nextWall(cron, wallAt(after, zone) - gap)
  while (wall !== null && (best === null || wall < wallAt(best, zone))) {
    const at = instantOf(wall, zone)
    if (at > after && (best === null || at < best)) best = at
    wall = nextWall(cron, wall)
  }
  return best
}
