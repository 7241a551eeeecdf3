import fc from 'fast-check'
import { formOf } from '../http/harness.ts'
import { bodyOf, type Description, type Operation, operationsOf } from './document.ts'
import { awkward, broken, spoilt } from './spoil.ts'
import { type Pool, Values } from './values.ts'

export interface FuzzRequest {
  readonly operation: Operation
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload: string | Buffer | null
}

/** How often operations that take long are asked for, beside the others; those that never end are not. */
const weights: Readonly<Record<string, number>> = {
  'GET /api/v1/brands/{brand}/stream': 0,
  'POST /api/v1/brands/{brand}/rehearsals': 1,
  'POST /api/v1/brands/{brand}/imports': 1,
  'POST /api/v1/brands/{brand}/imports/inspect': 5,
  'POST /api/v1/brands/{brand}/clock/advance': 2,
  'POST /api/v1/brands/{brand}/settings/ai/test': 2,
  'POST /api/v1/brands/{brand}/test-call': 10,
  'GET /api/v1/brands/{brand}/templates': 5,
  'DELETE /api/v1/brands/{brand}/journeys/{id}': 10,
  'POST /api/v1/brands/{brand}/journeys/{id}/stop': 10,
  'DELETE /api/v1/session': 20,
  'GET /healthz': 10,
  'GET /readyz': 10,
}
const usualWeight = 100

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'] as const

const headers: fc.Arbitrary<Record<string, string>> = fc.record(
  {
    'accept-language': fc.constantFrom(
      'zh-CN',
      'en',
      '*',
      'zh;q=0.5,en;q=x',
      'a'.repeat(3000),
      ';;;,,,',
      '%',
    ),
    cookie: fc.constantFrom('a=b', 'magpie=x', '=;;=', 'session=%E0%A4%A', 'magpie_session=1.2.3'),
    range: fc.constantFrom('bytes=0-1', 'bytes=9-1', 'bytes=-', 'lines=1', 'bytes=0-999999999999999999999'),
    'if-none-match': fc.constantFrom('*', '"x"', 'W/"', '"'),
    accept: fc.constantFrom('*/*', 'text/html', 'application/xml', ';'),
  },
  { requiredKeys: [] },
)

const types = fc.constantFrom(
  'application/json',
  'application/json; charset=gbk',
  'application/json; charset=utf-8',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'multipart/form-data; boundary=',
  'x',
)

const csv = fc.constantFrom(
  'id,name\nc1,王芳\n',
  'id\tname\nc1\n',
  'order,customer,amount\no9,m1,12.50\no9,m1,99999999999999999999\n',
  '"'.repeat(50_001),
  '',
  '\ufeff',
  'a,a,a\n1,2,3\n',
  `"${'x'.repeat(100_000)}"\n1\n`,
  '\u0000\u0000',
  '__proto__,id\n1,2\n',
)

const small = fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.stringify(value))
const form = fc.record({
  file: csv,
  fields: fc.record(
    {
      kind: fc.constantFrom('customers', 'orders', 'pigeons'),
      mapping: fc.oneof(fc.constant('{"id":"customer_id","name":"name"}'), small, fc.constant('{"id":')),
      types: small,
      options: fc.oneof(fc.constant('{"header":1}'), small),
    },
    { requiredKeys: [] },
  ),
})

/** A form as it is sent, whole or cut off somewhere. */
const forms = fc
  .tuple(form, fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.double({ min: 0, max: 1, noNaN: true })))
  .map(([{ file, fields }, share]) => {
    const given = Object.fromEntries(
      Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined),
    )
    const { payload, headers: head } = formOf(file, given)
    return { payload: payload.subarray(0, Math.ceil(payload.length * share)), headers: head }
  })

interface Sent {
  readonly payload: string | Buffer | null
  readonly headers: Readonly<Record<string, string>>
}

function bodies(operation: Operation, values: Values): fc.Arbitrary<Sent> {
  const body = bodyOf(operation)
  const json = { 'content-type': 'application/json' }
  if (body === null) return fc.constant({ payload: null, headers: {} })
  if (body.type === 'multipart/form-data') return forms
  const valid = values.of(body.schema)
  const sent = (value: unknown): Sent => ({ payload: JSON.stringify(value) ?? 'null', headers: json })
  return fc.oneof(
    { weight: 4, arbitrary: valid.map(sent) },
    { weight: 6, arbitrary: spoilt(valid).map(sent) },
    { weight: 1, arbitrary: awkward.map(sent) },
    { weight: 1, arbitrary: broken.map((payload) => ({ payload, headers: json })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(valid, types)
        .map(([value, type]) => ({ ...sent(value), headers: { 'content-type': type } })),
    },
  )
}

function said(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** A text in an address; what no address can hold becomes something else, as in a browser. */
const encoded = (value: unknown): string => encodeURIComponent(said(value).replace(/\p{Cs}/gu, '\ufffd'))

function urls({ path, parameters }: Operation, values: Values): fc.Arbitrary<string> {
  const before = (name: string) => path.split(`/{${name}}`)[0]?.split('/').at(-1) ?? ''
  const part = (schema: Readonly<Record<string, unknown>>, name: string) =>
    fc.oneof(
      { weight: 40, arbitrary: values.part(schema, name, before(name)) },
      { weight: 1, arbitrary: awkward },
    )
  const of = (where: string) =>
    Object.fromEntries(
      parameters.filter((one) => one.in === where).map(({ name, schema }) => [name, part(schema, name)]),
    )
  return fc
    .tuple(fc.record(of('path')), fc.record(of('query'), { requiredKeys: [] }))
    .map(([named, asked]) => {
      const place = path.replace(/\{(\w+)\}/g, (_whole, name: string) => encoded(Object(named)[name]) || '-')
      const query = Object.entries(asked).map(([name, value]) => `${name}=${encoded(value)}`)
      return query.length === 0 ? place : `${place}?${query.join('&')}`
    })
}

function ofOperation(operation: Operation, values: Values): fc.Arbitrary<FuzzRequest> {
  const method = fc.oneof(
    { weight: 20, arbitrary: fc.constant(operation.method) },
    { weight: 1, arbitrary: fc.constantFrom(...methods) },
  )
  const more = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, headers)
  return fc
    .tuple(method, urls(operation, values), bodies(operation, values), more)
    .map(([chosen, url, sent, given]) => ({
      operation,
      method: chosen,
      url,
      headers: { ...given, ...sent.headers },
      payload: chosen === 'GET' || chosen === 'HEAD' ? null : sent.payload,
    }))
}

/** Requests by the API's own description: as it wants them, nearly so, and not at all. */
export function requestsOf(description: Description, pool: Pool): fc.Arbitrary<FuzzRequest> {
  const values = new Values(description, pool)
  return fc.oneof(
    ...operationsOf(description).flatMap((operation) => {
      const weight = weights[`${operation.method} ${operation.path}`] ?? usualWeight
      return weight === 0 ? [] : [{ weight, arbitrary: ofOperation(operation, values) }]
    }),
  )
}
