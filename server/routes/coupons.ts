import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { z } from 'zod'
import {
  codeLife,
  codesAnswer,
  codesRequest,
  couponList,
  couponSave,
  heldCodes,
  holders,
  keptCoupon,
  redemptionRecord,
} from '../../shared/api/coupons.ts'
import { audienceUses } from '../../shared/api/customers.ts'
import { recordsAnswer } from '../../shared/api/records.ts'
import { couponKey } from '../../shared/coupons/definition.ts'
import { limits } from '../../shared/limits.ts'
import {
  addCodes,
  addFile,
  codesOf,
  codesOfCustomer,
  lifeOf,
  listCoupons,
  listHolders,
  makeCodes,
  readCoupon,
  removeCoupon,
  saveCoupon,
  usesOfCoupon,
} from '../coupons/coupons.ts'
import { redeem } from '../coupons/redemptions.ts'
import { recordsAnswerOf } from '../customers/records.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { answerStream, isStream, recordTypes, rowsOf } from '../http/records.ts'
import { brandParams, nothing } from '../http/route.ts'
import { receiveFile, uploadLimit } from '../http/upload.ts'
import type { RouteContext } from './context.ts'
import { recordProblems } from './records.ts'

const ofKey = brandParams.extend({ key: couponKey.describe('By which nodes name it') })
const paging = z.object({
  before: z.coerce.number().int().optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** The brand's coupons, their pools and what becomes of codes. */
export function couponRoutes(app: App, context: RouteContext): void {
  const tags = ['coupons']

  app.get(
    '/coupons',
    {
      schema: {
        summary: 'All coupons, with how their codes fare',
        tags,
        params: brandParams,
        response: { 200: couponList },
        problems: ['not-found'],
      },
    },
    async ({ params }) => ({ coupons: await listCoupons(brandOf(context, params.brand)) }),
  )

  app.get(
    '/coupons/holders',
    {
      schema: {
        summary: 'Customers who have got many coupons, the most first',
        description: 'Among the latest 200,000 codes.',
        tags,
        params: brandParams,
        response: { 200: holders },
        problems: ['not-found'],
      },
    },
    async ({ params }) => listHolders(brandOf(context, params.brand)),
  )

  app.get(
    '/coupons/codes/:code',
    {
      schema: {
        summary: 'The life of one code',
        description: 'However it is typed: blanks, hyphens and small letters are read as a till reads them.',
        tags,
        params: brandParams.extend({ code: z.string().min(1).max(limits.nameLength.value) }),
        response: { 200: codeLife },
        problems: ['not-found', 'coupon-code-unknown'],
      },
    },
    async ({ params: { brand, code } }) => lifeOf(brandOf(context, brand), code),
  )

  app.get(
    '/coupons/:key',
    {
      schema: {
        summary: 'One coupon',
        tags,
        params: ofKey,
        response: { 200: keptCoupon },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, key } }) => readCoupon(brandOf(context, brand), key),
  )

  app.put(
    '/coupons/:key',
    {
      schema: {
        summary: 'Make or change a coupon',
        description:
          'Codes that are handed out from then on are worth what it says; those that customers have stay what they were.',
        tags,
        params: ofKey,
        body: couponSave,
        response: { 200: keptCoupon },
        problems: ['not-found', 'coupon-exists', 'coupon-stale', 'coupons-too-many'],
      },
    },
    async (request) => {
      const { brand, key } = request.params
      const command = { key, saving: request.body }
      return saveCoupon(brandOf(context, brand), actorOf(context, request), command)
    },
  )

  app.delete(
    '/coupons/:key',
    {
      schema: {
        summary: 'Delete a coupon that was never handed out, with its pool',
        description: 'A refusal lists under `uses` the journeys that name it.',
        tags,
        params: ofKey,
        response: { 204: nothing },
        problems: ['not-found', 'coupon-in-use', 'coupon-handed-out'],
      },
    },
    async (request, reply) => {
      const { brand, key } = request.params
      await removeCoupon(brandOf(context, brand), actorOf(context, request), key)
      return reply.code(204).send()
    },
  )

  app.get(
    '/coupons/:key/uses',
    {
      schema: {
        summary: 'Which journeys hand out a coupon',
        tags,
        params: ofKey,
        response: { 200: audienceUses },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, key } }) => ({ uses: await usesOfCoupon(brandOf(context, brand), key) }),
  )

  app.get(
    '/coupons/:key/codes',
    {
      schema: {
        summary: 'The codes of a coupon that were handed out, the latest first',
        tags,
        params: ofKey,
        querystring: paging,
        response: { 200: heldCodes },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, key }, query: { before = null, limit } }) =>
      codesOf(brandOf(context, brand), { coupon: key, before, limit }),
  )

  app.post(
    '/coupons/:key/codes',
    {
      schema: {
        summary: 'Add codes to the pool of a coupon',
        description:
          'A list of codes as another system made them, or `make`: so many by the coupon’s pattern, drawn by chance. Codes that are known already are left out and told.',
        tags,
        params: ofKey,
        body: codesRequest,
        response: { 200: codesAnswer },
        problems: ['not-found', 'coupon-pool-full'],
      },
    },
    async (request) => {
      const { brand, key } = request.params
      const desk = brandOf(context, brand)
      const actor = actorOf(context, request)
      const { body } = request
      if ('make' in body) return makeCodes(desk, actor, { key, count: body.make })
      return addCodes(desk, actor, { key, codes: body.codes })
    },
  )

  app.post(
    '/coupons/:key/codes/file',
    {
      config: { uploadLimit },
      schema: {
        summary: 'Add the codes of a file to the pool of a coupon',
        description:
          'multipart/form-data with `file`: a code in each line, or a table with the codes in its first column. Millions are taken, some thousands at a time.',
        tags,
        consumes: ['multipart/form-data'],
        params: ofKey,
        response: { 200: codesAnswer },
        problems: [
          'not-found',
          'coupon-pool-full',
          'form-broken',
          'invalid-request',
          'body-too-large',
          'unsupported-media',
        ],
      },
    },
    async (request) => {
      const { brand, key } = request.params
      const desk = brandOf(context, brand)
      await readCoupon(desk, key)
      const { path } = await receiveFile(request, desk.importsFolder, randomUUID())
      try {
        return await addFile(desk, actorOf(context, request), { key, path })
      } finally {
        await rm(path, { force: true })
      }
    },
  )

  app.get(
    '/customers/:id/coupons',
    {
      schema: {
        summary: 'The coupons that a customer has got, the latest first',
        tags,
        params: brandParams.extend({ id: z.string().min(1).max(limits.idLength.value) }),
        querystring: paging,
        response: { 200: heldCodes },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, id }, query: { before = null, limit } }) =>
      codesOfCustomer(brandOf(context, brand), { customerId: id, before, limit }),
  )
}

/** Codes that were used, as tills and shops tell of them. */
export function couponRecordRoutes(app: App, context: RouteContext): void {
  app.post(
    '/coupons/redemptions',
    {
      config: { records: true, textsLater: true },
      bodyLimit: limits.recordsBodySize.value,
      schema: {
        summary: 'Tell of codes that were used: one, a list, or a stream',
        description:
          'Each is taken by itself and kept as the event `coupon_redeemed`; waits, goals and exits hear of it within a tick. One that does not count is refused with its reason: a code that nobody has got, that is somebody else’s, was used before, is over or may not be used yet. With `orderId` the same again is `unchanged`. An order that names `coupon_code` or `coupon_codes` says the same of them. Results as of POST /customers.',
        tags: ['coupons'],
        consumes: recordTypes,
        params: brandParams,
        record: redemptionRecord,
        response: { 200: recordsAnswer },
        problems: [...recordProblems],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      const act = desk.act(actorOf(context, request))
      if (isStream(request))
        return answerStream(request, reply, {
          folder: desk.importsFolder,
          take: (rows) => redeem(desk, act, rows),
        })
      return recordsAnswerOf(await redeem(desk, act, rowsOf(request.body)))
    },
  )
}
