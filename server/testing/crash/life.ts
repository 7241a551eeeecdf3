import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { systemCodeOf } from '../../ports/trouble.ts'
import { answerSchema, type SentEvent, type Start } from './protocol.ts'

/** One life of the process, from its start to its death. */
export interface Life {
  readonly ready: Promise<void>
  /** Resolves once the process has taken the events; never if it dies before. */
  give(events: readonly SentEvent[]): Promise<void>
  /** SIGKILL: no handler of its own gets to run; `besides`: nor of what it has begun beside itself. */
  kill(besides?: boolean): Promise<void>
}

/** Starts the program of the bundled process. */
export function beginLife(program: string, start: Start): Life {
  const child: ChildProcess = spawn(process.execPath, [program], {
    env: { ...process.env, CRASH_TEST: JSON.stringify(start) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // A group of its own, of which is what it begins beside itself.
    detached: true,
  })
  const died = once(child, 'exit')
  const waiting = new Map<number, () => void>()
  let batches = 0
  const ready = new Promise<void>((resolve) => {
    child.on('message', (message) => {
      const answer = answerSchema.parse(message)
      if (answer.kind === 'ready') resolve()
      else waiting.get(answer.batch)?.()
    })
  })
  return {
    ready,
    give(events) {
      batches += 1
      const batch = batches
      return new Promise((resolve) => {
        waiting.set(batch, resolve)
        // A process that has just been killed hears nothing more; the events are given to its successor.
        child.send({ batch, events }, () => undefined)
      })
    },
    async kill(besides = false) {
      child.kill('SIGKILL')
      await died
      if (besides && child.pid !== undefined) killGroup(child.pid)
    },
  }
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch (error) {
    // Nobody of it is left.
    if (systemCodeOf(error) !== 'ESRCH') throw error
  }
}
