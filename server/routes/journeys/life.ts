import {
  enterAnswer,
  enterRequest,
  meanwhileAnswer,
  publishAnswer,
  publishRequest,
  resumeRequest,
  retryAnswer,
  statusAnswer,
  stuckList,
} from '../../../shared/api/journeys.ts'
import { flightAnswer, flightRequest } from '../../../shared/api/versions.ts'
import { engineActor } from '../../../shared/audit/actor.ts'
import { limits } from '../../../shared/limits.ts'
import { actorOf } from '../../http/actor.ts'
import { type App, brandOf } from '../../http/app.ts'
import { askedBy, askProblems } from '../../http/open-requests.ts'
import { journeyParams } from '../../http/route.ts'
import { choiceOf } from '../../journeys/flight.ts'
import {
  enterByHand,
  finishStops,
  pauseJourney,
  publishJourney,
  resumeJourney,
  retryStuck,
  stopJourney,
  stuckCustomers,
} from '../../journeys/life.ts'
import type { RouteContext } from '../context.ts'

const fateProblems = ['mapping-to-nowhere', 'mapping-from-nowhere', 'mapping-without-move'] as const

export function lifeRoutes(app: App, context: RouteContext): void {
  app.addHook('onReady', async () => {
    for (const runtime of context.brands.values()) await finishStops(runtime, engineActor)
  })

  app.post(
    '/journeys/:id/publish',
    {
      schema: {
        summary: 'Freeze the draft as a version and let customers in',
        description:
          'The same content again makes no new version. Of two who publish the same revision one wins. A refusal for errors lists them under `diagnostics`.',
        tags: ['journeys'],
        params: journeyParams,
        body: publishRequest,
        response: { 200: publishAnswer },
        problems: [
          'not-found',
          'stale-revision',
          'journey-has-errors',
          ...fateProblems,
          'fate-needed',
          'move-under-way',
          ...askProblems,
        ],
      },
    },
    async (request) => {
      const { params, body } = request
      const runtime = brandOf(context, params.brand)
      const { id } = params
      const prepared = await runtime.ask('compile', { id }, askedBy(context, request))
      const command = { id, revision: body.revision, prepared, choice: choiceOf(body) }
      const published = await publishJourney(runtime, actorOf(context, request), command)
      return { ...published, diagnostics: [...published.diagnostics] }
    },
  )

  app.post(
    '/journeys/:id/publish/preview',
    {
      schema: {
        summary: 'What publishing the draft now would do to those under way',
        description:
          'By node and version, how many stand there and what becomes of them by the choice that is sent; and what is due in the coming days. Changes nothing.',
        tags: ['journeys'],
        params: journeyParams,
        body: flightRequest,
        response: { 200: flightAnswer },
        problems: ['not-found', ...fateProblems, ...askProblems],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const choice = choiceOf(request.body)
      return brandOf(context, brand).ask('flight', { id, choice }, askedBy(context, request))
    },
  )

  app.post(
    '/journeys/:id/pause',
    {
      schema: {
        summary: 'Hold entries, timers and queued messages',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: statusAnswer },
        problems: ['not-found', 'journey-not-live'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return { status: await pauseJourney(brandOf(context, brand), actorOf(context, request), { id }) }
    },
  )

  app.post(
    '/journeys/:id/resume',
    {
      schema: {
        summary: 'Let a paused journey go on',
        description:
          'Whoever would have come in meanwhile is not swept in, unless `letIn` says so: `meanwhile` tells how many they are.',
        tags: ['journeys'],
        params: journeyParams,
        body: resumeRequest,
        response: { 200: statusAnswer },
        problems: ['not-found', 'journey-not-paused'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const command = { id, letIn: request.body?.letIn ?? false }
      return { status: await resumeJourney(brandOf(context, brand), actorOf(context, request), command) }
    },
  )

  app.get(
    '/journeys/:id/meanwhile',
    {
      schema: {
        summary: 'Who qualified while the journey stood still',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: meanwhileAnswer },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const { since, triggers } = await brandOf(context, brand).ask(
        'meanwhile',
        { id },
        askedBy(context, request),
      )
      return { since, triggers: [...triggers] }
    },
  )

  app.post(
    '/journeys/:id/stop',
    {
      schema: {
        summary: 'End the journey for everyone',
        description: 'All who are under way leave, and their queued messages are withdrawn.',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: statusAnswer },
        problems: ['not-found', 'journey-not-live'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return stopJourney(brandOf(context, brand), actorOf(context, request), { id })
    },
  )

  app.post(
    '/journeys/:id/enter',
    {
      bodyLimit: limits.listBodySize.value,
      schema: {
        summary: 'Let customers in by hand',
        description:
          'Whom the re-entry rule refuses stays out and is counted. One unknown customer refuses all.',
        tags: ['journeys'],
        params: journeyParams,
        body: enterRequest,
        response: { 200: enterAnswer },
        problems: ['not-found', 'journey-not-live', 'unknown-customer', 'body-too-large'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const command = { id, customerIds: request.body.customerIds }
      return enterByHand(brandOf(context, brand), actorOf(context, request), command)
    },
  )

  app.get(
    '/journeys/:id/stuck',
    {
      schema: {
        summary: 'Whom a failing node holds up',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: stuckList },
        problems: ['not-found'],
      },
    },
    async ({ params }) => stuckCustomers(brandOf(context, params.brand), params.id),
  )

  app.post(
    '/journeys/:id/retry',
    {
      schema: {
        summary: 'Try again with all who are stuck',
        tags: ['journeys'],
        params: journeyParams,
        response: { 200: retryAnswer },
        problems: ['not-found'],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      return { retried: await retryStuck(brandOf(context, brand), actorOf(context, request), { id }) }
    },
  )
}
