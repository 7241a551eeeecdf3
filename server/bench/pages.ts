import { startThread } from '../threads.ts'

export interface PagesAsked {
  readonly url: string
  readonly paths: readonly string[]
  readonly everyMs: number
  readonly forMs: number
}

/** By path: how long each answer took, in milliseconds. */
export type PagesHeard = Record<string, readonly number[]>

/** Asks pages in a thread of its own, so that whoever tells events meanwhile takes nothing of its time. */
export function askPages(asked: PagesAsked): Promise<PagesHeard> {
  const worker = startThread(new URL('./pages-worker.ts', import.meta.url), asked)
  return new Promise((resolve, reject) => {
    worker.on('message', (heard: PagesHeard) => resolve(heard))
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the pages were not asked to the end')))
  })
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
