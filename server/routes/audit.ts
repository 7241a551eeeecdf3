import { auditPage, auditQuery } from '../../shared/api/audit.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import { readAudit } from '../identity/audit.ts'
import type { RouteContext } from './context.ts'

export function auditRoutes(app: App, context: RouteContext): void {
  app.get(
    '/audit',
    {
      schema: {
        summary: 'Who changed what, the newest first',
        description:
          'Each change writes its entry in the same transaction. What the engine does to one customer is in that customer’s own story.',
        tags: ['settings'],
        params: brandParams,
        querystring: auditQuery,
        response: { 200: auditPage },
        problems: ['not-found'],
      },
    },
    async ({ params, query }) => readAudit(brandOf(context, params.brand), query),
  )
}
