import { z } from 'zod'
import {
  moveRequest,
  peopleAnswer,
  peopleDone,
  peopleQuery,
  saveRequest,
  whoRequest,
} from '../../../shared/api/people.ts'
import { limits } from '../../../shared/limits.ts'
import { actorOf } from '../../http/actor.ts'
import { type App, brandOf } from '../../http/app.ts'
import { askedBy, askProblems } from '../../http/open-requests.ts'
import { journeyParams } from '../../http/route.ts'
import { movePeople, removePeople, retryPeople, savePeople } from '../../journeys/people/act.ts'
import type { RouteContext } from '../context.ts'

const nodeParams = journeyParams.extend({ node: z.string().describe('The id of the node') })
const tags = ['journeys']
const bodyLimit = limits.listBodySize.value
const about = 'Those named by their enrollments, or all who stand there; whoever does no more is refused.'

export function peopleRoutes(app: App, context: RouteContext): void {
  app.get(
    '/journeys/:id/nodes/:node/people',
    {
      schema: {
        summary: 'Who stands on a node',
        description:
          'Since when and until when, and who is stuck with which error; of all versions, or of one.',
        tags,
        params: nodeParams,
        querystring: peopleQuery,
        response: { 200: peopleAnswer },
        problems: ['not-found', ...askProblems],
      },
    },
    async (request) => {
      const { brand, id: journeyId, node } = request.params
      const query = { ...request.query, journeyId, node }
      return brandOf(context, brand).ask('people', query, askedBy(context, request))
    },
  )

  app.post(
    '/journeys/:id/nodes/:node/people/move',
    {
      bodyLimit,
      schema: {
        summary: 'Move customers from a node to another of their version',
        description: `The node is entered afresh and asked at once. ${about}`,
        tags,
        params: nodeParams,
        body: moveRequest,
        response: { 200: peopleDone },
        problems: ['not-found', 'node-not-enterable', 'body-too-large'],
      },
    },
    async (request) => {
      const { brand, id: journeyId, node } = request.params
      const command = { journeyId, node, ...request.body }
      return movePeople(brandOf(context, brand), actorOf(context, request), command)
    },
  )

  app.post(
    '/journeys/:id/nodes/:node/people/remove',
    {
      bodyLimit,
      schema: {
        summary: 'Take customers on a node out of the journey',
        description: `What is queued for them is taken back; goals go on counting. ${about}`,
        tags,
        params: nodeParams,
        body: whoRequest,
        response: { 200: peopleDone },
        problems: ['not-found', 'body-too-large'],
      },
    },
    async (request) => {
      const { brand, id: journeyId, node } = request.params
      const command = { journeyId, node, ...request.body }
      return removePeople(brandOf(context, brand), actorOf(context, request), command)
    },
  )

  app.post(
    '/journeys/:id/nodes/:node/people/retry',
    {
      bodyLimit,
      schema: {
        summary: 'Try again with those on a node who are stuck',
        description: about,
        tags,
        params: nodeParams,
        body: whoRequest,
        response: { 200: peopleDone },
        problems: ['not-found', 'body-too-large'],
      },
    },
    async (request) => {
      const { brand, id: journeyId, node } = request.params
      const command = { journeyId, node, ...request.body }
      return retryPeople(brandOf(context, brand), actorOf(context, request), command)
    },
  )

  app.post(
    '/journeys/:id/nodes/:node/people/save',
    {
      bodyLimit,
      schema: {
        summary: 'Keep customers on a node as a list',
        description: about,
        tags,
        params: nodeParams,
        body: saveRequest,
        response: { 200: peopleDone },
        problems: ['not-found', 'audience-exists', 'body-too-large'],
      },
    },
    async (request) => {
      const { brand, id: journeyId, node } = request.params
      const command = { journeyId, node, ...request.body }
      return savePeople(brandOf(context, brand), actorOf(context, request), command)
    },
  )
}
