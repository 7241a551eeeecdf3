import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'

/** What only its owner may read and write. */
export const ownFile = 0o600
export const ownFolder = 0o700

/** Writes a small file that only its owner reads; a process killed amid it leaves the earlier one. */
export function writeWhole(path: string, text: string): void {
  const half = `${path}.half`
  rmSync(half, { force: true })
  const file = openSync(half, 'wx', ownFile)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(half, path)
}
