import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'

/** So many bytes fit where a system keeps the name of a socket. */
const longestSocket = 100

const nameOf = (database: string) => createHash('sha256').update(resolve(database)).digest('hex').slice(0, 32)

/**
 * Where the process of a copy is reached: beside the data, else in a folder that is our own alone, as others may write
 * where all keep their temporary files.
 */
export function copySocketOf(database: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\magpie-copy-${nameOf(database)}`
  const beside = resolve(`${database}.copy.sock`)
  if (Buffer.byteLength(beside) <= longestSocket) return beside
  const { uid } = userInfo()
  const folder = join(tmpdir(), `magpie-${uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = lstatSync(folder)
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0)
    throw new Error(`${folder} is not this user's alone`)
  return join(folder, `${nameOf(database)}.sock`)
}
