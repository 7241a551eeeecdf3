import {
  contentAnswer,
  contentCountRequest,
  contentCounts,
  contentList,
  contentPreview,
  contentPreviewRequest,
  contentSave,
} from '../../shared/api/contents.ts'
import { audienceUses } from '../../shared/api/customers.ts'
import { contentKey } from '../../shared/contents/content.ts'
import { listContents, readContent, removeContent, saveContent, usesOfContent } from '../contents/contents.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { askedBy, askProblems } from '../http/open-requests.ts'
import { brandParams, nothing } from '../http/route.ts'
import type { RouteContext } from './context.ts'

const ofKey = brandParams.extend({ key: contentKey.describe('By which texts name it: {{ content.KEY }}') })

/** The library of contents: texts, pictures, links and offers in variants by who somebody is. */
export function contentRoutes(app: App, context: RouteContext): void {
  const tags = ['contents']

  app.get(
    '/contents',
    {
      schema: {
        summary: 'All contents of the library, by their keys',
        tags,
        params: brandParams,
        response: { 200: contentList },
        problems: ['not-found'],
      },
    },
    async ({ params }) => ({ contents: await listContents(brandOf(context, params.brand)) }),
  )

  app.get(
    '/contents/:key',
    {
      schema: {
        summary: 'One content, and what is doubtful in it',
        tags,
        params: ofKey,
        response: { 200: contentAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, key } }) => readContent(brandOf(context, brand), key),
  )

  app.put(
    '/contents/:key',
    {
      schema: {
        summary: 'Make or change a content',
        description:
          'Messages show it from then on; those that were made before stay as they are. Of the variants whose every label fits a customer the one with most labels is shown, of equals the first, else the default.',
        tags,
        params: ofKey,
        body: contentSave,
        response: { 200: contentAnswer },
        problems: [
          'not-found',
          'content-exists',
          'content-stale',
          'content-kind-fixed',
          'content-unreadable',
          'content-lost',
          'content-circle',
          'content-deep',
          'contents-too-many',
        ],
      },
    },
    async (request) => {
      const { brand, key } = request.params
      const command = { key, saving: request.body }
      return saveContent(brandOf(context, brand), actorOf(context, request), command)
    },
  )

  app.delete(
    '/contents/:key',
    {
      schema: {
        summary: 'Delete a content that nothing shows',
        description: 'A refusal lists under `uses` the journeys and contents that name it.',
        tags,
        params: ofKey,
        response: { 204: nothing },
        problems: ['not-found', 'content-in-use'],
      },
    },
    async (request, reply) => {
      const { brand, key } = request.params
      await removeContent(brandOf(context, brand), actorOf(context, request), key)
      return reply.code(204).send()
    },
  )

  app.get(
    '/contents/:key/uses',
    {
      schema: {
        summary: 'Which journeys and contents name a content',
        tags,
        params: ofKey,
        response: { 200: audienceUses },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, key } }) => ({ uses: await usesOfContent(brandOf(context, brand), key) }),
  )

  app.post(
    '/contents/count',
    {
      schema: {
        summary: 'How many customers are shown which variant now',
        description: 'Of a content that need not be saved.',
        tags,
        params: brandParams,
        body: contentCountRequest,
        response: { 200: contentCounts },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) =>
      brandOf(context, request.params.brand).ask('variants', request.body, askedBy(context, request)),
  )

  app.post(
    '/contents/preview',
    {
      schema: {
        summary: 'A content as one customer is shown it now, and why',
        description: 'It need not be saved.',
        tags,
        params: brandParams,
        body: contentPreviewRequest,
        response: { 200: contentPreview },
        problems: ['not-found', 'unknown-customer', ...askProblems],
      },
    },
    async (request) =>
      brandOf(context, request.params.brand).ask('contentShown', request.body, askedBy(context, request)),
  )
}
