import type { IncomingMessage, ServerResponse } from 'node:http'
import { setImmediate as breath } from 'node:timers/promises'
import { limits } from '../../shared/limits.ts'
import type { Elapsed, Mark } from '../ports/clock.ts'
import type { App } from './app.ts'
import { endLate } from './problem.ts'
import { isStream } from './records.ts'

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

/** How many connections are ended before others have their turn. */
const atOnce = 20

interface Coming {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly began: Mark
  /** Bytes of the connection before this body, and at its last progress. */
  readonly before: number
  moved: number
  movedAt: Mark
  file: boolean
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** More than fits is there already: it is the server that does not read. */
const waitsForUs = ({ readableLength, readableHighWaterMark }: IncomingMessage) =>
  readableLength >= readableHighWaterMark

/** Whether a body has not come as it should; its progress is marked. */
function isStalled(coming: Coming, { mark, since }: Elapsed, allowed: Patience): boolean {
  const { request, response, began, before, file } = coming
  const bytes = request.socket.bytesRead
  // Once it is answered, nobody reads a file any more.
  if (file && !response.headersSent) {
    if (bytes - coming.moved >= allowed.progressBytes || waitsForUs(request)) {
      coming.moved = bytes
      coming.movedAt = mark()
    }
    return since(coming.movedAt) > allowed.pauseMs
  }
  return since(began) > allowed.bodyMs + ((bytes - before) / allowed.bytesPerSecond) * 1000
}

/**
 * Ends connections whose request does not come to an end, also where it has been answered already. The time that
 * node:http itself measures is one for all, which a large file over a slow line would not keep.
 */
export function guardBodies(app: App, elapsed: Elapsed, allowed: Patience = usual): void {
  const coming = new Map<IncomingMessage, Coming>()
  const look = async (): Promise<void> => {
    let ended = 0
    for (const [request, one] of coming) {
      if (request.complete || request.socket.destroyed) coming.delete(request)
      else if (isStalled(one, elapsed, allowed)) {
        coming.delete(request)
        endLate(request.socket, one.response.headersSent)
        ended += 1
        // Thousands of them are no reason to keep others waiting.
        if (ended % atOnce === 0) await breath()
      }
    }
  }
  const every = Math.min(1_000, allowed.bodyMs / 4)
  const timer = setInterval(() => void look(), every).unref()
  // Before the application hears of the request.
  app.server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return
    const began = elapsed.mark()
    const before = request.socket.bytesRead
    coming.set(request, { request, response, began, before, moved: before, movedAt: began, file: false })
  })
  app.addHook('onRequest', async (request) => {
    const { config } = request.routeOptions
    const one = coming.get(request.raw)
    if (one !== undefined)
      one.file = config.uploadLimit !== undefined || (config.records === true && isStream(request))
  })
  app.addHook('onClose', async () => clearInterval(timer))
}
