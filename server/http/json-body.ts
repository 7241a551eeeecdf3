import type { FastifyRequest } from 'fastify'
import { type ErrorCode, Problem } from '../../shared/errors/index.ts'
import { sayPath } from '../../shared/journey/issue.ts'
import { limits } from '../../shared/limits.ts'
import { type Unsound, unsoundPart } from '../../shared/sound.ts'
import type { App } from './app.ts'

/**
 * Reads bodies of JSON as strict UTF-8, so that bytes of another encoding are refused and no name is spoilt
 * without a word. Plain text is no body of this API. How many values there are is counted before any is read, as
 * reading millions would hold everybody else up; depth, texts and numbers are looked at before any schema is.
 * Problems `json-too-many`, `body-encoding`, `json-too-deep`, `text-broken`, `number-lost`, `name-reserved`.
 */
export function jsonBodies(app: App): void {
  // A name that is none is told where it stands, with all else that is not taken.
  const parse = app.getDefaultJsonParser('ignore', 'ignore')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (hasMoreValues(body, most)) {
      done(new Problem('json-too-many', { limit: most }))
      return
    }
    const text = utf8(body)
    if (text === null) done(new Problem('body-encoding'))
    else void parse(request, text, (error, json) => done(error ?? refusalOf(json, request), json))
  })
}

/** What is told of JSON that was read and cannot be taken. */
export const unsoundCodes = {
  'too-deep': 'json-too-deep',
  'broken-text': 'text-broken',
  'number-lost': 'number-lost',
  'reserved-name': 'name-reserved',
} as const satisfies Record<Unsound['kind'], ErrorCode>

const levels = limits.jsonDepth.value
const most = limits.jsonValues.value

const byte = { quote: 34, comma: 44, list: 91, escape: 92, object: 123 } as const

/** Whether lists, objects and what is told apart by commas are more than so many; each value is one or the other. */
function hasMoreValues(json: Uint8Array, most: number): boolean {
  if (json.length <= most) return false
  let values = 0
  let quoted = false
  for (let at = 0; at < json.length; at += 1) {
    const one = json[at]
    if (quoted) {
      if (one === byte.escape) at += 1
      else if (one === byte.quote) quoted = false
    } else if (one === byte.quote) quoted = true
    else if (one === byte.comma || one === byte.list || one === byte.object) values += 1
    if (values > most) return true
  }
  return false
}

/** Why a body cannot be taken, whatever the route; null where it can. */
function refusalOf(json: unknown, { routeOptions }: FastifyRequest): Problem | null {
  const found = unsoundPart(json, { depth: levels })
  if (found === null) return null
  if (found.kind !== 'too-deep' && routeOptions.config.textsLater === true) return null
  // The place of what is too deep is as long as it is deep.
  return new Problem(unsoundCodes[found.kind], { levels }, sayPath(found.path.slice(0, 12)))
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
