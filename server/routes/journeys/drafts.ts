import {
  checkAnswer,
  draftSave,
  type JourneyAnswer,
  journeyAnswer,
  journeyCreate,
  journeyList,
} from '../../../shared/api/journeys.ts'
import { check, prove } from '../../../shared/compile/index.ts'
import { Problem } from '../../../shared/errors/index.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import type { WrittenText } from '../../../shared/text.ts'
import type { BrandRuntime } from '../../brand/brand.ts'
import { type App, brandOf } from '../../http/app.ts'
import { brandParams, journeyParams, nothing } from '../../http/route.ts'
import {
  createJourney,
  getJourney,
  isChanged,
  removeJourney,
  type StoredJourney,
  saveDraft,
} from '../../store/sqlite/journeys/journeys.ts'
import { journeySummaries } from '../../store/sqlite/journeys/list.ts'
import { type RouteContext, sendingOf } from '../context.ts'
import { findTemplate } from '../templates.ts'
import { journeyOfFile } from './file.ts'

/** A draft may hold several hundred nodes with long texts. */
const draftLimit = 4 * 1_048_576

export function answerOf({ db }: BrandRuntime, stored: StoredJourney): JourneyAnswer {
  const { journey, status, revision, liveVersion, breaker, updatedAt } = stored
  return { journey, status, revision, liveVersion, breaker, changed: isChanged(db, stored), updatedAt }
}

/** An id from the English name, in the letters that ids are made of. */
function idOf(name: WrittenText): string {
  const words = (name.en ?? '').toLowerCase().match(/[a-z0-9]+/g) ?? []
  const id = words
    .join('-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 48)
  return id === '' ? 'journey' : id
}

function emptyJourney(name: WrittenText): Journey {
  return journeySchema.parse({ format: 1, id: idOf(name), name, nodes: {} })
}

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
    async ({ params }) => ({ journeys: journeySummaries(brandOf(context, params.brand).db) }),
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
        problems: ['not-found', 'invalid-journey', 'journey-not-json', 'journey-newer', 'body-too-large'],
      },
    },
    async ({ params, body }, reply) => {
      const runtime = brandOf(context, params.brand)
      const journey = await journeyFrom(body, context)
      const stored = createJourney(runtime.db, { journey, now: runtime.now() })
      return reply.code(201).send(answerOf(runtime, stored))
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
    async ({ params }) => {
      const runtime = brandOf(context, params.brand)
      return answerOf(runtime, getJourney(runtime.db, params.id))
    },
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
        problems: ['not-found', 'stale-revision', 'body-too-large'],
      },
    },
    async ({ params, body }) => {
      const runtime = brandOf(context, params.brand)
      if (body.journey.id !== params.id)
        throw new Problem('invalid-request', { detail: `journey.id: ${params.id}` }, 'journey.id')
      return answerOf(runtime, saveDraft(runtime.db, params.id, { ...body, now: runtime.now() }))
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
    async ({ params }, reply) => {
      const { db, now } = brandOf(context, params.brand)
      removeJourney(db, params.id, now())
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
        problems: ['not-found'],
      },
    },
    async ({ params }) => {
      const runtime = brandOf(context, params.brand)
      const { db, brand, now, registry } = runtime
      const { journey } = getJourney(db, params.id)
      const at = { now: now(), zone: brand().zone }
      const found = check(journey, { registry, ...at, publishing: true, ...sendingOf(context, runtime) })
      const ok = found.every(({ severity }) => severity !== 'error')
      return { ok, diagnostics: found, proof: prove(journey, registry, at) }
    },
  )
}
