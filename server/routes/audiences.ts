import { z } from 'zod'
import { audienceHistory, audienceLook } from '../../shared/api/audience-history.ts'
import {
  audienceList,
  audienceRemoval,
  audienceSave,
  audienceSummary,
  audienceUses,
  countAnswer,
  countRequest,
  vocabularyAnswer,
} from '../../shared/api/customers.ts'
import { overlapAnswer, overlapRequest } from '../../shared/api/overlap.ts'
import { suggestedAnswer, suggestedQuery, valuesOf } from '../../shared/api/suggested.ts'
import { contactNamed } from '../../shared/channels/address/conceal.ts'
import { changeAudience, removeAudience, saveAudience, usesOfAudience } from '../audiences/audiences.ts'
import {
  freezeAudience,
  historyOfAudience,
  lookAtAudience,
  noteSizes,
  thawAudience,
} from '../audiences/members.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { contactsFor, guardParts, toldExamples } from '../http/contacts.ts'
import { askedBy, askProblems } from '../http/open-requests.ts'
import { brandParams, nothing } from '../http/route.ts'
import { withSources } from '../wecom/ways.ts'
import type { RouteContext } from './context.ts'

const params = brandParams.extend({ key: z.string().describe('The stable key of the audience') })

/** What a condition is refused for by what it names. */
const namingProblems = ['audience-missing', 'audience-circle', 'audience-deep', 'audience-wide'] as const

