import { z } from 'zod'
import {
  moveRequest,
  peopleAnswer,
  peopleDone,
  peopleQuery,
  saveRequest,
  whoRequest,
} from '../../../shared/api/people.ts'
import type { ErrorCode } from '../../../shared/errors/index.ts'
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

interface Told<Code extends ErrorCode> {
  readonly summary: string
  readonly description: string
  readonly problems: readonly Code[]
}

/** Something that is done with those on a node who are meant. */
const doing = <Body extends z.ZodType, Code extends ErrorCode>(
  body: Body,
  { summary, description, problems }: Told<Code>,
) => ({
  bodyLimit,
  schema: {
    summary,
    description: `${description} ${about}`,
    tags,
    params: nodeParams,
    body,
    response: { 200: peopleDone },
    problems: ['not-found', 'body-too-large', ...problems] as const,
  },
})

interface Asked<Body extends object> {
  readonly params: z.output<typeof nodeParams>
  readonly body: Body
}

const commandOf = <Body extends object>({ params: { id, node }, body }: Asked<Body>) => ({
  journeyId: id,
  node,
  ...body,
})

export function peopleRoutes(app: App, context: RouteContext): void {
  const deskOf = ({ params }: Pick<Asked<object>, 'params'>) => brandOf(context, params.brand)

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
    doing(moveRequest, {
      summary: 'Move customers from a node to another of their version',
      description: 'The node is entered afresh and asked at once.',
      problems: ['node-not-enterable'],
    }),
    async (request) => movePeople(deskOf(request), actorOf(context, request), commandOf(request)),
  )

  app.post(
    '/journeys/:id/nodes/:node/people/remove',
    doing(whoRequest, {
      summary: 'Take customers on a node out of the journey',
      description: 'What is queued for them is taken back; goals go on counting.',
      problems: [],
    }),
    async (request) => removePeople(deskOf(request), actorOf(context, request), commandOf(request)),
  )

  app.post(
    '/journeys/:id/nodes/:node/people/retry',
    doing(whoRequest, {
      summary: 'Try again with those on a node who are stuck',
      description: 'Whoever is not stuck is left alone.',
      problems: [],
    }),
    async (request) => retryPeople(deskOf(request), actorOf(context, request), commandOf(request)),
  )

  app.post(
    '/journeys/:id/nodes/:node/people/save',
    doing(saveRequest, {
      summary: 'Keep customers on a node as a list',
      description: 'All of them, or the list is not made.',
      problems: ['audience-exists'],
    }),
    async (request) => savePeople(deskOf(request), actorOf(context, request), commandOf(request)),
  )
}
