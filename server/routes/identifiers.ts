import { z } from 'zod'
import { canonicalIdentifier } from '../../shared/api/identified.ts'
import {
  byIdentifier,
  identifier,
  identifierAdd,
  identifierAnswer,
  identifierQuery,
} from '../../shared/api/persons.ts'
import { limits } from '../../shared/limits.ts'
import { identifierKinds } from '../../shared/persons/kinds.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { brandParams, nothing } from '../http/route.ts'
import { customerBy } from '../persons/identifiers.ts'
import { attachIdentifier } from '../persons/persons.ts'
import type { RouteContext } from './context.ts'

const customerParams = brandParams.extend({ id: z.string() })
const named = {
  kind: z.enum(identifierKinds),
  value: z.string().min(1).max(limits.identifierLength.value),
}
const list = z.object({
  identifiers: z.array(identifier),
  formerIds: z.array(z.string()).describe('Ids of records that were merged into this one'),
})

/** By what customers are known beside their id; phones and mailboxes are among their addresses. */
export function identifierRoutes(app: App, context: RouteContext): void {
  const tags = ['customers']

  app.get(
    '/customers/by/:kind/:value',
    {
      schema: {
        summary: 'Who has an identifier',
        description: 'Of an address that several have nobody can say: 422 `identifier-shared`.',
        tags,
        params: brandParams.extend(named),
        querystring: identifierQuery,
        response: { 200: byIdentifier },
        problems: ['not-found', 'not-an-address', 'identifier-scope', 'identifier-shared'],
      },
    },
    async ({ params: { brand, kind, value }, query }) => ({
      customerId: await customerBy(brandOf(context, brand), { kind, value, scope: query.scope }),
    }),
  )

  app.get(
    '/customers/:id/identifiers',
    {
      schema: {
        summary: 'By what a customer is known',
        description: 'Besides phones and mailboxes, which are their addresses.',
        tags,
        params: customerParams,
        response: { 200: list },
        problems: ['not-found'],
      },
    },
    async ({ params }) => brandOf(context, params.brand).stores.persons.identifiersOf(params.id),
  )

  app.post(
    '/customers/:id/identifiers',
    {
      schema: {
        summary: 'Give a customer an identifier',
        description:
          'A phone or mailbox becomes an address of theirs. Where it is another’s already, the brand’s rule for its kind says what follows: by verified values two customers are made one, or a person is asked.',
        tags,
        params: customerParams,
        body: identifierAdd,
        response: { 200: identifierAnswer },
        problems: [
          'not-found',
          'unknown-customer',
          'not-an-address',
          'identifier-scope',
          'identifiers-too-many',
        ],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const { verified, at, ...given } = request.body
      const actor = actorOf(context, request)
      const claim = { ...canonicalIdentifier(given), customerId: id, verified, at, source: actor.kind }
      const answer = await attachIdentifier(brandOf(context, brand), actor, claim)
      // Who only writes learns of nobody: not whose it was, nor who they are one with.
      return request.apiKey?.kind === 'write' ? { ...answer, customerId: id, others: [] } : answer
    },
  )

  app.delete(
    '/customers/:id/identifiers/:kind/:value',
    {
      schema: {
        summary: 'Take an identifier off a customer',
        description:
          'An address stays: what it has refused still holds. Stop writing to it by the addresses.',
        tags,
        params: customerParams.extend(named),
        querystring: identifierQuery,
        response: { 204: nothing },
        problems: ['not-found', 'not-an-address', 'identifier-scope'],
      },
    },
    async (request, reply) => {
      const { brand, id, kind, value } = request.params
      const desk = brandOf(context, brand)
      const given = canonicalIdentifier({ kind, value, scope: request.query.scope })
      await desk.stores.persons.detach(desk.act(actorOf(context, request)), id, given)
      return reply.code(204).send()
    },
  )
}
