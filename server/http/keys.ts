import type { FastifyRequest } from 'fastify'
import { type ApiKey, keyRights } from '../../shared/api/keys.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { Clock, Elapsed, Mark } from '../ports/clock.ts'
import { keyHash } from '../ports/key-hash.ts'
import { troubleOf } from '../ports/trouble.ts'
import { type App, type AppDeps, brandOf } from './app.ts'

/** The key by which a request comes in. */
export type UsedKey = Pick<ApiKey, 'id' | 'name' | 'kind'>

declare module 'fastify' {
  interface FastifyRequest {
    /** null: it comes in by the password, or by none. */
    apiKey: UsedKey | null
  }
}

const bearer = /^Bearer +(\S+)$/i
const ofBrand = '/api/v1/brands/:brand'
/** How often it is noted that a key is in use, in milliseconds. */
const notedEveryMs = 300_000
const minuteMs = 60_000

/** What is asked for, as the table of rights names it; null where it is no brand's. */
function askedFor({ method, routeOptions }: FastifyRequest): string | null {
  const { url = '' } = routeOptions
  // Whoever may read may ask how long it would be.
  const verb = method === 'HEAD' ? 'GET' : method
  return url.startsWith(ofBrand) ? `${verb} ${url.slice(ofBrand.length)}` : null
}

/** Says of every request that it has come in by no key yet. */
export function keyedRequests(app: App): void {
  app.decorateRequest('apiKey', null)
}

/** Counts the calls of each key in its minute, from wherever they come. */
function callsOf(elapsed: Elapsed) {
  const counts = new Map<string, { began: Mark; calls: number }>()
  return (id: string): void => {
    const known = counts.get(id)
    const open = known !== undefined && elapsed.since(known.began) < minuteMs
    const window = open ? known : { began: elapsed.mark(), calls: 0 }
    counts.set(id, window)
    window.calls += 1
    if (window.calls <= limits.keyRequests.value) return
    const seconds = Math.max(1, Math.ceil((minuteMs - elapsed.since(window.began)) / 1000))
    throw new Problem('too-many-requests', { seconds })
  }
}

/**
 * Lets in who brings a key of the brand that is asked for, as far as its kind may go. A request with a key is judged by
 * it alone, whoever else is logged in there. Problems `key-unknown`, `key-forbids`, `too-many-requests`.
 */
export function guardKeys(app: App, deps: Pick<AppDeps, 'brands' | 'house'>, { now, elapsed }: Clock): void {
  const count = callsOf(elapsed)
  const noted = new Map<string, Mark>()
  const note = (request: FastifyRequest, brand: string, { id }: UsedKey): void => {
    const last = noted.get(id)
    if (last !== undefined && elapsed.since(last) < notedEveryMs) return
    noted.set(id, elapsed.mark())
    // Nobody waits for the note, or is refused for it.
    brandOf(deps, brand)
      .stores.keys.used(id, now())
      .catch((error: unknown) => {
        noted.delete(id)
        if (troubleOf(error) === null) request.log.error({ err: error }, 'a key could not be noted')
      })
  }
  app.addHook<{ Params: { brand?: string } }>('onRequest', async (request) => {
    const [, secret] = bearer.exec(request.headers.authorization ?? '') ?? []
    if (secret === undefined) return
    const asked = askedFor(request)
    const { brand } = request.params
    if (asked === null || brand === undefined) throw new Problem('key-forbids', { what: request.method })
    const key = await brandOf(deps, brand).stores.keys.find(keyHash(secret))
    if (key === null) throw new Problem('key-unknown')
    const rights: readonly string[] = keyRights[key.kind]
    if (!rights.includes(asked)) throw new Problem('key-forbids', { what: asked })
    count(key.id)
    request.apiKey = key
    note(request, brand, key)
  })
}
