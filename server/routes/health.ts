import type { FastifyBaseLogger } from 'fastify'
import { z } from 'zod'
import { type SignAnswer, signAnswer, signsAnswer } from '../../shared/api/signs.ts'
import { type ErrorCode, errors, Problem } from '../../shared/errors/index.ts'
import type { App } from '../http/app.ts'
import type { Metrics } from '../http/metrics.ts'
import { mayMeasure } from '../http/metrics-guard.ts'
import { type ExtendedProblem, problemEntry } from '../http/problem.ts'
import type { RouteContext } from './context.ts'

const alive = z.object({
  status: z.literal('ok'),
  signs: z.array(signAnswer).optional().describe('What is not well all the same; absent where nothing is'),
})

/** A sign stops the server: it says the first, and the others follow in `signs`. */
class Unwell extends Problem implements ExtendedProblem {
  readonly extension: ExtendedProblem['extension']
  readonly texts: ExtendedProblem['texts']

  constructor(code: 'not-ready' | 'not-alive', found: readonly SignAnswer[]) {
    super(code, {}, found[0]?.scope ?? undefined)
    const { message = null, mend = null } = found[0] ?? {}
    this.extension = { signs: found }
    this.texts = message === null || mend === null ? undefined : { message, mend }
  }
}

/** Whether each brand's database answers, as signs; asked by whoever asks whether the server is ready. */
async function pingAll({ brands, signs }: RouteContext, log: FastifyBaseLogger): Promise<void> {
  for (const { id, stores } of brands.values())
    try {
      await stores.health.ping()
      signs.clear('database-silent', id)
    } catch (error) {
      log.error({ err: error, brand: id }, 'the database does not answer')
      signs.raise('database-silent', id)
    }
}

/** Every sign of the installation, for the page that shows them. */
export function signRoutes(app: App, context: RouteContext): void {
  app.get(
    '/signs',
    {
      schema: {
        summary: 'How the server does: its heart, its clock, its disk, its threads',
        description: 'Each sign of the table, well or not, since when, what is wrong and how to mend it.',
        tags: ['system'],
        response: { 200: signsAnswer },
      },
    },
    async (request) => {
      await pingAll(context, request.log)
      return { signs: [...context.signs.all()] }
    },
  )
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(errors, code)
}

export function healthRoutes(app: App, context: RouteContext, metrics: Metrics): void {
  const answer = () => {
    const found = context.signs.unwell()
    return { status: 'ok' as const, ...(found.length === 0 ? {} : { signs: [...found] }) }
  }
  const stopAt = (code: 'not-ready' | 'not-alive', found: readonly SignAnswer[]): void => {
    if (found.length > 0) throw new Unwell(code, found)
  }

  app.get(
    '/healthz',
    {
      schema: {
        summary: 'Whether the process answers and its heart beats',
        description: 'Where it is 503 for more than a minute, start the server anew.',
        tags: ['system'],
        response: { 200: alive },
        problems: ['not-alive'],
      },
    },
    async () => {
      stopAt('not-alive', context.signs.unwell('life'))
      return answer()
    },
  )

  app.get(
    '/readyz',
    {
      schema: {
        summary: 'Whether the server can do its work',
        tags: ['system'],
        response: { 200: alive },
        problems: ['not-ready', 'not-alive'],
      },
    },
    async (request) => {
      await pingAll(context, request.log)
      stopAt('not-alive', context.signs.unwell('life'))
      stopAt('not-ready', context.signs.unwell('readiness'))
      return answer()
    },
  )

  app.get(
    '/metrics',
    {
      schema: {
        summary: 'Figures for Prometheus',
        description:
          'This machine reads them, where the server listens on loopback alone; whoever else with the token of ' +
          '`METRICS_TOKEN`, as `Authorization: Bearer …`, or logged in.',
        tags: ['system'],
        response: { 200: { description: 'Figures', content: { 'text/plain': { schema: z.string() } } } },
      },
    },
    async (request, reply) => {
      if (!mayMeasure(request, context)) throw new Problem('metrics-refused')
      const text = await metrics.text()
      return reply
        .type(metrics.contentType)
        .serializer((figures: string) => figures)
        .send(text)
    },
  )

  app.get(
    '/api/problems/:code',
    {
      schema: {
        summary: 'What a problem means, and how to mend it',
        tags: ['system'],
        params: z.object({ code: z.string() }),
        response: { 200: problemEntry },
        problems: ['not-found'],
      },
    },
    async ({ params: { code } }) => {
      if (!isCode(code)) throw new Problem('not-found', { what: code }, 'code')
      return { code, ...errors[code] }
    },
  )
}
