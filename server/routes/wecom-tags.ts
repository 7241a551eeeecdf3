import { z } from 'zod'
import { boundTags, corpTags, tagBinding } from '../../shared/api/wecom-tags.ts'
import { limits } from '../../shared/limits.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { bindTag, listBoundTags, listCorpTags, unbindTag } from '../wecom/tags.ts'
import type { RouteContext } from './context.ts'

/** Which of the brand's tags are which of the corp's in WeCom. */
export function wecomTagRoutes(app: App, context: RouteContext): void {
  const tags = ['wecom']

  app.get(
    '/wecom/tags',
    {
      schema: {
        summary: 'Tags that are bound to tags in WeCom, and how far both are the same',
        tags,
        params: brandParams,
        response: { 200: boundTags },
        problems: ['not-found'],
      },
    },
    async ({ params }) => ({ tags: await listBoundTags(brandOf(context, params.brand)) }),
  )

  app.get(
    '/wecom/corp-tags',
    {
      schema: {
        summary: 'The corp’s tags, as WeCom has them now',
        tags,
        params: brandParams,
        response: { 200: corpTags },
        problems: ['not-found', 'channel-absent', 'wecom-refused'],
      },
    },
    async ({ params }) => listCorpTags(brandOf(context, params.brand)),
  )

  app.post(
    '/wecom/tags',
    {
      schema: {
        summary: 'Bind a tag to one in WeCom',
        description:
          'From then on a tag that is put on a customer here, or taken away, is so in WeCom with each employee who has them as a friend, and the other way round. Whoever has it already is told of at once.',
        tags,
        params: brandParams,
        body: tagBinding,
        response: { 200: boundTags },
        problems: ['not-found', 'channel-absent', 'wecom-refused', 'wecom-tag-bound'],
      },
    },
    async (request) => ({
      tags: await bindTag(brandOf(context, request.params.brand), actorOf(context, request), request.body),
    }),
  )

  app.delete(
    '/wecom/tags/:tagId',
    {
      schema: {
        summary: 'Unbind a tag',
        description: 'Customers keep it here and there; changes are told no more.',
        tags,
        params: brandParams.extend({ tagId: z.string().min(1).max(limits.nameLength.value) }),
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand, tagId } = request.params
      await unbindTag(brandOf(context, brand), actorOf(context, request), tagId)
      return reply.status(204).send()
    },
  )
}
