import { closeSync, existsSync, fstatSync, openSync, readFileSync, utimesSync, writeSync } from 'node:fs'
import { z } from 'zod'

/**
 * A file beside a brand's database by which a restored or copied one is known: it counts along with the database
 * whenever messages are handed over, and knows its own place on the disk. Whoever lays another database beside it
 * brings an older count; whoever copies the folder makes it a file of another place; whoever writes over it leaves
 * another time of change.
 */
export interface Marker {
  /** How far it has counted. */
  readonly beats: number
  /** Whether it still is where, and what, it was when it was last written. */
  readonly inPlace: boolean
}

const kept = z.object({
  beats: z.int().min(0),
  /** The file's own number on its disk. */
  inode: z.string(),
  /** When the file came to be, in milliseconds; null where the disk does not tell. */
  born: z.number().nullable(),
  /** When it was written, which is its time of change too. */
  at: z.int(),
})
type Kept = z.infer<typeof kept>

export const markerOf = (databasePath: string): string => `${databasePath}.life`

/** Its length never changes, so that it is written over in one piece. */
const length = 200

function stateOf(file: number): { inode: string; birth: number; changed: number; at: number } {
  const { ino, birthtimeNs, ctimeNs, mtimeNs } = fstatSync(file, { bigint: true })
  const ms = (ns: bigint) => Number(ns / 1_000_000n)
  return { inode: String(ino), birth: ms(birthtimeNs), changed: ms(ctimeNs), at: ms(mtimeNs) }
}

/** Disks that keep no time of birth tell that of the last change, or none. */
const bornAt = ({ birth, changed }: ReturnType<typeof stateOf>): number | null =>
  birth > 0 && birth < changed - 1000 ? birth : null

/** Some disks keep whole seconds only, or every other. */
const sameTime = (told: number, found: number): boolean =>
  Math.abs(told - found) <= 1 || (found % 1000 === 0 && Math.abs(told - found) < 2000)

/** The marker of a database, or null where there is none, or none that can be read. */
export function readMarker(databasePath: string): Marker | null {
  const path = markerOf(databasePath)
  if (!existsSync(path)) return null
  const file = openSync(path, 'r')
  try {
    const known = read(file)
    return known === null ? null : { beats: known.beats, inPlace: isInPlace(known, stateOf(file)) }
  } finally {
    closeSync(file)
  }
}

function read(file: number): Kept | null {
  const text = readFileSync(file, 'utf8').trim()
  try {
    return kept.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function isInPlace({ inode, born, at }: Kept, found: ReturnType<typeof stateOf>): boolean {
  if (inode !== found.inode || !sameTime(at, found.at)) return false
  return born === null || born === found.birth
}

/** Writes the marker of a database that is in its place; `now` is epoch milliseconds of real time. */
export function writeMarker(databasePath: string, beats: number, now: number): void {
  const path = markerOf(databasePath)
  const file = openSync(path, existsSync(path) ? 'r+' : 'w+', 0o600)
  try {
    const state = stateOf(file)
    const text: Kept = { beats, inode: state.inode, born: bornAt(state), at: now }
    writeSync(file, `${JSON.stringify(text).padEnd(length - 1)}\n`, 0)
  } finally {
    closeSync(file)
  }
  utimesSync(path, now / 1000, now / 1000)
}
