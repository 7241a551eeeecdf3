import { Temporal } from 'temporal-polyfill'
import { Problem } from '../errors/index.ts'
import { firstDay, lastDay } from './date.ts'

export const dayLength = 86_400_000

/** First instant of the year 1 and last of the year 9999, with a day to spare for any zone's offset. */
const earliest = (firstDay - 1) * dayLength
const latest = (lastDay + 2) * dayLength

/** Temporal also reads a zone out of a whole date text; only names and ±HH:MM are zones here. */
const zoneShape = /^(?:[A-Za-z][A-Za-z0-9_+/-]{0,63}|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** The offset that begins at `from` (epoch ms) and holds until the next piece of the same UTC day. */
interface Piece {
  from: number
  offset: number
}

/**
 * The offsets of one zone, by UTC day: one number where the offset does not change, else its pieces.
 * Temporal takes about 10 µs to answer; a day once asked for takes a look-up.
 */
interface Zone {
  name: string
  days: Map<number, number | readonly Piece[]>
}

const zoneLimit = 1_000
const dayLimit = 50_000
const zones = new Map<string, Zone | null>()
let lastZone: Zone | undefined

function knows(name: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch (error) {
    // Temporal has no other way to say that it does not know a zone.
    if (error instanceof RangeError) return false
    throw error
  }
}

function find(name: string): Zone | null {
  if (!zoneShape.test(name)) return null
  const known = zones.get(name)
  if (known !== undefined) return known
  if (zones.size >= zoneLimit) zones.clear()
  const zone = knows(name) ? { name, days: new Map() } : null
  zones.set(name, zone)
  return zone
}

/** Whether the text names a time zone: an IANA name or an offset ±HH:MM. Never throws. */
export function isZone(zone: string): boolean {
  return find(zone) !== null
}

function zoneOf(name: string): Zone {
  if (lastZone !== undefined && lastZone.name === name) return lastZone
  const zone = find(name)
  if (zone === null) throw new Problem('unknown-zone', { zone: name })
  lastZone = zone
  return zone
}

function ask(zone: Zone, at: number): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone.name).offsetNanoseconds / 1e6
}

/** Halves the seconds from `low` (whose offset is known) to `high` until each change stands alone. */
function split(zone: Zone, low: Piece, high: Piece, pieces: Piece[]): void {
  if (low.offset === high.offset) return
  if (high.from - low.from <= 1_000) {
    pieces.push(high)
    return
  }
  const from = Math.floor((low.from + high.from) / 2_000) * 1_000
  const middle = { from, offset: ask(zone, from) }
  split(zone, low, middle, pieces)
  split(zone, middle, high, pieces)
}

function measure(zone: Zone, day: number): number | readonly Piece[] {
  const from = day * dayLength
  const first = { from, offset: ask(zone, from) }
  const next = { from: from + dayLength, offset: ask(zone, from + dayLength) }
  if (first.offset === next.offset) return first.offset
  const pieces = [first]
  split(zone, first, next, pieces)
  return pieces
}

function pieceAt(pieces: readonly Piece[], at: number): number {
  let offset = 0
  for (const piece of pieces) if (piece.from <= at) offset = piece.offset
  return offset
}

function offsetIn(zone: Zone, at: number): number {
  const day = Math.floor(at / dayLength)
  let known = zone.days.get(day)
  if (known === undefined) {
    if (!(at >= earliest && at < latest)) throw new Problem('time-out-of-range', { value: at })
    if (zone.days.size >= dayLimit) zone.days.clear()
    known = measure(zone, day)
    zone.days.set(day, known)
  }
  return typeof known === 'number' ? known : pieceAt(known, at)
}

/** The offset of a zone from an instant on, until the next such. */
export interface OffsetFrom {
  /** Epoch milliseconds. */
  readonly from: number
  /** Local minus UTC in milliseconds. */
  readonly offset: number
}

/** Before it no zone had changed its clocks. */
const firstChange = Date.UTC(1800, 0, 1)

/** All offsets that a zone has had or will have before an instant, the oldest first. Problem `unknown-zone`. */
export function offsetsBefore(until: number, name: string): OffsetFrom[] {
  const zone = zoneOf(name)
  const found: OffsetFrom[] = [{ from: Number.NEGATIVE_INFINITY, offset: ask(zone, firstChange) }]
  let at = Temporal.Instant.fromEpochMilliseconds(firstChange).toZonedDateTimeISO(zone.name)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds >= until) return found
    found.push({ from: next.epochMilliseconds, offset: next.offsetNanoseconds / 1e6 })
    at = next
  }
}

/** Local minus UTC in milliseconds at an instant. Problem `unknown-zone`, `time-out-of-range`. */
export function offsetAt(at: number, zone: string): number {
  return offsetIn(zoneOf(zone), at)
}

/** The wall clock at an instant, as the epoch ms at which UTC clocks show the same. */
export function wallAt(at: number, zone: string): number {
  return at + offsetIn(zoneOf(zone), at)
}

/**
 * The instant at which the zone's clocks show `wall` (epoch ms as if UTC). A wall time that does not
 * exist moves forward by the length of the gap; one that exists twice is the `first` or the `last`.
 * This is Temporal's disambiguation 'compatible' (with 'last': 'later'), by its possible instants:
 * https://tc39.es/proposal-temporal/#sec-temporal-disambiguatepossibleepochnanoseconds
 */
export function instantOf(wall: number, zone: string, twice: 'first' | 'last' = 'first'): number {
  const known = zoneOf(zone)
  const before = offsetIn(known, wall - dayLength)
  const after = offsetIn(known, wall + dayLength)
  if (before === after && offsetIn(known, wall - before) === before) return wall - before
  const first = wall - Math.max(before, after)
  const last = wall - Math.min(before, after)
  const holds = (at: number) => at + offsetIn(known, at) === wall
  if (holds(first) && (twice === 'first' || !holds(last))) return first
  if (holds(last)) return last
  return wall - before
}

/** Whether a wall time exists in the zone, that is, no gap swallows it. */
export function wallExists(wall: number, zone: string): boolean {
  return wallAt(instantOf(wall, zone), zone) === wall
}
