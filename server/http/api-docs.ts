import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifySchema } from 'fastify'
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { diagnosticAnswer } from '../../shared/api/diagnostics.ts'
import { importKinds } from '../../shared/api/imports.ts'
import { journeyAnswer } from '../../shared/api/journeys.ts'
import { problemAnswer } from '../../shared/api/problem.ts'
import { rehearsalReport } from '../../shared/api/rehearsal.ts'
import { conditionSchema } from '../../shared/conditions/schema.ts'
import { type ErrorCode, errors } from '../../shared/errors/index.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import { journeySchema } from '../../shared/journey/graph.ts'
import { type Limit, limitNames, limits, sayLimit } from '../../shared/limits.ts'
import type { App } from './app.ts'
import { idempotencyHeader } from './idempotency.ts'
import { sessionCookie } from './session.ts'

/** Resources, as the documentation groups them. */
export const tags = [
  { name: 'system', description: 'The installation and the session' },
  { name: 'journeys', description: 'Drafts, publishing, pausing, figures and versions' },
  { name: 'tasks', description: 'What waits for a person’s decision' },
  { name: 'staff', description: 'Who works for the brand, and who has which customers' },
  { name: 'messages', description: 'Previews, test sends, sent messages and the on-screen phone' },
  { name: 'rehearsals', description: 'A whole journey in virtual time on real customers, sending nothing' },
  { name: 'customers', description: 'Profiles, audiences, and what conditions may speak of' },
  { name: 'models', description: 'What is reckoned of customers from their orders, and how well' },
  { name: 'events', description: 'What customers do, and what providers report' },
  { name: 'products', description: 'What the brand sells' },
  { name: 'imports', description: 'Customers and orders from CSV' },
  { name: 'work', description: 'What is under way, and its end' },
  { name: 'reports', description: 'The result: goal against control group' },
  { name: 'contents', description: 'The library: what messages show each customer in the variant for them' },
  { name: 'referrals', description: 'Customers who invite others: programmes, personal links, rewards' },
  { name: 'coupons', description: 'Coupons, pools of codes, and what becomes of those that were handed out' },
  { name: 'wecom', description: 'QR codes by which customers add employees in WeCom' },
  { name: 'settings', description: 'Brand, channels and the model' },
  { name: 'webhooks', description: 'Other systems are told of what happens' },
  { name: 'clock', description: 'The time of a brand, virtual in a sandbox' },
] as const

/** Schemas that stand in the document once, under these names. */
function components() {
  const registry = z.registry<{ id: string }>()
  registry.add(conditionSchema, { id: 'Condition' })
  registry.add(journeySchema, { id: 'Journey' })
  registry.add(journeyAnswer, { id: 'JourneyAnswer' })
  registry.add(diagnosticAnswer, { id: 'Diagnostic' })
  registry.add(problemAnswer, { id: 'Problem' })
  registry.add(rehearsalReport, { id: 'RehearsalReport' })
  registry.add(brandSchema, { id: 'Brand' })
  return registry
}

/** All limits as a table of Markdown. */
function limitTable(): string {
  const rows = limitNames.map((name) => {
    const { what }: Limit = limits[name]
    return `| \`${name}\` | ${what.en} | ${what['zh-CN']} | ${sayLimit(name).en} |`
  })
  return ['| limit | of what | 限制的是 | at most |', '|---|---|---|---|', ...rows].join('\n')
}

const about = `All times are epoch milliseconds, money is integer minor units, ids are text.
Every error is a problem as RFC 9457 describes (application/problem+json), in Chinese and English.
Where a password is set, log in first: the session travels in a cookie. Other systems bring a key of the brand, made
under Settings → API keys, as \`Authorization: Bearer …\`; \`GET /keys\` says what each kind may call.
Unknown parameters of a query are ignored, unknown fields of a body are refused. A method that an address does not
take is answered by 405 with Allow.

What is beyond a limit is refused with its place before anything is written:

${limitTable()}`

/** What an upload's form holds; it is read as it streams in, so no schema checks it as a whole. */
const uploadForm = {
  type: 'object',
  required: ['file'],
  properties: {
    file: { type: 'string', format: 'binary', description: 'CSV in UTF-8 or GB18030' },
    kind: { type: 'string', enum: [...importKinds] },
    mapping: { type: 'string', description: 'JSON: column to field, attribute or ignore' },
  },
}

/** What an operation takes that takes rows: one, a list, or one a line. */
function recordBody(record: z.ZodType) {
  const one = z.toJSONSchema(record, { io: 'input', unrepresentable: 'any' })
  const { $schema: _dialect, $defs: _free, ...row } = one
  return { oneOf: [row, { type: 'array', items: { type: 'object' }, maxItems: limits.recordsAtOnce.value }] }
}

