import { z } from 'zod'
import {
  attributeDeclared,
  attributeList,
  attributeSave,
  unreadableList,
  unreadableQuery,
} from '../../shared/api/attributes.ts'
import { concealedValue } from '../../shared/channels/address/conceal.ts'
import { declarationOf, declareAttribute } from '../customers/customers.ts'
import { actorOf } from '../http/actor.ts'
import { type App, brandOf } from '../http/app.ts'
import { contactsFor, toldExamples } from '../http/contacts.ts'
import { askedBy, askProblems } from '../http/open-requests.ts'
import { brandParams } from '../http/route.ts'
import type { RouteContext } from './context.ts'

const params = brandParams.extend({ name: z.string().describe('The field’s name, as files have it') })

export function attributeRoutes(app: App, context: RouteContext): void {
  app.get(
    '/attributes',
    {
      schema: {
        summary: 'The fields that customers have, and what they hold',
        description: 'With their types, how many customers have a value, and of how many it cannot be read.',
        tags: ['customers'],
        params: brandParams,
        response: { 200: attributeList },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => {
      const desk = brandOf(context, request.params.brand)
      const list = await desk.ask('attributes', {}, askedBy(context, request))
      return { ...list, attributes: list.attributes.map((one) => toldExamples(request, one)) }
    },
  )

  app.put(
    '/attributes/:name',
    {
      schema: {
        summary: 'Say what a field holds',
        description:
          'All values are read anew, from what was imported. Type `null` gives the choice back to the values.',
        tags: ['customers'],
        params,
        body: attributeSave,
        response: { 200: attributeDeclared },
        problems: ['not-found', 'attribute-built-in', 'attribute-format', ...askProblems],
      },
    },
    async (request) => {
      const { brand, name } = request.params
      const desk = brandOf(context, brand)
      const by = askedBy(context, request)
      const declaration = declarationOf(name, request.body)
      const survey = await desk.ask('survey', declaration, by)
      await declareAttribute(desk, actorOf(context, request), declaration, survey)
      return toldExamples(request, await desk.ask('declared', { name }, by))
    },
  )

  app.get(
    '/attributes/:name/unreadable',
    {
      schema: {
        summary: 'Customers whose value of a field cannot be read',
        tags: ['customers'],
        params,
        querystring: unreadableQuery,
        response: { 200: unreadableList },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => {
      const { brand, name } = request.params
      const asked = { name, ...request.query }
      const list = await brandOf(context, brand).ask('unreadable', asked, askedBy(context, request))
      if (contactsFor(request) === 'whole') return list
      return {
        ...list,
        values: list.values.map((one) => ({ ...one, value: concealedValue(name, one.value) })),
      }
    },
  )
}
