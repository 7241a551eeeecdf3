import {
  checkAnswer,
  draftSave,
  journeyAnswer,
  journeyCreate,
  journeyList,
} from '../../../shared/api/journeys.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import { limits } from '../../../shared/limits.ts'
import { actorOf } from '../../http/actor.ts'
import { type App, brandOf } from '../../http/app.ts'
import { askedBy, askProblems } from '../../http/open-requests.ts'
import { brandParams, journeyParams, nothing } from '../../http/route.ts'
import {
  emptyJourney,
  listJourneys,
  makeJourney,
  readJourney,
  removeJourney,
  saveJourneyDraft,
} from '../../journeys/drafts.ts'
import type { RouteContext } from '../context.ts'
import { findTemplate } from '../templates.ts'
import { journeyOfFile } from './file.ts'

/** A draft may hold several hundred nodes with long texts. */
const draftLimit = limits.journeyBodySize.value

async function journeyFrom(body: (typeof journeyCreate)['_output'], context: RouteContext): Promise<Journey> {
  if ('name' in body) return emptyJourney(body.name)
  if ('template' in body) return (await findTemplate(context.templatesRoot, body.template)).journey
  return journeyOfFile(body.file)
}

export function draftRoutes(app: App, context: RouteContext): void {
  app.get(
    '/journeys',
    {
      schema: {
        summary: 'All journeys, the latest changed first',
        tags: ['journeys'],
        params: brandParams,
        response: { 200: journeyList },
        problems: ['not-found'],
      },
    },
    async ({ params }) => ({ journeys: await listJourneys(brandOf(context, params.brand)) }),
  )

  app.post(
    '/journeys',
    {
      bodyLimit: draftLimit,
      schema: {
        summary: 'Make a journey: an empty canvas, from a template, or from a file',
        description: 'Its id is made unique.',
        tags: ['journeys'],
        params: brandParams,
        body: journeyCreate,
        response: { 201: journeyAnswer },
        problems: [
          'not-found',
          'invalid-journey',
          'journey-not-json',
          'journey-newer',
          'journey-too-many-nodes',
          'body-too-large',
        ],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      const journey = await journeyFrom(request.body, context)
      return reply.code(201).send(await makeJourney(desk, actorOf(context, request), journey))
    },
  )

  app.get(
    '/journeys/:id',
    {
      schema: {
        summary: 'A journey as it is drawn now',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: journeyAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params }) => readJourney(brandOf(context, params.brand), params.id),
  )

  app.put(
    '/journeys/:id/draft',
    {
      bodyLimit: draftLimit,
      schema: {
        summary: 'Save the draft over the revision that it was made from',
        tags: ['journeys'],
        params: journeyParams,
        body: draftSave,
        response: { 200: journeyAnswer },
        problems: ['not-found', 'stale-revision', 'journey-too-many-nodes', 'body-too-large'],
      },
    },
    async (request) => {
      const { params, body } = request
      const command = { id: params.id, ...body }
      return saveJourneyDraft(brandOf(context, params.brand), actorOf(context, request), command)
    },
  )

  app.delete(
    '/journeys/:id',
    {
      schema: {
        summary: 'Take a journey out of the lists',
        description: 'Its versions and messages are kept. A running journey has to be stopped first.',
        tags: ['journeys'],
        params: journeyParams,
        response: { 204: nothing },
        problems: ['not-found', 'journey-running'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      await removeJourney(brandOf(context, brand), actorOf(context, request), { id })
      return reply.code(204).send()
    },
  )

  app.post(
    '/journeys/:id/check',
    {
      schema: {
        summary: 'What publishing the draft now would say',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: checkAnswer },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return brandOf(context, brand).ask('check', { id }, askedBy(context, request))
    },
  )
}
