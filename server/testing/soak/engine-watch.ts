import { startThread } from '../../threads.ts'

export interface GreetingsAsked {
  readonly url: string
  /** The brand's database. */
  readonly path: string
  /** Who is greeted next, counted from the last member down. */
  readonly from: number
  readonly members: number
}

export interface GreetingsHeard {
  /** From telling each event to the message that it starts, in milliseconds. */
  readonly took: readonly number[]
  readonly next: number
}

/**
 * Tells events and waits for their messages, time after time, in a thread of its own: whoever sends large things
 * meanwhile takes nothing of its time.
 */
export function watchGreetings(asked: GreetingsAsked): { stop(): Promise<GreetingsHeard> } {
  const worker = startThread(new URL('./engine-worker.ts', import.meta.url), asked)
  const heard = new Promise<GreetingsHeard>((resolve, reject) => {
    worker.on('message', (answer: GreetingsHeard) => resolve(answer))
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('the greetings were not watched to the end')))
  })
  return {
    stop() {
      worker.postMessage('stop')
      return heard
    },
  }
}
