import { z } from 'zod'
import {
  decisionRequest,
  invitation,
  invitations,
  joinAnswer,
  joinRequest,
  keptReferral,
  linkRequest,
  personalLink,
  referralList,
  referralReport,
  referralSave,
} from '../../shared/api/referrals.ts'
import { referralKey } from '../../shared/referrals/definition.ts'
import { referralStates } from '../../shared/referrals/states.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { joinByCall } from '../referrals/joining.ts'
import {
  decideInvitation,
  linkOf,
  listInvitations,
  listReferrals,
  readReferral,
  removeReferral,
  reportOf,
  saveReferral,
} from '../referrals/programmes.ts'
import type { RouteContext } from './context.ts'

const ofKey = brandParams.extend({ key: referralKey.describe('By which texts name it') })
const paging = z.object({
  state: z.enum(referralStates).optional(),
  before: z.coerce.number().int().optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

/** Programmes by which customers invite others, and what came of them. */
export function referralRoutes(app: App, context: RouteContext): void {
  const tags = ['referrals']

  app.get(
    '/referrals',
    {
      schema: {
        summary: 'All referral programmes, with how they fare',
        tags,
        params: brandParams,
        response: { 200: referralList },
        problems: ['not-found'],
      },
    },
    async ({ params }) => ({ referrals: await listReferrals(brandOf(context, params.brand)) }),
  )

  app.get(
    '/referrals/:key',
    {
      schema: {
        summary: 'One referral programme',
        tags,
        params: ofKey,
        response: { 200: keptReferral },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, key } }) => readReferral(brandOf(context, brand), key),
  )

  app.put(
    '/referrals/:key',
    {
      schema: {
        summary: 'Make or change a referral programme',
        description:
          'In messages `{{ referral.KEY.link }}` is the page of whoever reads it, `{{ referral.KEY.poster }}` the picture with its QR code. What has been given stays given; what is changed holds for whoever comes in from then on.',
        tags,
        params: ofKey,
        body: referralSave,
        response: { 200: keptReferral },
        problems: ['not-found', 'referral-exists', 'referral-stale', 'referrals-too-many', 'coupon-unknown'],
      },
    },
    async (request) => {
      const { brand, key } = request.params
      const command = { key, saving: request.body }
      return saveReferral(brandOf(context, brand), actorOf(context, request), command)
    },
  )

  app.delete(
    '/referrals/:key',
    {
      schema: {
        summary: 'Delete a referral programme of which nobody has a link',
        tags,
        params: ofKey,
        response: { 204: nothing },
        problems: ['not-found', 'referral-begun'],
      },
    },
    async (request, reply) => {
      const { brand, key } = request.params
      await removeReferral(brandOf(context, brand), actorOf(context, request), key)
      return reply.code(204).send()
    },
  )

  app.get(
    '/referrals/:key/report',
    {
      schema: {
        summary: 'Who has brought most, and which rewards lack their coupon',
        tags,
        params: ofKey,
        response: { 200: referralReport },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, key } }) => reportOf(brandOf(context, brand), key),
  )

  app.get(
    '/referrals/:key/invitations',
    {
      schema: {
        summary: 'Who was invited by whom, the latest first',
        description: '`state=held`: those at which a person has to look.',
        tags,
        params: ofKey,
        querystring: paging,
        response: { 200: invitations },
        problems: ['not-found'],
      },
    },
    async ({ params: { brand, key }, query: { state = null, before = null, limit } }) =>
      listInvitations(brandOf(context, brand), { key, state, before, limit }),
  )

  app.post(
    '/referrals/:key/invitations/:id/decision',
    {
      schema: {
        summary: 'Say whether an invitation that is held counts',
        tags,
        params: ofKey.extend({ id: z.string().max(64) }),
        body: decisionRequest,
        response: { 200: invitation },
        problems: ['not-found', 'referral-decided'],
      },
    },
    async (request) => {
      const { brand, key, id } = request.params
      const decision = { key, id, accept: request.body.accept }
      return decideInvitation(brandOf(context, brand), actorOf(context, request), decision)
    },
  )

  app.post(
    '/referrals/:key/links',
    {
      schema: {
        summary: 'The personal link of a customer, with its QR code and poster',
        description: 'The same however often it is asked for.',
        tags,
        params: ofKey,
        body: linkRequest,
        response: { 200: personalLink },
        problems: ['not-found', 'unknown-customer'],
      },
    },
    async ({ params: { brand, key }, body: { customerId } }) => {
      const desk = brandOf(context, brand)
      const base = desk.brand().linkBase ?? desk.baseUrl()
      return linkOf(desk, { key, customerId, base })
    },
  )

  app.post(
    '/referrals/joins',
    {
      schema: {
        summary: 'Tell that somebody has registered with you who came by a personal link',
        description:
          'For shops and mini-programs of your own: the code is the end of the link. Bound once in each programme, the first inviter wins; whoever invites themselves, or those by whom they were invited, is held for a person.',
        tags,
        params: brandParams,
        body: joinRequest,
        response: { 200: joinAnswer },
        problems: [
          'not-found',
          'referral-code-unknown',
          'referral-over',
          'unknown-customer',
          'not-an-address',
          'identifier-scope',
        ],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      return joinByCall(desk, actorOf(context, request), request.body)
    },
  )
}
