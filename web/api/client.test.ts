import { afterEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import type { ProblemAnswer } from '../../shared/api/problem.ts'
import { chosenBrand } from './brand.ts'
import { api, queryString, rootApi } from './client.ts'
import { ApiProblem } from './problem.ts'
import { signedOut } from './signed-out.ts'

const count = z.object({ count: z.number() })

function serverSays(body: unknown, status = 200) {
  const fetched = vi.fn(async (_url: string, _init?: RequestInit) =>
    status === 204 ? new Response(null, { status }) : new Response(JSON.stringify(body), { status }),
  )
  vi.stubGlobal('fetch', fetched)
  return fetched
}

function refusal(told: Partial<ProblemAnswer>): ProblemAnswer {
  const text = { 'zh-CN': '不行', en: 'No' }
  const mend = { 'zh-CN': '改正它', en: 'Correct it' }
  return {
    type: 'about:blank',
    title: 'No',
    status: 400,
    code: 'invalid-request',
    message: text,
    mend,
    ...told,
  }
}

async function problemOf(asked: Promise<unknown>): Promise<ApiProblem> {
  const thrown: unknown = await asked.then(
    () => null,
    (error: unknown) => error,
  )
  if (thrown instanceof ApiProblem) return thrown
  throw new Error(`expected an ApiProblem, got ${String(thrown)}`)
}

afterEach(() => {
  vi.unstubAllGlobals()
  chosenBrand.setState({ brand: 'demo' })
  signedOut.setState({ signedOut: false })
})

describe('asking the API', () => {
  test('goes to the brand that the address names', async () => {
    const fetched = serverSays({ count: 3 })
    chosenBrand.setState({ brand: 'own' })
    expect(await api.get('/journeys', count)).toEqual({ count: 3 })
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/v1/brands/own/journeys')
  })

  test('sends a body as JSON, a form as it is, and nothing where there is nothing', async () => {
    const fetched = serverSays({ count: 1 })
    const form = new FormData()
    await api.post('/a', count, { text: '七夕' })
    await api.post('/b', count, form)
    await api.delete('/c', count)
    expect(fetched.mock.calls.map(([, init]) => init?.body)).toEqual(['{"text":"七夕"}', form, undefined])
  })

  test('takes an answer without a body as undefined', async () => {
    serverSays(null, 204)
    expect(await rootApi.delete('/session', z.undefined())).toBeUndefined()
  })

  test('leaves out of the query what is not given', () => {
    expect(queryString({ customer: undefined, after: null })).toBe('')
    expect(queryString({ customer: '王 芳', after: 0 })).toBe('?customer=%E7%8E%8B+%E8%8A%B3&after=0')
  })
})

describe('when the API cannot answer', () => {
  test('its problem is told in either language, with the place and the way to mend it', async () => {
    const message = { 'zh-CN': '缺少手机号', en: 'No phone' }
    serverSays(refusal({ code: 'csv-row', status: 422, message, place: 'line 12' }), 422)
    const problem = await problemOf(api.post('/import', count, {}))
    expect([problem.status, problem.code, problem.place]).toEqual([422, 'csv-row', 'line 12'])
    expect([problem.describe('zh-CN'), problem.describe('en'), problem.mend('en')]).toEqual([
      '缺少手机号',
      'No phone',
      'Correct it',
    ])
  })

  test('an answer of another shape is a problem, not a crash later', async () => {
    serverSays({ count: 'three' })
    expect((await problemOf(api.get('/journeys', count))).code).toBe('unexpected-answer')
  })

  test('a server out of reach is a problem with status 0', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')))
    const problem = await problemOf(api.get('/journeys', count))
    expect([problem.code, problem.status]).toEqual(['unreachable', 0])
  })

  test('a refusal for want of a session brings up the login page', async () => {
    serverSays(refusal({ code: 'login-required', status: 401 }), 401)
    await problemOf(api.get('/journeys', count))
    expect(signedOut.getState().signedOut).toBe(true)
  })
})
