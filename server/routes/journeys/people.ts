import { z } from 'zod'
import {
  moveRequest,
  type PeopleDone,
  peopleAnswer,
  peopleDone,
  peopleQuery,
  saveRequest,
  type WhoAtNode,
  whoRequest,
} from '../../../shared/api/people.ts'
import type { Actor } from '../../../shared/audit/actor.ts'
import type { ErrorCode } from '../../../shared/errors/index.ts'
import { limits } from '../../../shared/limits.ts'
import type { BrandRuntime } from '../../brand/brand.ts'
import { actorOf } from '../../http/actor.ts'
import { type App, brandOf } from '../../http/app.ts'
import { askedBy, askProblems } from '../../http/open-requests.ts'
import { journeyParams } from '../../http/route.ts'
import { movePeople, removePeople, retryPeople, savePeople } from '../../journeys/people/act.ts'
import type { NodePlace } from '../../ports/people.ts'
import type { RouteContext } from '../context.ts'

const nodeParams = journeyParams.extend({ node: z.string().describe('The id of the node') })
const tags = ['journeys']
const bodyLimit = limits.listBodySize.value
const about = 'Those named by their enrollments, or all who stand there; whoever does no more is refused.'

/** What the reference tells of it. */
interface Told {
  readonly summary: string
  readonly description: string
  readonly problems: readonly ErrorCode[]
}

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

  /** One thing that is done with those on a node who are meant. */
  function act<Body extends z.ZodType<{ readonly who: WhoAtNode }>>(
    what: string,
    body: Body,
    work: (desk: BrandRuntime, actor: Actor, command: NodePlace & z.output<Body>) => Promise<PeopleDone>,
    { summary, description, problems }: Told,
  ): void {
    app.post(
      `/journeys/:id/nodes/:node/people/${what}`,
      {
        bodyLimit,
        schema: {
          summary,
          description: `${description} ${about}`,
          tags,
          params: nodeParams,
          body,
          response: { 200: peopleDone },
          problems: ['not-found', 'body-too-large', ...problems],
        },
      },
      async (request) => {
        const { brand, id: journeyId, node } = request.params
        // By the schema above, which a generic body hides.
        const command = { journeyId, node, ...(request.body as z.output<Body>) }
        return work(brandOf(context, brand), actorOf(context, request), command)
      },
    )
  }

  act('move', moveRequest, movePeople, {
    summary: 'Move customers from a node to another of their version',
    description: 'The node is entered afresh and asked at once.',
    problems: ['node-not-enterable'],
  })
  act('remove', whoRequest, removePeople, {
    summary: 'Take customers on a node out of the journey',
    description: 'What is queued for them is taken back; goals go on counting.',
    problems: [],
  })
  act('retry', whoRequest, retryPeople, {
    summary: 'Try again with those on a node who are stuck',
    description: 'Whoever is not stuck is left alone.',
    problems: [],
  })
  act('save', saveRequest, savePeople, {
    summary: 'Keep customers on a node as a list',
    description: 'All of them, or the list is not made.',
    problems: ['audience-exists'],
  })
}
