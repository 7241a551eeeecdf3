import { wechatStanding } from '../../shared/api/wechat.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams } from '../http/route.ts'
import type { RouteContext } from './context.ts'

export function wechatRoutes(app: App, context: RouteContext): void {
  app.get(
    '/wechat',
    {
      schema: {
        summary: 'How many customers follow the official account of WeChat',
        tags: ['settings'],
        params: brandParams,
        response: { 200: wechatStanding },
        problems: ['not-found'],
      },
    },
    async (request) => brandOf(context, request.params.brand).stores.wechat.standing(),
  )
}
