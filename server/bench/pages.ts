import { startThread } from '../threads.ts'

export interface PagesAsked {
  readonly url: string
  readonly paths: readonly string[]
  readonly everyMs: number
  /** Left out: until it is stopped. */
  readonly forMs?: number
}

/** By path how long each answer took, in milliseconds; and what was no answer of 200. */
export interface PagesHeard {
  readonly times: Readonly<Record<string, readonly number[]>>
  readonly failures: readonly string[]
}

/** Asks pages in a thread of its own, so that whoever tells events meanwhile takes nothing of its time. */
export function watchPages(asked: PagesAsked): {
  readonly heard: Promise<PagesHeard>
  stop(): Promise<PagesHeard>
} {
  const worker = startThread(new URL('./pages-worker.ts', import.meta.url), asked)
  const heard = new Promise<PagesHeard>((resolve, reject) => {
    worker.on('message', (answer: PagesHeard) => resolve(answer))
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the pages were not asked to the end')))
  })
  return {
    heard,
    stop() {
      worker.postMessage('stop')
      return heard
    },
  }
}