export function audienceRoutes(app: App, context: RouteContext): void {
  app.get(
    '/audiences',
    {
      schema: {
        summary: 'Saved audiences with their sizes as they are now',
        tags: ['customers'],
        params: brandParams,
        response: { 200: audienceList },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const audiences = await desk.ask('audiences', {}, askedBy(context, request))
      await noteSizes(desk, audiences)
      return { audiences }
    },
  )

  app.post(
    '/audiences',
    {
      schema: {
        summary: 'Save a condition as an audience',
        tags: ['customers'],
        params: brandParams,
        body: audienceSave,
        response: { 201: audienceSummary },
        problems: ['not-found', 'audience-exists', ...namingProblems, ...askProblems],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      await saveAudience(desk, actorOf(context, request), request.body)
      const { key } = request.body
      return reply.code(201).send(await desk.ask('audience', { key }, askedBy(context, request)))
    },
  )

  app.put(
    '/audiences/:key',
    {
      schema: {
        summary: 'Change the condition of an audience',
        tags: ['customers'],
        params,
        body: audienceSave,
        response: { 200: audienceSummary },
        problems: [
          'not-found',
          'audience-is-list',
          'audience-frozen',
          'audience-stale',
          ...namingProblems,
          ...askProblems,
        ],
      },
    },
    async (request) => {
      const { brand, key } = request.params
      const command = { key, draft: request.body }
      const desk = brandOf(context, brand)
      await changeAudience(desk, actorOf(context, request), command)
      return desk.ask('audience', { key }, askedBy(context, request))
    },
  )

  app.delete(
    '/audiences/:key',
    {
      schema: {
        summary: 'Delete an audience that nothing uses',
        description:
          'A refusal lists under `uses` all that names it. What runs never loses an audience; drafts do, where that is asked for.',
        tags: ['customers'],
        params,
        querystring: audienceRemoval,
        response: { 204: nothing },
        problems: ['not-found', 'audience-in-use'],
      },
    },
    async (request, reply) => {
      const { brand, key } = request.params
      const command = { key, despiteDrafts: request.query.drafts === 'drop' }
      await removeAudience(brandOf(context, brand), actorOf(context, request), command)
      return reply.code(204).send()
    },
  )

  app.get(
    '/audiences/:key/uses',
    {
      schema: {
        summary: 'Which journeys and audiences name an audience',
        tags: ['customers'],
        params,
        response: { 200: audienceUses },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, key } }) => ({ uses: await usesOfAudience(brandOf(context, brand), key) }),
  )

  app.post(
    '/audiences/count',
    {
      schema: {
        summary: 'For how many customers a condition holds now',
        tags: ['customers'],
        params: brandParams,
        body: countRequest,
        response: { 200: countAnswer },
        problems: ['not-found', 'contact-part', ...askProblems],
      },
    },
    async (request) => {
      guardParts(request, request.body.condition, 'condition')
      return brandOf(context, request.params.brand).ask('count', request.body, askedBy(context, request))
    },
  )

  app.post(
    '/audiences/:key/freeze',
    {
      schema: {
        summary: 'Freeze an audience, or freeze it again',
        description:
          'Whoever meets its condition now is in it from now on, whatever becomes of them; conditions and journeys that name it go by that list.',
        tags: ['customers'],
        params,
        response: { 200: audienceSummary },
        problems: ['not-found', 'audience-is-list', 'audience-too-large', ...askProblems],
      },
    },
    async (request) => {
      const { brand, key } = request.params
      const desk = brandOf(context, brand)
      const asked = { key, afresh: true, most: 'audienceKept' } as const
      const ids = await desk.ask('belonging', asked, askedBy(context, request))
      await freezeAudience(desk, actorOf(context, request), { key, ids })
      return desk.ask('audience', { key }, askedBy(context, request))
    },
  )

  app.post(
    '/audiences/:key/thaw',
    {
      schema: {
        summary: 'Let the condition of a frozen audience say again who is in it',
        tags: ['customers'],
        params,
        response: { 200: audienceSummary },
        problems: ['not-found', 'audience-not-frozen', ...namingProblems, ...askProblems],
      },
    },
    async (request) => {
      const { brand, key } = request.params
      const desk = brandOf(context, brand)
      await thawAudience(desk, actorOf(context, request), key)
      return desk.ask('audience', { key }, askedBy(context, request))
    },
  )

  app.post(
    '/audiences/:key/look',
    {
      schema: {
        summary: 'Keep who is in an audience now, and tell who joined and left since',
        description: 'It is done each night by itself.',
        tags: ['customers'],
        params,
        response: { 200: audienceLook },
        problems: ['not-found', 'audience-too-large', ...askProblems],
      },
    },
    async (request) => {
      const { brand, key } = request.params
      const desk = brandOf(context, brand)
      const asked = { key, afresh: false, most: 'audienceLooked' } as const
      const ids = await desk.ask('belonging', asked, askedBy(context, request))
      return lookAtAudience(desk, actorOf(context, request), { key, ids })
    },
  )

  app.get(
    '/audiences/:key/history',
    {
      schema: {
        summary: 'The size of an audience over time, and who joined and left',
        tags: ['customers'],
        params,
        response: { 200: audienceHistory },
        problems: ['not-found'],
      },
    },
    ({ params: { brand, key } }) => historyOfAudience(brandOf(context, brand), key),
  )

  app.get(
    '/audiences/:key',
    {
      schema: {
        summary: 'One audience with its size as it is now',
        tags: ['customers'],
        params,
        response: { 200: audienceSummary },
        problems: ['not-found', ...askProblems],
      },
    },
    (request) => {
      const { brand, key } = request.params
      return brandOf(context, brand).ask('audience', { key }, askedBy(context, request))
    },
  )

  app.post(
    '/audiences/overlap',
    {
      schema: {
        summary: 'How many are in several audiences at once',
        tags: ['customers'],
        params: brandParams,
        body: overlapRequest,
        response: { 200: overlapAnswer },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) =>
      brandOf(context, request.params.brand).ask('overlap', request.body, askedBy(context, request)),
  )

  app.get(
    '/customers/values',
    {
      schema: {
        summary: 'Values to suggest in a condition, with how often each is there',
        description: 'Names of attributes, events and properties, tags, and the values that they have.',
        tags: ['customers'],
        params: brandParams,
        querystring: suggestedQuery,
        response: { 200: suggestedAnswer },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => {
      const { q, limit } = request.query
      const of = valuesOf(request.query)
      const named = 'name' in of && contactNamed(of.name) !== null
      // What names one person is nobody's suggestion, least of all to whoever sees it masked.
      if (named && contactsFor(request) === 'masked') return { values: [], more: false }
      const asked = { of, startsWith: q, limit }
      const desk = brandOf(context, request.params.brand)
      const found = await desk.ask('suggested', asked, askedBy(context, request))
      return withSources(desk, of, { startsWith: q, found })
    },
  )

  app.get(
    '/vocabulary',
    {
      schema: {
        summary: "What conditions may speak of, from this brand's own data",
        tags: ['customers'],
        params: brandParams,
        response: { 200: vocabularyAnswer },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const known = await desk.ask('vocabulary', {}, askedBy(context, request))
      return { ...known, attributes: known.attributes.map((one) => toldExamples(request, one)) }
    },
  )
}
