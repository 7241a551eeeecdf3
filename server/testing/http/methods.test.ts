import { afterAll, beforeAll, expect, test } from 'vitest'
import { operationsOf, readDescription } from '../fuzz/document.ts'
import { expectProblem, openTestApp, type TestApp } from './harness.ts'

let server: TestApp
beforeAll(async () => {
  server = await openTestApp()
})
afterAll(() => server.close())

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const
const addressOf = (path: string) => path.replace('{brand}', 'own').replace(/\{\w+\}/g, 'x')

test('every address says which methods it takes, and refuses the others before it looks at anything else', async () => {
  const description = readDescription((await server.ask('GET', '/api/openapi.json')).body)
  const known = new Map<string, string[]>()
  for (const { path, method } of operationsOf(description))
    known.set(path, [...(known.get(path) ?? []), method])
  for (const [path, taken] of known) {
    const url = addressOf(path)
    for (const method of methods.filter((one) => !taken.includes(one))) {
      const answer = await server.app.inject({
        method,
        url,
        headers: { 'content-type': 'x/y' },
        payload: '{',
      })
      // Another address may have the same form: /audiences/count is one of /audiences/:key too.
      if (answer.statusCode !== 405) expect([400, 404, 415], `${method} ${url}`).toContain(answer.statusCode)
      else {
        expect(answer.json()).toMatchObject({ code: 'method-not-allowed' })
        const allowed = String(answer.headers.allow).split(', ')
        expect(allowed, `${method} ${url}`).toEqual(expect.arrayContaining([...taken, 'OPTIONS']))
        expect(allowed).not.toContain(method)
      }
    }
    const asked = await server.app.inject({ method: 'OPTIONS', url })
    expect(asked.statusCode, url).toBe(204)
    expect(String(asked.headers.allow).split(', '), url).toEqual(expect.arrayContaining(taken))
  }
})

test('HEAD answers as GET does, without a body', async () => {
  const head = await server.app.inject({ method: 'HEAD', url: '/api/v1/brands/own/journeys' })
  expect(head.statusCode).toBe(200)
  expect(head.body).toBe('')
})

test('what is at no address is not found, by whatever method', async () => {
  for (const method of [...methods, 'OPTIONS'] as const) {
    const answer = await server.app.inject({ method, url: '/api/v1/nowhere' })
    expect(answer.statusCode, method).toBe(404)
  }
})

test('the answer names the methods that are taken', async () => {
  const answer = await server.ask('PUT', '/api/v1/session', { password: 'x' })
  expectProblem(answer, 405, 'method-not-allowed')
  expect(answer.headers.allow).toBe('DELETE, OPTIONS, POST')
})

test('unknown parameters of a query are ignored, unknown fields of a body refused', async () => {
  expect((await server.ask('GET', '/journeys?colour=blue')).status).toBe(200)
  const answer = await server.ask('POST', '/journeys', { name: { en: 'New' }, colour: 'blue' })
  expectProblem(answer, 400, 'invalid-request')
})
