import type { IncomingMessage, ServerResponse } from 'node:http'
import { limits } from '../../shared/limits.ts'
import { machineElapsed } from '../clock/machine.ts'
import type { Mark } from '../ports/clock.ts'
import type { App } from './app.ts'
import { endLate } from './problem.ts'

/** How patient the server is with the body of a request; times in milliseconds. */
export interface Patience {
  /** How long a body may take, and a second more for each `bytesPerSecond` of it. */
  readonly bodyMs: number
  readonly bytesPerSecond: number
  /** A file may take any time, but not stand still for so long; fewer bytes than these are no progress. */
  readonly pauseMs: number
  readonly progressBytes: number
}

const usual: Patience = {
  bodyMs: limits.bodyTime.value * 1000,
  bytesPerSecond: 8_192,
  pauseMs: limits.uploadPause.value * 1000,
  progressBytes: 4_096,
}

interface Coming {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly began: Mark
  /** Bytes of the connection before this body. */
  readonly before: number
  /** Bytes and time of the last progress. */
  mark: number
  markedAt: Mark
  file: boolean
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** More than fits is there already: it is the server that does not read. */
const waitsForUs = ({ readableLength, readableHighWaterMark }: IncomingMessage) =>
  readableLength >= readableHighWaterMark

/** Whether a body has not come as it should; its progress is marked. */
function isStalled(coming: Coming, allowed: Patience): boolean {
  const { request, response, began, before, file } = coming
  const bytes = request.socket.bytesRead
  // Once it is answered, nobody reads a file any more.
  if (file && !response.headersSent) {
    if (bytes - coming.mark >= allowed.progressBytes || waitsForUs(request)) {
      coming.mark = bytes
      coming.markedAt = machineElapsed.mark()
    }
    return machineElapsed.since(coming.markedAt) > allowed.pauseMs
  }
  return machineElapsed.since(began) > allowed.bodyMs + ((bytes - before) / allowed.bytesPerSecond) * 1000
}

/**
 * Ends connections whose request does not come to an end, also where it has been answered already. The time that
 * node:http itself measures is one for all, which a large file over a slow line would not keep.
 */
export function guardBodies(app: App, allowed: Patience = usual): void {
  const coming = new Map<IncomingMessage, Coming>()
  const look = (): void => {
    for (const [request, one] of coming) {
      if (request.complete || request.socket.destroyed) coming.delete(request)
      else if (isStalled(one, allowed)) {
        coming.delete(request)
        endLate(request.socket, one.response.headersSent)
      }
    }
  }
  const every = Math.min(1_000, allowed.bodyMs / 4)
  const timer = setInterval(look, every).unref()
  // Before the application hears of the request.
  app.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return
    const now = machineElapsed.mark()
    const before = request.socket.bytesRead
    coming.set(request, {
      ...{ request, response, began: now, before },
      ...{ mark: before, markedAt: now, file: false },
    })
  })
  app.addHook('onRequest', async ({ raw, routeOptions }) => {
    const one = coming.get(raw)
    if (one !== undefined) one.file = routeOptions.config.uploadLimit !== undefined
  })
  app.addHook('onClose', async () => clearInterval(timer))
}
