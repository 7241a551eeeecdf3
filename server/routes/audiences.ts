import { z } from 'zod'
import {
  audienceList,
  audienceSave,
  audienceSummary,
  countAnswer,
  countRequest,
  type VocabularyAnswer,
  vocabularyAnswer,
} from '../../shared/api/customers.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import {
  addAudience,
  audienceSummaries,
  changeAudience,
  countCondition,
  getAudience,
  removeAudience,
} from '../store/sqlite/audiences/audiences.ts'
import { vocabularyOf } from '../store/sqlite/customers/vocabulary.ts'
import { StampedCache, stampOf } from '../store/sqlite/stamp.ts'
import type { RouteContext } from './context.ts'

const params = brandParams.extend({ key: z.string().describe('The stable key of the audience') })
const minuteMs = 60_000

/** Now, as conditions see it. */
const momentOf = (runtime: BrandRuntime) => ({ now: runtime.now(), zone: runtime.brand().zone })

/** Differs when something was written, or a minute has passed: conditions look at the time. */
const stampNow = (runtime: BrandRuntime) =>
  `${stampOf(runtime.db)}:${Math.floor(runtime.now() / minuteMs)}:${runtime.brand().zone}`

export function audienceRoutes(app: App, context: RouteContext): void {
  const lists = new StampedCache<ReturnType<typeof audienceSummaries>>()
  const counts = new StampedCache<ReturnType<typeof countCondition>>()
  const vocabularies = new StampedCache<VocabularyAnswer>()

  app.get(
    '/audiences',
    {
      schema: {
        summary: 'Saved audiences with their sizes as they are now',
        tags: ['customers'],
        params: brandParams,
        response: { 200: audienceList },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand } }) => {
      const runtime = brandOf(context, brand)
      const audiences = lists.get(brand, stampNow(runtime), () =>
        audienceSummaries(runtime.db, momentOf(runtime)),
      )
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
        problems: ['not-found', 'audience-exists'],
      },
    },
    async ({ params: { brand }, body }, reply) => {
      const runtime = brandOf(context, brand)
      addAudience(runtime.db, body, runtime.now())
      return reply.code(201).send(getAudience(runtime.db, body.key, momentOf(runtime)))
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
        problems: ['not-found', 'audience-is-list'],
      },
    },
    async ({ params: { brand, key }, body }) => {
      if (body.key !== key) throw new Problem('invalid-request', { detail: `key: ${key}` }, 'key')
      const runtime = brandOf(context, brand)
      changeAudience(runtime.db, body, runtime.now())
      return getAudience(runtime.db, key, momentOf(runtime))
    },
  )

  app.delete(
    '/audiences/:key',
    {
      schema: {
        summary: 'Delete an audience that nothing uses',
        tags: ['customers'],
        params,
        response: { 204: nothing },
        problems: ['not-found', 'audience-in-use'],
      },
    },
    async ({ params: { brand, key } }, reply) => {
      removeAudience(brandOf(context, brand).db, key)
      return reply.code(204).send()
    },
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
        problems: ['not-found'],
      },
    },
    async ({ params: { brand }, body }) => {
      const runtime = brandOf(context, brand)
      return counts.get(`${brand} ${JSON.stringify(body.condition)}`, stampNow(runtime), () =>
        countCondition(runtime.db, body.condition, momentOf(runtime)),
      )
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
        problems: ['not-found'],
      },
    },
    async ({ params: { brand } }) => {
      const { db } = brandOf(context, brand)
      return vocabularies.get(brand, stampOf(db), () => vocabularyOf(db))
    },
  )
}
