import { createHash } from 'node:crypto'
import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { z } from 'zod'

/**
 * A file of a fixed size beside a database, written full of nothing when it is made: what must not be lost is kept
 * there while the database has no room, which takes none that was not taken before. (On a file system that never
 * writes over what it has, the room is reserved only as far as that system sees to it.)
 *
 * Records follow one another, each with its length and the start of its hash; those of an earlier round, and one that
 * a process has left half written, do not count.
 */
export interface KeptFile {
  /** Keeps a record on the disk; false where there is no room for it. */
  put(value: unknown): boolean
  /** What has been kept since it was cleared last. */
  all(): readonly unknown[]
  clear(): void
  close(): void
}

const headBytes = 8
const hashBytes = 8
const frameBytes = 4 + hashBytes
const record = z.object({ round: z.int(), value: z.unknown() })

const hashOf = (body: Buffer) => createHash('sha256').update(body).digest().subarray(0, hashBytes)

/** Makes the file, with room for so many bytes, unless it is there; half a one is never found. */
function make(path: string, bytes: number): void {
  const file = openSync(path, 'wx', 0o600)
  try {
    const piece = Buffer.alloc(65_536)
    for (let at = 0; at < bytes; at += piece.length)
      writeSync(file, piece, 0, Math.min(piece.length, bytes - at), at)
    fsyncSync(file)
  } catch (error) {
    closeSync(file)
    rmSync(path, { force: true })
    throw error
  }
  closeSync(file)
}

/** Opens the file of kept records, made where there is none or a shorter one that holds nothing. */
export function openKeptFile(path: string, bytes: number): KeptFile {
  if (!existsSync(path)) make(path, bytes)
  const file = openSync(path, 'r+')
  const { size } = fstatSync(file)
  const whole = Buffer.alloc(size)
  readSync(file, whole, 0, size, 0)
  let round = size >= headBytes ? whole.readUInt32LE(0) : 0
  const found: unknown[] = []
  let end = headBytes
  for (;;) {
    const read = readRecord(whole, end, round)
    if (read === null) break
    found.push(read.value)
    end = read.end
  }
  const write = (bytes: Buffer, at: number): void => {
    writeSync(file, bytes, 0, bytes.length, at)
    fsyncSync(file)
  }
  // A process that ended between the two writes of `clear` has left what no round counts, and nobody would look for.
  const rest = Buffer.alloc(Math.max(size - end, 0))
  if (!whole.subarray(end).equals(rest)) write(rest, end)
  return {
    put(value) {
      const body = Buffer.from(JSON.stringify({ round, value }), 'utf8')
      if (end + frameBytes + body.length > size) return false
      const length = Buffer.alloc(4)
      length.writeUInt32LE(body.length)
      write(Buffer.concat([length, hashOf(body), body]), end)
      end += frameBytes + body.length
      found.push(value)
      return true
    },
    all: () => [...found],
    clear() {
      if (found.length === 0) return
      const head = Buffer.alloc(4)
      head.writeUInt32LE((round + 1) % 0xffff_ffff)
      write(head, 0)
      // What was said to somebody does not stay here once it stands in the data, from where it may be erased.
      write(Buffer.alloc(end - headBytes), headBytes)
      round = head.readUInt32LE(0)
      end = headBytes
      found.length = 0
    },
    close: () => closeSync(file),
  }
}

function readRecord(whole: Buffer, at: number, round: number): { value: unknown; end: number } | null {
  if (at + frameBytes > whole.length) return null
  const length = whole.readUInt32LE(at)
  const end = at + frameBytes + length
  if (length === 0 || end > whole.length) return null
  const body = whole.subarray(at + frameBytes, end)
  if (!hashOf(body).equals(whole.subarray(at + 4, at + frameBytes))) return null
  // What has this hash was written here.
  const read = record.parse(JSON.parse(body.toString('utf8')))
  return read.round === round ? { value: read.value, end } : null
}
