import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import {
  failuresAnswer,
  failuresQuery,
  type RehearsalAnswer,
  type RenderFailure,
  rehearsalAnswer,
  rehearsalRequest,
} from '../../shared/api/rehearsal.ts'
import { Problem } from '../../shared/errors/index.ts'
import { problemText } from '../../shared/errors/say.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { type Locale, say } from '../../shared/text.ts'
import { type App, brandOf } from '../http/app.ts'
import { csvOf } from '../http/csv.ts'
import { localeOf } from '../http/language.ts'
import { brandParams, nothing } from '../http/route.ts'
import type { RunningRehearsal } from '../rehearsal/start.ts'
import type { RouteContext } from './context.ts'

/** The reports that are kept, over all brands; older ones are forgotten. */
const mostKept = 20
/** Each takes a thread and a copy of its customers' facts. */
const mostAtOnce = 2

interface Kept {
  readonly brand: string
  readonly running: RunningRehearsal
  readonly nodes: Journey['nodes']
  answer: RehearsalAnswer
}

const params = brandParams.extend({ id: z.string() })

function keptOf(kept: ReadonlyMap<string, Kept>, { brand, id }: { brand: string; id: string }): Kept {
  const found = kept.get(id)
  if (found?.brand !== brand) throw new Problem('not-found', { what: id }, 'rehearsal')
  return found
}

/** Customers whose message could not be written; none before the end. */
const failuresOf = ({ answer }: Kept): readonly RenderFailure[] => answer.report?.render_failures ?? []

function failuresFile(entry: Kept, locale: Locale): string {
  const nameOf = (node: string) => say(entry.nodes[node]?.name ?? { en: node }, locale)
  const rows = failuresOf(entry).map(({ customer, node, at, variables }) => [
    ...[customer, node, nameOf(node), at, variables.join(' ')],
  ])
  return csvOf([['customer_id', 'node', 'node_name', 'at', 'missing'], ...rows])
}

/** Follows a rehearsal to its end. */
function follow(entry: Kept, locale: Locale): void {
  const end = (change: Partial<RehearsalAnswer>) => {
    entry.answer = { ...entry.answer, ...change }
  }
  entry.running.result.then(
    (report) => end({ state: 'done', report }),
    (error: unknown) => {
      if (entry.answer.state === 'cancelled') return
      end({ state: 'failed', problem: problemText(error, locale) })
    },
  )
}

export function rehearsalRoutes(app: App, context: RouteContext): void {
  const kept = new Map<string, Kept>()
  const isRunning = ({ answer }: Kept) => answer.state === 'running'

  const forget = () => {
    for (const [id, entry] of kept) {
      if (kept.size <= mostKept) return
      if (!isRunning(entry)) kept.delete(id)
    }
  }

  app.addHook('onClose', async () => {
    for (const entry of kept.values()) if (isRunning(entry)) entry.running.cancel()
  })

  app.post(
    '/rehearsals',
    {
      bodyLimit: 8 * 1_048_576,
      schema: {
        summary: 'Start a rehearsal',
        description: 'It runs beside the server and reads only; nothing is written and nothing sent.',
        tags: ['rehearsals'],
        params: brandParams,
        body: rehearsalRequest,
        response: { 202: rehearsalAnswer },
        problems: ['not-found', 'rehearsals-busy', 'body-too-large'],
      },
    },
    async (request, reply) => {
      const { params: where, body } = request
      const runtime = brandOf(context, where.brand)
      if ([...kept.values()].filter(isRunning).length >= mostAtOnce) throw new Problem('rehearsals-busy')
      const id = randomUUID()
      const { journey, until, assume, rates, people, controlGroup } = body
      const running = runtime.rehearse(
        {
          journey,
          until,
          assume,
          rates,
          people,
          controlGroup,
          start: body.start ?? runtime.now(),
          brand: runtime.brand(),
        },
        (done, of) => {
          entry.answer = { ...entry.answer, progress: { done, of } }
        },
      )
      const entry: Kept = {
        brand: where.brand,
        running,
        nodes: journey.nodes,
        answer: { id, state: 'running', progress: { done: 0, of: 0 }, report: null, problem: null },
      }
      kept.set(id, entry)
      forget()
      follow(entry, localeOf(request.headers['accept-language']))
      return reply.code(202).send(entry.answer)
    },
  )

  app.get(
    '/rehearsals/:id',
    {
      schema: {
        summary: 'How far a rehearsal is, and its report',
        description: `The last ${mostKept} are kept.`,
        tags: ['rehearsals'],
        params,
        response: { 200: rehearsalAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params: where }) => keptOf(kept, where).answer,
  )

  app.get(
    '/rehearsals/:id/failures',
    {
      schema: {
        summary: 'Customers whose message could not be written, a page of them',
        description: 'In the order in which they are found; empty until the rehearsal has ended.',
        tags: ['rehearsals'],
        params,
        querystring: failuresQuery,
        response: { 200: failuresAnswer },
        problems: ['not-found'],
      },
    },
    async ({ params: where, query: { offset, limit } }) => {
      const failures = failuresOf(keptOf(kept, where))
      return { total: failures.length, failures: failures.slice(offset, offset + limit) }
    },
  )

  app.get(
    '/rehearsals/:id/failures.csv',
    {
      schema: {
        summary: 'All customers whose message could not be written, as a file',
        tags: ['rehearsals'],
        params,
        response: { 200: { description: 'The rows', content: { 'text/csv': { schema: z.any() } } } },
        problems: ['not-found'],
      },
    },
    async ({ params: where, headers }, reply) =>
      reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="rehearsal-${where.id.slice(0, 8)}.csv"`)
        .send(failuresFile(keptOf(kept, where), localeOf(headers['accept-language']))),
  )

  app.delete(
    '/rehearsals/:id',
    {
      schema: {
        summary: 'Cancel a rehearsal',
        tags: ['rehearsals'],
        params,
        response: { 204: nothing },
        problems: ['not-found'],
      },
    },
    async ({ params: where }, reply) => {
      const entry = keptOf(kept, where)
      if (isRunning(entry)) {
        entry.answer = { ...entry.answer, state: 'cancelled' }
        entry.running.cancel()
      }
      return reply.code(204).send()
    },
  )
}
