import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'

const headBytes = 32
const frameHeadBytes = 24
/** A file whose words are checked as they stand on this kind of machine, and as on the other. */
const magics = { 931071618: 'little', 931071619: 'big' } as const

type Sum = readonly [number, number]
const none: Sum = [0, 0]

/** SQLite's running checksum over pairs of words. Source: https://www.sqlite.org/walformat.html */
function summed(bytes: Buffer, from: number, to: number, little: boolean, [a, b]: Sum): Sum {
  let first = a
  let second = b
  for (let at = from; at < to; at += 8) {
    const x = little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
    const y = little ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at + 4)
    first = (first + x + second) >>> 0
    second = (second + y + first) >>> 0
  }
  return [first, second]
}

/** So many changes behind a break were each on the disk before the next began: no power cut leaves that. */
const sureCommits = 2

/**
 * Whether the log beside a database (`-wal`) is damaged, so that changes which were made would silently be gone: SQLite
 * reads a log up to its first broken frame and takes the rest for what a crash has left. Where every change is flushed
 * before the next (durability `full`) this is never a crash's doing; elsewhere a power cut may have left it so.
 */
export function isLogDamaged(path: string): boolean {
  const log = `${path}-wal`
  if (!existsSync(log)) return false
  const file = openSync(log, 'r')
  try {
    const { size } = fstatSync(file)
    const head = Buffer.alloc(headBytes)
    if (size < headBytes + frameHeadBytes || readSync(file, head, 0, headBytes, 0) < headBytes) return false
    return isDamaged(file, size, head)
  } finally {
    closeSync(file)
  }
}

function isDamaged(file: number, size: number, head: Buffer): boolean {
  const magic = head.readUInt32BE(0)
  const order = magic === 0x377f0682 || magic === 0x377f0683 ? magics[magic] : null
  const little = order === 'little'
  const begun = order === null ? none : summed(head, 0, 24, little, none)
  const sound = order !== null && head.readUInt32BE(24) === begun[0] && head.readUInt32BE(28) === begun[1]
  // A crash leaves a head that was never written, of which there is nothing but room.
  if (!sound) return head.some((byte) => byte !== 0)
  const frame = Buffer.alloc(frameHeadBytes + head.readUInt32BE(8))
  let sum = begun
  let whole = true
  let behind = 0
  for (let at = headBytes; at + frame.length <= size && behind < sureCommits; at += frame.length) {
    readSync(file, frame, 0, frame.length, at)
    // A round of the log that was begun anew leaves frames of the one before behind its own.
    const own = frame.compare(head, 16, 24, 8, 16) === 0
    if (whole && !own) return false
    if (whole) {
      sum = summed(frame, frameHeadBytes, frame.length, little, summed(frame, 0, 8, little, sum))
      whole = frame.readUInt32BE(16) === sum[0] && frame.readUInt32BE(20) === sum[1]
    }
    // Behind the break a frame's marks alone can be read: that it is of this round, and that it ends a change.
    if (!whole && own && frame.readUInt32BE(4) > 0) behind += 1
  }
  return behind >= sureCommits
}
