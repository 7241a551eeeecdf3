import { z } from 'zod'
import { customerEdit, tagEdit } from '../../shared/api/customer-edits.ts'
import { customerRecord } from '../../shared/api/customers.ts'
import { erasureAnswer } from '../../shared/api/erasures.ts'
import { recordResult, recordsAnswer } from '../../shared/api/records.ts'
import { limits } from '../../shared/limits.ts'
import { editCustomer, editTags } from '../customers/edits.ts'
import { eraseIfKnown } from '../customers/erasures.ts'
import { saveCustomer } from '../customers/records.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { recordTypes } from '../http/records.ts'
import { brandParams, nothing } from '../http/route.ts'
import type { RouteContext } from './context.ts'
import { answerRecords, recordProblems } from './records.ts'

const ofOne = brandParams.extend({ id: z.string().min(1).max(limits.idLength.value) })
const record = z.record(z.string(), z.unknown())
const saveProblems = [
  'not-found',
  'record-refused',
  'record-id-differs',
  'body-too-large',
  'text-broken',
] as const

/** Customers as they come in from a shop’s own systems. */
export function customerRecordRoutes(app: App, context: RouteContext): void {
  const tags = ['customers']

  app.put(
    '/customers/:id',
    {
      schema: {
        summary: 'Save a customer, whole',
        description:
          'Makes the customer or puts this record in the place of what is known: what it leaves out is taken away, but for tags and consents that it does not speak of. Read by the rules of the import; what cannot be read is told in `faults` and stays as it was. Audiences and journeys follow.',
        tags,
        params: ofOne,
        body: record.meta(z.toJSONSchema(customerRecord, { io: 'input' })),
        response: { 200: recordResult, 201: recordResult },
        problems: [...saveProblems],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const command = { id, mode: 'replace', record: request.body } as const
      const result = await saveCustomer(brandOf(context, brand), actorOf(context, request), command)
      return reply.code(result.status === 'created' ? 201 : 200).send(result)
    },
  )

  app.patch(
    '/customers/:id',
    {
      schema: {
        summary: 'Change a customer',
        description:
          'What is left out stays, null takes away; tags are added. The customer must be known: PUT and POST make one.',
        tags,
        params: ofOne,
        body: record.meta(z.toJSONSchema(customerRecord, { io: 'input' })),
        response: { 200: recordResult },
        problems: [...saveProblems],
      },
    },
    async (request) => {
      const { brand, id } = request.params
      const command = { id, mode: 'change', record: request.body } as const
      return saveCustomer(brandOf(context, brand), actorOf(context, request), command)
    },
  )

  app.post(
    '/customers/:id/edits',
    {
      schema: {
        summary: 'Change one value of a customer, as a person does who has seen it',
        description:
          'Where the value is no longer what was seen, nothing is changed, and the problem tells what it is. What cannot be read is refused.',
        tags,
        params: ofOne,
        body: customerEdit,
        response: { 204: nothing },
        problems: ['not-found', 'record-refused', 'customer-changed', 'edit-fixed', 'text-broken'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      await editCustomer(brandOf(context, brand), actorOf(context, request), { id, edit: request.body })
      return reply.code(204).send()
    },
  )

  app.post(
    '/customers/:id/tags',
    {
      schema: {
        summary: 'Give a customer tags, and take some away',
        tags,
        params: ofOne,
        body: tagEdit,
        response: { 204: nothing },
        problems: ['not-found', 'record-refused'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      await editTags(brandOf(context, brand), actorOf(context, request), { id, tags: request.body })
      return reply.code(204).send()
    },
  )

  app.delete(
    '/customers/:id',
    {
      schema: {
        summary: 'Erase a customer',
        description:
          'The same as POST /erasures with this customer, whose addresses are known again as opted out. Answers 202 with the erasure’s id, or 204 where there is nobody of that id: asked twice, it does nothing twice.',
        tags,
        params: ofOne,
        response: { 202: erasureAnswer, 204: nothing },
        problems: ['not-found'],
      },
    },
    async (request, reply) => {
      const { brand, id } = request.params
      const asked = await eraseIfKnown(brandOf(context, brand), actorOf(context, request), id)
      return asked === null ? reply.code(204).send() : reply.code(202).send(asked)
    },
  )

  app.post(
    '/customers',
    {
      config: { records: true, textsLater: true },
      bodyLimit: limits.recordsBodySize.value,
      schema: {
        summary: 'Save customers: one, a list, or a stream',
        description:
          'One record or a list as JSON, or one record a line as application/x-ndjson, of any length. Each is made or changed by itself as PATCH does; without an id an address says who it is, and whoever has none yet bears the address for an id; or `by` names them by any identifier (`{"kind": "unionid", "value": "…"}`), and whoever is made by it has it. A row that cannot be taken is refused in its result and keeps no other out; a list of which nothing can be taken is refused as a whole. The same again changes nothing. The results of a stream are lines of JSON, which begin when it has been read; the last one is the `summary`.',
        tags,
        consumes: recordTypes,
        params: brandParams,
        record: customerRecord,
        response: { 200: recordsAnswer },
        problems: [...recordProblems],
      },
    },
    async (request, reply) => {
      const desk = brandOf(context, request.params.brand)
      return answerRecords(request, reply, { desk, actor: actorOf(context, request), kind: 'customers' })
    },
  )
}
