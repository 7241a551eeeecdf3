import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { limits } from '../../shared/limits.ts'

const dayMs = 86_400_000
const rejected = /^[\w-]+\.rejected\.csv$/
const uploaded = /^([\w-]+)\.csv$/

/** A folder in which uploads lie until they have been read in, and what did not enter thereafter. */
export interface UploadFolder {
  readonly path: string
  /** Whether an import that goes on, or waits for its turn, still wants a file. */
  wants(id: string): Promise<boolean>
}

/** Removes the files of a folder that are as old and as unwanted as is asked; answers how many. */
async function removeOld(
  path: string,
  before: number,
  mayGo: (name: string) => boolean | Promise<boolean>,
): Promise<number> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  let count = 0
  for (const name of names) {
    if (!(await mayGo(name)) || (await stat(join(path, name))).mtimeMs >= before) continue
    await rm(join(path, name), { force: true })
    count += 1
  }
  return count
}

/** What is left of uploads that no import reads, such as one that was cut off; `now` is real time. */
export function removeUploadRests({ path, wants }: UploadFolder, now: number): Promise<number> {
  const before = now - limits.uploadRestAge.value * dayMs
  return removeOld(path, before, async (name) => {
    const id = uploaded.exec(name)?.[1]
    return id !== undefined && !(await wants(id))
  })
}

/** Lists of rows that did not enter, which hold what customers' files held: they are not kept for ever. */
export function removeOldRejected({ path }: UploadFolder, now: number): Promise<number> {
  return removeOld(path, now - limits.rejectedAge.value * dayMs, (name) => rejected.test(name))
}
