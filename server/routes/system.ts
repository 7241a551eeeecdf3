import type { FastifyRequest } from 'fastify'
import { type SystemAnswer, systemAnswer } from '../../shared/api/system.ts'
import type { App } from '../http/app.ts'
import { isOpen } from '../http/session.ts'
import type { RouteContext } from './context.ts'

function modelOf({ brands }: RouteContext): SystemAnswer['ai'] {
  for (const runtime of brands.values()) {
    const model = runtime.polisher()?.model ?? null
    if (model !== null) return { configured: true, model }
  }
  return { configured: false, model: null }
}

/** A staff login is told of its own brand alone. */
function brandsFor({ brands }: RouteContext, { staff }: FastifyRequest) {
  const all = [...brands.values()]
  return staff === null ? all : all.filter(({ id }) => id === staff.brand)
}

export function systemRoutes(app: App, context: RouteContext): void {
  app.get(
    '/system',
    {
      config: { open: true },
      schema: {
        summary: 'What this installation is',
        tags: ['system'],
        response: { 200: systemAnswer },
      },
    },
    async (request) => ({
      mode: context.mode,
      brands: brandsFor(context, request).map((runtime) => {
        const { name, zone, currency } = runtime.brand()
        return { id: runtime.id, name, sandbox: runtime.sandbox, zone, currency }
      }),
      login: context.password !== null,
      loginRequired: context.password !== null && !isOpen(request),
      staff: request.staff,
      ai: modelOf(context),
    }),
  )
}
