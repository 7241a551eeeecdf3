import type { MessagePort } from 'node:worker_threads'
import { Problem } from '../../shared/errors/index.ts'
import { began, type Call, type Remote, type Said } from './works-protocol.ts'

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** Calls of one brand over its port, each answered once. */
export class Line {
  readonly #port: MessagePort
  readonly #waiting = new Map<number, Waiting>()
  #last = began
  #broken: Error | null = null

  constructor(port: MessagePort, onNews: (said: Said) => void) {
    this.#port = port
    port.on('message', (said: Said) => this.#hear(said, onNews))
  }

  #hear(said: Said, onNews: (said: Said) => void): void {
    if (said.kind !== 'answer' && said.kind !== 'problem' && said.kind !== 'failed') {
      onNews(said)
      return
    }
    const waiting = this.#waiting.get(said.id)
    this.#waiting.delete(said.id)
    if (said.kind === 'answer') waiting?.resolve(said.value)
    else if (said.kind === 'failed')
      waiting?.reject(said.code === null ? said.error : Object.assign(said.error, { code: said.code }))
    else waiting?.reject(new Problem(said.code, said.details, said.place ?? undefined))
  }

  /** The answer to the call of that number. */
  answer(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#broken === null) this.#waiting.set(id, { resolve, reject })
      else reject(this.#broken)
    })
  }

  async call<Name extends keyof Remote>(
    name: Name,
    ...args: Parameters<Remote[Name]>
  ): Promise<Awaited<ReturnType<Remote[Name]>>> {
    this.#last += 1
    const id = this.#last
    const answer = this.answer(id)
    const call: Call<Name> = { id, name, args }
    this.#port.postMessage(call)
    // The thread answers with what the interface says; both are of one build.
    return (await answer) as Awaited<ReturnType<Remote[Name]>>
  }

  /** Whether nobody will answer any more. */
  get broken(): boolean {
    return this.#broken !== null
  }

  /** Nobody will answer any more. */
  break(error: Error): void {
    this.#broken ??= error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }

  close(): void {
    this.break(new Error('the work of the brand has ended'))
    this.#port.close()
  }
}
