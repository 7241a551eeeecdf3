import type { FastifyRequest } from 'fastify'
import { type Actor, type PersonId, staffId } from '../../shared/audit/actor.ts'
import type { AppDeps } from './app.ts'

/** Browsers say by which kind of page a request was made; programs say nothing. */
export const byBrowser = ({ headers }: FastifyRequest) =>
  headers['sec-fetch-site'] !== undefined || headers.origin !== undefined

/** Who makes a request that has passed the login, or brings a key. */
export function actorOf({ password }: Pick<AppDeps, 'password'>, request: FastifyRequest): Actor {
  if (request.apiKey !== null) return { kind: 'key', id: request.apiKey.name, via: 'api' }
  const { staff } = request
  if (staff !== null)
    return { kind: 'person', id: staffId(staff.id), via: byBrowser(request) ? 'browser' : 'api' }
  const id: PersonId = password === null ? 'local' : 'owner'
  return { kind: 'person', id, via: byBrowser(request) ? 'browser' : 'api' }
}

/** Who makes a request with a wrong password. */
export function strangerOf(request: FastifyRequest): Actor {
  const id: PersonId = 'unknown'
  return { kind: 'person', id, via: byBrowser(request) ? 'browser' : 'api' }
}

/** The member of staff who has logged in; null where it is somebody who may see all. */
export const viewerOf = ({ staff }: FastifyRequest): string | null => staff?.id ?? null
