import { statfsSync } from 'node:fs'
import type { Signs } from '../ports/signs.ts'

/** Below this share of the disk, but no more than so many bytes, what is left is little. */
const lowShare = 0.05
const lowBytes = 2 * 1024 ** 3

/** Says by a sign, before the disk of the data is full, that it soon may be. */
export function watchDisk(dataDir: string, signs: Signs): () => void {
  return signs.watch('disk-low', null, () => {
    const { bavail, blocks, bsize } = statfsSync(dataDir)
    const free = bavail * bsize
    if (blocks === 0 || free >= Math.min(blocks * bsize * lowShare, lowBytes)) return null
    return { free: `${Math.round(free / 1024 ** 2)} MB`, share: Math.round((bavail / blocks) * 100) }
  })
}
