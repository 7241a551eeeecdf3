import {
  closeSync,
  existsSync,
  fstatSync,
  futimesSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
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
  /** When the file came to be, in milliseconds; null where the disk does not tell, or an earlier release wrote it. */
  born: z.number().nullable(),
  /** When it was written, which is its time of change too. */
  at: z.int(),
})
type Kept = z.infer<typeof kept>

export const markerOf = (databasePath: string): string => `${databasePath}.life`

interface FileState {
  readonly inode: string
  /** null: the disk keeps none. */
  readonly birth: number | null
  readonly at: number
}

function stateOf(file: number): FileState {
  const { ino, birthtimeNs, mtimeNs } = fstatSync(file, { bigint: true })
  const ms = (ns: bigint) => Number(ns / 1_000_000n)
  return { inode: String(ino), birth: birthtimeNs > 0n ? ms(birthtimeNs) : null, at: ms(mtimeNs) }
}

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

/** Where the time of the last change stands in for that of birth, it is later by the steps of one writing. */
const writingMs = 1000

/**
 * The number alone says little: a disk gives that of a file that was replaced to the next, so that whoever copies an
 * older marker over a newer may meet the old number again. When the file came to be cannot be copied.
 */
function isInPlace({ inode, born, at }: Kept, found: FileState): boolean {
  if (inode !== found.inode || !sameTime(at, found.at)) return false
  return born === null || found.birth === null || Math.abs(found.birth - born) < writingMs
}

/**
 * Writes the marker of a database that is in its place; `now` is epoch milliseconds of real time. It is another file
 * each time, laid over the former in one step: a process that dies meanwhile leaves one of the two, and both are right.
 */
export function writeMarker(databasePath: string, beats: number, now: number): void {
  const path = markerOf(databasePath)
  const next = `${path}.next`
  const file = openSync(next, 'w', 0o600)
  try {
    futimesSync(file, now / 1000, now / 1000)
    const state = stateOf(file)
    const text: Kept = { beats, inode: state.inode, born: state.birth, at: now }
    writeSync(file, `${JSON.stringify(text)}\n`)
    futimesSync(file, now / 1000, now / 1000)
  } finally {
    closeSync(file)
  }
  renameSync(next, path)
}
