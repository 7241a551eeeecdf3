import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { errors } from '../../../shared/errors/index.ts'
import { limitNames, limits } from '../../../shared/limits.ts'
import { openTestApp, type TestApp } from './harness.ts'

const operation = z.object({
  summary: z.string().min(5),
  tags: z.array(z.string()).min(1),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']) })).optional(),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })) }).optional(),
  responses: z.record(
    z.string(),
    z.object({
      description: z.string(),
      content: z.record(z.string(), z.object({ schema: z.unknown() })).optional(),
    }),
  ),
})

const document = z.object({
  openapi: z.string().regex(/^3\.1\./),
  info: z.object({ title: z.string(), version: z.string(), description: z.string() }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})

let server: TestApp
let text = ''
let read: z.output<typeof document>
beforeAll(async () => {
  server = await openTestApp()
  const answer = await server.ask('GET', '/api/openapi.json')
  text = answer.text
  read = document.parse(answer.body)
})
afterAll(() => server.close())

const operations = () =>
  Object.entries(read.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]) => ({ at: `${method.toUpperCase()} ${path}`, path, each })),
  )

/** The value at a JSON pointer of the document. */
function resolve(pointer: string): unknown {
  return pointer
    .replace(/^#\//, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, key) => Object(value)[key], JSON.parse(text))
}

describe('the API describes itself', () => {
  test('in OpenAPI 3.1, with a summary, tags and answers for every operation', () => {
    expect(operations().length).toBeGreaterThan(55)
    const tags = read.tags.map(({ name }) => name)
    for (const { at, each } of operations()) {
      expect(
        each.tags.every((tag) => tags.includes(tag)),
        at,
      ).toBe(true)
      const statuses = Object.keys(each.responses)
      expect(
        statuses.some((status) => /^[23]/.test(status)),
        at,
      ).toBe(true)
      expect(statuses, at).toContain('default')
    }
  })

  test('every reference leads somewhere', () => {
    const pointers = [...text.matchAll(/"\$ref":\s*"([^"]+)"/g)].map((match) => match[1] ?? '')
    expect(pointers.length).toBeGreaterThan(20)
    expect([...new Set(pointers)].filter((pointer) => resolve(pointer) === undefined)).toEqual([])
  })

  test('with every limit', () => {
    for (const name of limitNames)
      expect(read.info.description).toContain(`| \`${name}\` | ${limits[name].what.en} |`)
  })

  test('every place in a path is a parameter', () => {
    for (const { at, path, each } of operations()) {
      const places = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      const named = (each.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name)
      expect(named.sort(), at).toEqual(places.sort())
    }
  })

  test('problems are told in their own form', () => {
    const publish = read.paths['/api/v1/brands/{brand}/journeys/{id}/publish']?.post
    expect(publish?.responses['409']?.description).toContain('stale-revision')
    expect(publish?.responses['422']?.content).toHaveProperty('application/problem+json')
  })

  test('journeys and conditions stand in it once, by name', () => {
    expect(Object.keys(read.components.schemas)).toEqual(
      expect.arrayContaining(['Condition', 'Journey', 'Problem', 'Diagnostic', 'Brand']),
    )
  })

  test('and can be read by people', async () => {
    const page = await server.ask('GET', '/api/docs')
    expect([200, 302]).toContain(page.status)
    const home = await server.ask<string>('GET', '/api/docs/')
    expect(home.text).toContain('<title>Magpie 鹊桥 API</title>')
    expect(home.text).toContain('<title>')
    const script = await server.ask('GET', '/api/docs/static/swagger-ui-bundle.js')
    expect(script.status).toBe(200)
  })

  test('each problem has an address where it is explained', async () => {
    for (const [code, { status, message, mend }] of Object.entries(errors))
      expect((await server.ask('GET', `/api/problems/${code}`)).body).toEqual({ code, status, message, mend })
  })
})
