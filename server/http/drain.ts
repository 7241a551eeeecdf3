import type { ServerResponse } from 'node:http'
import { Problem } from '../../shared/errors/index.ts'
import type { App } from './app.ts'

/** How a server comes to its end: nothing new is taken, and what is under way gets its time. */
export interface Drain {
  readonly stopping: boolean
  /** Is called when the end begins: what would go on by itself is told to come to its own. */
  onBegin(work: () => void): void
  /** From now on new requests are refused; once. */
  begin(): void
  /** Resolves when no request is under way, or when the time is over; answers how many still are. */
  settled(ms: number): Promise<number>
  /** A request is under way until its answer is out, or its caller gone. */
  follow(response: ServerResponse): void
}

export function createDrain(): Drain {
  const works: (() => void)[] = []
  const open = new Set<ServerResponse>()
  const idle = new Set<() => void>()
  let stopping = false
  return {
    get stopping() {
      return stopping
    },
    onBegin(work) {
      works.push(work)
    },
    begin() {
      if (stopping) return
      stopping = true
      for (const work of works) work()
    },
    follow(response) {
      open.add(response)
      response.once('close', () => {
        open.delete(response)
        if (open.size === 0) for (const tell of idle) tell()
      })
    },
    async settled(ms) {
      if (open.size === 0) return 0
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        idle.add(() => {
          clearTimeout(timer)
          resolve()
        })
      })
      return open.size
    },
  }
}

/**
 * Refuses what comes while the server stops, and lets no caller keep its connection. Whether the process lives is
 * still answered: it does. Problem `stopping`.
 */
export function guardDrain(app: App, drain: Drain): void {
  app.server.on('request', (_request, response) => drain.follow(response))
  app.addHook('onRequest', async (request, reply) => {
    if (!drain.stopping) return
    reply.header('connection', 'close')
    if (request.url !== '/healthz') throw new Problem('stopping')
  })
  app.addHook('onSend', async (_request, reply) => {
    if (drain.stopping) reply.header('connection', 'close')
  })
  app.addHook('preClose', async () => drain.begin())
}
