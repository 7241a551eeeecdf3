import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join, parse } from 'node:path'

/** What only its owner may read and write. */
const ownFile = 0o600
const ownFolder = 0o700
const sticky = 0o1000
const forOthers = 0o077

/** Whether files have owners and rights as POSIX has them; on Windows a folder's own list of access counts. */
export const hasModes = process.platform !== 'win32'

/** From now on nothing that this process makes can be read by others. */
export function keepToOwner(): void {
  if (hasModes) process.umask(forOthers)
}

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

/** What could be taken from others, and what could not, with the system's code of the reason. */
export interface Tightened {
  readonly changed: number
  readonly refused: readonly { readonly path: string; readonly code: string }[]
}

/**
 * Takes the rights of others from a folder of data and from all in it. Links are left alone, as what they lead to may
 * be somebody else's; so is a folder that all share (/tmp) and a root, whatever was named as the folder of data.
 */
export function tightenFolder(dataDir: string): Tightened {
  const refused: { path: string; code: string }[] = []
  let changed = 0
  const tried = (path: string, work: () => void) => {
    try {
      work()
    } catch (error) {
      refused.push({ path, code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' })
    }
  }
  const tighten = (path: string, mode: number, right: number) => {
    if ((mode & forOthers) === 0) return
    chmodSync(path, right)
    changed += 1
  }
  const visit = (folder: string, mode: number) => {
    tried(folder, () => tighten(folder, mode, ownFolder))
    tried(folder, () => {
      for (const name of readdirSync(folder)) look(join(folder, name))
    })
  }
  const look = (path: string) =>
    tried(path, () => {
      const found = lstatSync(path)
      if (found.isDirectory()) visit(path, found.mode)
      else if (found.isFile()) tighten(path, found.mode, ownFile)
    })
  if (!hasModes) return { changed, refused }
  const root = realpathSync(dataDir)
  const { mode } = lstatSync(root)
  if ((mode & sticky) === 0 && parse(root).root !== root) visit(root, mode)
  return { changed, refused }
}
