import type { FastifyRequest } from 'fastify'
import { Problem } from '../../shared/errors/index.ts'
import type { SessionRows } from '../ports/sessions.ts'
import { type App, type AppDeps, brandOf } from './app.ts'
import { isOpen } from './session.ts'
import { hashOf } from './session-store.ts'

/** A member of staff who has logged in. */
export interface StaffLogin {
  readonly brand: string
  readonly id: string
  readonly name: string
}

declare module 'fastify' {
  interface FastifyRequest {
    /** null: whoever comes in may see all. */
    staff: StaffLogin | null
  }
}

const ofBrand = '/api/v1/brands/:brand'
const ofSession = '/api/v1/session'

/** What a staff login may ask of its brand, and nothing else. Each route sees to it that it is theirs. */
const rights: ReadonlySet<string> = new Set([
  'GET /tasks',
  'GET /tasks/count',
  'GET /tasks/:task',
  'POST /tasks/:task',
  'POST /tasks/:task/assign',
])
/** What it may ask of customers who are theirs, or of whom they have a task. */
const ofCustomers: ReadonlySet<string> = new Set([
  'GET /customers/:id',
  'GET /customers/:id/owners',
  'POST /customers/:id/reveal',
])

/** Says of every request that nobody of the staff has come in by it yet. */
export function staffRequests(app: App): void {
  app.decorateRequest('staff', null)
}

/** Who of the staff has logged in with a request's session; null where somebody else has, or nobody may any more. */
async function loginOf(deps: Pick<AppDeps, 'brands' | 'house'>, rows: SessionRows, request: FastifyRequest) {
  const who = isOpen(request) ? rows.staffOf(hashOf(request.session.sessionId)) : null
  if (who === null) return null
  const found = await brandOf(deps, who.brand).stores.staff.loginOf(who.staff)
  return found === null ? 'gone' : { brand: who.brand, id: found.id, name: found.name }
}

/**
 * Holds a staff login to its own brand, and there to its tasks and the customers whom they are about. Problems
 * `login-required` where it was taken away, `staff-only`.
 */
export function guardStaff(app: App, deps: Pick<AppDeps, 'brands' | 'house'>, rows: SessionRows): void {
  app.addHook<{ Params: { brand?: string; id?: string } }>('onRequest', async (request) => {
    if (request.apiKey !== null) return
    const login = await loginOf(deps, rows, request)
    const open = request.routeOptions.config.open === true
    if (login === 'gone') {
      if (open) return
      throw new Problem('login-required')
    }
    request.staff = login
    if (login === null || open) return
    const { url = '' } = request.routeOptions
    if (url === ofSession) return
    const verb = request.method === 'HEAD' ? 'GET' : request.method
    const asked = url.startsWith(ofBrand) ? `${verb} ${url.slice(ofBrand.length)}` : null
    const { brand, id } = request.params
    if (asked === null || brand !== login.brand) throw new Problem('staff-only')
    if (rights.has(asked)) return
    const customer = ofCustomers.has(asked) ? id : undefined
    if (customer === undefined || !(await brandOf(deps, brand).stores.staff.mayTheySee(login.id, customer)))
      throw new Problem('staff-only')
  })
}
