import { forkBeside } from '../work/fork.ts'
import { boundsOf } from '../work/kinds.ts'
import type { Said, Task, Told } from '../work/protocol.ts'
import { peakMegabytes } from './memory.ts'

/** What a helper has answered, how long that took, and the most memory that it has held; null where nobody tells. */
export interface Helped {
  readonly value: unknown
  readonly seconds: number
  readonly megabytes: number | null
}

const source = new URL('../brand/helper-process.ts', import.meta.url)
const program = process.env.MAGPIE_HELPER ?? null

/** Has a helper do one long task, as the server does. */
export async function inHelper(task: Extract<Task, { kind: 'rehearsal' | 'scoring' }>): Promise<Helped> {
  const child = forkBeside({ program, source, megabytes: boundsOf(task.kind).megabytes, heard: false })
  const told: Told = { kind: 'task', task }
  let began = 0
  try {
    const value = await new Promise<unknown>((resolve, reject) => {
      child.on('message', (said: Said) => {
        if (said.kind === 'begun') began = performance.now()
        else if (said.kind === 'value') resolve(said.value)
        else if (said.kind === 'problem' || said.kind === 'failed') reject(new Error(JSON.stringify(said)))
      })
      child.once('exit', (code, signal) => reject(new Error(`a helper has ended with ${signal ?? code}`)))
      child.send(told)
    })
    const seconds = (performance.now() - began) / 1000
    return { value, seconds, megabytes: peakMegabytes(child.pid) }
  } finally {
    child.removeAllListeners('exit')
    child.kill()
  }
}
