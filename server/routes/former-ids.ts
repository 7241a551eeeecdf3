import { z } from 'zod'
import { type App, brandOf } from '../http/app.ts'
import type { RouteContext } from './context.ts'

const customerParams = z.looseObject({ brand: z.string(), id: z.string() })
const ofCustomer = /\/customers\/:id(\/|$)/

/** Whoever is asked for by an id from before a merge is who they are by now: for all routes of a customer, here alone. */
export function followFormerIds(app: App, context: RouteContext): void {
  app.addHook('preHandler', async (request) => {
    if (!ofCustomer.test(request.routeOptions.url ?? '')) return
    const { data } = customerParams.safeParse(request.params)
    if (data === undefined) return
    const id = await brandOf(context, data.brand).stores.persons.current(data.id)
    if (id !== data.id) Object.assign(request.params as object, { id })
  })
}
