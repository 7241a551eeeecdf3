import type { ChildProcess } from 'node:child_process'
import { Problem } from '../../shared/errors/index.ts'
import { forkBeside, type Program } from './fork.ts'
import type { Said, Task, Told } from './protocol.ts'

const source = new URL('../brand/helper-process.ts', import.meta.url)
/** The end of what it wrote before it ended, which may say why. */
const keptOutput = 4_000

/** It has ended by itself, in the middle of its task. */
export class HelperFailure extends Error {
  /** The signal or the code with which it ended. */
  readonly reason: string

  constructor(reason: string, output: string) {
    super(`a helper has ended with ${reason}: ${output}`)
    this.reason = reason
  }
}

interface Running {
  readonly hear: (said: Said) => void
  readonly reject: (reason: unknown) => void
}

/**
 * A process beside the server that does one task at a time. A query in a thread runs on after the thread was told
 * to end; a process ends at once, with all the memory that it has taken, and leaves the others the cores.
 */
export class Helper {
  readonly #child: ChildProcess
  readonly #megabytes: number
  #running: Running | null = null
  #output = ''
  #ended = false
  /** Why it was ended by us. */
  #reason: unknown = null
  readonly ended: Promise<void>

  constructor(program: Program, megabytes: number) {
    this.#megabytes = megabytes
    this.#child = forkBeside({ program, source, megabytes, heard: true })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#output = (this.#output + text).slice(-keptOutput)
    })
    this.#child.on('message', (said: Said) => this.#running?.hear(said))
    this.ended = new Promise((resolve) => {
      this.#child.once('error', (error) => this.#end(error, resolve))
      // When its last words have been read.
      this.#child.once('close', (code, signal) => this.#end(this.#causeOf(code, signal), resolve))
    })
    this.#rest()
  }

  get alive(): boolean {
    return !this.#ended && this.#reason === null
  }

  /** Does a task to its end; rejects with its Problem, or with the reason for which it was ended. */
  run(task: Task, hear: (said: Said) => void): Promise<unknown> {
    return new Promise<unknown>((resolve, reject) => {
      this.#running = {
        reject,
        hear(said) {
          if (said.kind === 'value') resolve(said.value)
          else if (said.kind === 'problem')
            reject(new Problem(said.code, { ...said.details }, said.place ?? undefined))
          else if (said.kind === 'failed') reject(failureOf(said))
          else hear(said)
        },
      }
      this.#child.ref()
      this.#child.channel?.ref()
      this.tell({ kind: 'task', task })
    }).finally(() => {
      this.#running = null
      this.#rest()
    })
  }

  tell(told: Told): void {
    if (!this.#child.connected) return
    // Whether it ended meanwhile is heard from its end.
    this.#child.send(told, () => undefined)
  }

  /** Ends it at once; what runs is rejected with the reason. */
  kill(reason: unknown): void {
    this.#reason ??= reason
    this.#child.kill('SIGKILL')
    this.#running?.reject(this.#reason)
  }

  /** It holds nobody up who wants to end. */
  #rest(): void {
    this.#child.unref()
    this.#child.channel?.unref()
  }

  #end(cause: unknown, done: () => void): void {
    this.#ended = true
    this.#running?.reject(this.#reason ?? cause)
    done()
  }

  #causeOf(code: number | null, signal: NodeJS.Signals | null): Error {
    // The heap's limit aborts; the system kills whoever takes the last of the memory.
    if (
      signal === 'SIGABRT' ||
      signal === 'SIGKILL' ||
      code === 134 ||
      /heap out of memory/.test(this.#output)
    )
      return new Problem('work-too-large', { megabytes: this.#megabytes })
    return new HelperFailure(`${signal ?? code}`, this.#output)
  }
}

function failureOf({ message, stack }: Extract<Said, { kind: 'failed' }>): Error {
  const error = new Error(message)
  if (stack !== null) error.stack = stack
  return error
}
