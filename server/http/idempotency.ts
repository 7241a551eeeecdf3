import { createHash, randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { CallStore, IdempotentCall } from '../ports/idempotency.ts'
import { type App, type AppDeps, brandOf } from './app.ts'
import { isStream } from './records.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Makes something: the same call with one Idempotency-Key is made once. So does whatever takes rows. */
    idempotent?: boolean
  }
  interface FastifyRequest {
    /** The call that is to be remembered once it is answered. */
    idempotentCall: { readonly call: IdempotentCall; readonly calls: CallStore } | null
  }
}

export const idempotencyHeader = 'idempotency-key'

/** The header as the draft has it, a text in quotation marks; also bare, as many send it. */
const written = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])+)"$|^([\x21\x23-\x7e]+)$/

/** The key that a call came with; null where it has none. Problem `idempotency-key-invalid`. */
function keyOf({ headers }: FastifyRequest): string | null {
  const header = headers[idempotencyHeader]
  if (header === undefined) return null
  const [, quoted, bare] = written.exec(typeof header === 'string' ? header.trim() : '') ?? []
  const key = quoted ?? bare
  if (key === undefined || key.length > limits.idempotencyKeyLength.value)
    throw new Problem('idempotency-key-invalid', { limit: limits.idempotencyKeyLength.value })
  return key
}

/** One process: of a call that another one had in hand nobody knows how far it came. */
const processId = randomUUID()

/**
 * Makes calls with an Idempotency-Key once (draft-ietf-httpapi-idempotency-key-header): the same again is answered as
 * the first, over the end of the process too; with another body, or before the first has been answered, it is refused.
 */
export function idempotentCalls(app: App, deps: Pick<AppDeps, 'brands' | 'house'>, now: () => number): void {
  app.decorateRequest('idempotentCall', null)
  const begin = async (request: FastifyRequest<{ Params: { brand?: string } }>, reply: FastifyReply) => {
    const { config, url: route = '' } = request.routeOptions
    if (request.method !== 'POST' || (config.records !== true && config.idempotent !== true)) return
    const key = keyOf(request)
    if (key === null) return
    if (isStream(request)) throw new Problem('idempotency-key-stream')
    const body = createHash('sha256').update(JSON.stringify(request.body ?? null))
    const call: IdempotentCall = {
      caller: request.apiKey?.id ?? '',
      route: `${request.method} ${route}`,
      key,
      fingerprint: body.digest('base64url'),
      process: processId,
    }
    const { calls } = brandOf(deps, request.params.brand ?? '').stores
    const begun = await calls.begin(call, now())
    if (begun.state === 'other-body') throw new Problem('idempotency-key-reused')
    if (begun.state === 'under-way') throw new Problem('idempotency-key-under-way')
    if (begun.state === 'begun') {
      request.idempotentCall = { call, calls }
      return
    }
    reply.header('idempotency-replayed', 'true')
    if (begun.type !== null) reply.type(begun.type)
    return reply.code(begun.status).send(begun.answer)
  }
  app.addHook('preHandler', begin)
  app.addHook('onSend', async (request, reply, payload) => {
    if (request.idempotentCall === null) return payload
    const { call, calls } = request.idempotentCall
    request.idempotentCall = null
    // What our own fault has kept from being done may be tried again.
    const done =
      reply.statusCode < 500 && (typeof payload === 'string' || payload === undefined || payload === null)
    if (!done) await calls.forget(call)
    else {
      const type = reply.getHeader('content-type')
      const answer = typeof payload === 'string' ? payload : ''
      await calls.finish(call, {
        status: reply.statusCode,
        type: type === undefined ? null : String(type),
        answer,
      })
    }
    return payload
  })
}