/** Problems as answers of an operation, by status, each with its codes. */
function problemAnswers(codes: readonly ErrorCode[]): Record<string, object> {
  const content = {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  }
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of codes) {
    const { status } = errors[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  const answers = [...byStatus].map(([status, same]) => {
    const lines = same.map((code) => `\`${code}\`: ${errors[code].message.en}`)
    return [String(status), { description: lines.join('\n\n'), content }] as const
  })
  return { ...Object.fromEntries(answers), default: { description: 'Any other problem', content } }
}

/** What every operation may answer, as far as it takes input and asks for a session. */
function usualProblems(schema: FastifySchema): ErrorCode[] {
  const takes = schema.body !== undefined || schema.querystring !== undefined
  return [...(takes ? (['invalid-request'] as const) : []), 'login-required', 'too-many-requests']
}

const idempotencyProblems = [
  'idempotency-key-invalid',
  'idempotency-key-stream',
  'idempotency-key-reused',
  'idempotency-key-under-way',
] as const satisfies readonly ErrorCode[]

/** What a call takes that is made once, however often it comes. */
const idempotencyHeaders = {
  type: 'object',
  properties: {
    [idempotencyHeader]: {
      type: 'string',
      maxLength: limits.idempotencyKeyLength.value,
      description:
        'The same call with the same key is answered as the first, for a day, and does nothing twice; not of a stream, whose rows bear ids.',
    },
  },
}

/** The generator refers to its own unnamed schemas only within free JSON, which may hold itself. */
const unnamed = /(__shared|\/(?:__)?schema\d+$)/

/** Says "any JSON" where the generator's references lead nowhere. */
function withoutLooseEnds<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'object' && part !== null && '$ref' in part && unnamed.test(String(part.$ref))
      ? { description: 'Any JSON' }
      : part,
  )
}

/** The colours and the type of the product. */
const docsStyle = `
  body { background: #f6f7f9; }
  .swagger-ui, .swagger-ui .info .title, .swagger-ui .opblock-tag, .swagger-ui .btn,
  .swagger-ui .opblock .opblock-summary-description, .swagger-ui .opblock .opblock-section-header h4,
  .swagger-ui .info p, .swagger-ui .info a, .swagger-ui .opblock-tag small, .swagger-ui .markdown p,
  .swagger-ui table thead tr th, .swagger-ui .parameter__name, .swagger-ui .response-col_status {
    color: #1d2433;
    font-family: "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei", system-ui, sans-serif;
  }
  .swagger-ui .wrapper { max-width: 1120px; padding: 0 24px; }
  .swagger-ui .info { margin: 32px 0 16px; }
  .swagger-ui .info .title { font-size: 24px; }
  .swagger-ui .scheme-container { padding: 0 0 16px; background: none; box-shadow: none; }
  .swagger-ui .opblock-tag { border-color: #e6e9ef; font-size: 16px; }
  .swagger-ui .opblock { margin: 0 0 8px; border-radius: 8px; box-shadow: none; }
  .swagger-ui .opblock .opblock-summary-path { font-size: 13px; font-weight: 500; }
`

/** OpenAPI 3.1 at /api/openapi.json and readable documentation at /api/docs. */
export async function apiDocs(app: App): Promise<void> {
  const schemaRegistry = components()
  const transform = createJsonSchemaTransform({ schemaRegistry })
  const transformObject = createJsonSchemaTransformObject({ schemaRegistry })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Magpie 鹊桥', version: '1', description: about, license: { name: 'MIT' } },
      tags: [...tags],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
          key: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform: (document) => {
      const { schema, url } = transform(document)
      const { method, config } = document.route
      const idempotent = method === 'POST' && (config?.records === true || config?.idempotent === true)
      if (schema === undefined || schema.hide === true) return { schema, url }
      const { problems = [], record, ...rest }: FastifySchema = schema
      const ofKey = idempotent ? idempotencyProblems : []
      const answers = problemAnswers([...new Set([...usualProblems(schema), ...problems, ...ofKey])])
      const form = rest.consumes?.includes('multipart/form-data') ? { body: uploadForm } : {}
      const body = record === undefined ? form : { body: recordBody(record) }
      const headers = idempotent ? { headers: idempotencyHeaders } : {}
      return {
        schema: { ...rest, ...body, ...headers, response: { ...answers, ...Object(rest.response) } },
        url,
      }
    },
    transformObject: (document) => withoutLooseEnds(transformObject(document)),
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    // The base layout has no bar of the documentation tool's own above the page.
    uiConfig: {
      layout: 'BaseLayout',
      docExpansion: 'list',
      displayRequestDuration: true,
      defaultModelsExpandDepth: 0,
    },
    theme: { title: 'Magpie 鹊桥 API', css: [{ filename: 'magpie.css', content: docsStyle }] },
  })
}
