import { setImmediate as breath } from 'node:timers/promises'
import { z } from 'zod'
import { audienceUses } from '../../../shared/api/customers.ts'
import {
  checkAnswer,
  draftSave,
  journeyAnswer,
  journeyCreate,
  journeyList,
  journeyRemoval,
} from '../../../shared/api/journeys.ts'
import { usedKinds } from '../../../shared/compile/index.ts'
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
  usesOf,
  usesOfJourney,
} from '../../journeys/drafts.ts'
import type { RouteContext } from '../context.ts'
import { findTemplate } from '../templates.ts'
import { journeyOfFile } from './file.ts'

const usedParams = brandParams.extend({
  kind: z.enum(usedKinds),
  name: z.string().min(1).max(limits.nameLength.value).describe('As conditions and journeys name it'),
})

/** A draft may hold several hundred nodes with long texts. */
const draftLimit = limits.journeyBodySize.value

/** A large journey takes its time to be read, to be checked, to be kept and to be told: in between others get theirs. */
const turn = async () => {
  await breath()
}
const others = { preValidation: turn, preHandler: turn, preSerialization: turn }

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
      ...others,
      config: { idempotent: true },
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
      ...others,
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
        description:
          'Its versions and messages are kept. A running journey has to be stopped first. Where it or a list that it fills is named elsewhere, a refusal lists that under `uses`; with `lists=keep` it is deleted all the same, and the list stays as it is.',
        tags: ['journeys'],
        params: journeyParams,
        querystring: journeyRemoval,
        response: { 204: nothing },
        problems: ['not-found', 'journey-running', 'journey-in-use'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const command = { id, despiteUses: request.query.lists === 'keep' }
      await removeJourney(brandOf(context, brand), actorOf(context, request), command)
      return reply.code(204).send()
    },
  )

  app.get(
    '/journeys/:id/uses',
    {
      schema: {
        summary: 'Which journeys and audiences name a journey or a list that it fills',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: audienceUses },
        problems: ['not-found'],
      },
    },
    async ({ params }) => ({ uses: await usesOfJourney(brandOf(context, params.brand), params.id) }),
  )

  app.get(
    '/uses/:kind/:name',
    {
      schema: {
        summary: 'Where something is named',
        description:
          'All journeys, drafts and what runs of them, and audiences that name an audience, an attribute, an event, a tag or a channel.',
        tags: ['journeys'],
        params: usedParams,
        response: { 200: audienceUses },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, ...used } }) => ({ uses: await usesOf(brandOf(context, brand), used) }),
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
