import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ImportAnswer } from '../../../shared/api/imports.ts'
import type { RehearsalAnswer } from '../../../shared/api/rehearsal.ts'
import { type Answered, expectProblem, formOf, giftJourney, openTestApp, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

/** Asks again and again until the work is over. */
async function ended<T extends { state: string }>(path: string): Promise<T> {
  for (;;) {
    const { body } = await server.ask<T>('GET', path)
    if (body.state !== 'running') return body
    await pause(20)
  }
}

async function upload<T>(
  path: string,
  file: string | Buffer | null,
  fields: Readonly<Record<string, string>> = {},
): Promise<Answered<T>> {
  const answer = await server.app.inject({
    method: 'POST',
    url: `/api/v1/brands/own${path}`,
    ...formOf(file, fields),
  })
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers, text: answer.body }
}

const members = `customer_id,name,phone,consent_sms,level
m1,会员一,19900000001,1,gold
n1,新会员,19900000077,是,silver
,没有编号,19900000078,1,silver
`

describe('a rehearsal', () => {
  const request = { journey: giftJourney(), assume: 'backtest' }

  test('runs beside the server, tells how far it is, and ends with a report', async () => {
    const started = await server.ask<RehearsalAnswer>('POST', '/rehearsals', request)
    expect(started).toMatchObject({ status: 202, body: { state: 'running', report: null } })
    const done = await ended<RehearsalAnswer>(`/rehearsals/${started.body.id}`)
    expect(done).toMatchObject({
      state: 'done',
      problem: null,
      progress: { done: 3, of: 3 },
      report: {
        entered: 3,
        nodes: { greet: { sent: 3 } },
        days: [{ date: '2026-08-16', channel: 'sms', sent: 3 }],
      },
    })
    expect((await server.ask('GET', '/messages')).body).toMatchObject({ messages: [] })
  })

  test('is not failed by a customer in a time zone that no machine knows, whose columns hold bytes', async () => {
    server.db.sqlite.exec(
      `update customers set timezone = 'Mars/Olympus', birthday = x'ff00fe' where id = 'm1'`,
    )
    const started = await server.ask<RehearsalAnswer>('POST', '/rehearsals', request)
    const done = await ended<RehearsalAnswer>(`/rehearsals/${started.body.id}`)
    expect(done).toMatchObject({ state: 'done', problem: null, report: { entered: 3 } })
    const condition = { kind: 'anniversary', name: 'birthday' }
    expect((await server.ask('POST', '/audiences/count', { condition })).body).toMatchObject({ of: 6 })
    const born = { kind: 'attribute', name: 'birthday', op: 'not_set' }
    expect((await server.ask('POST', '/audiences/count', { condition: born })).body).toMatchObject({
      count: 5,
    })
  })

  test('lists everybody whose message could not be written, by pages and as a file', async () => {
    const failing = { ...request, journey: giftJourney('生日 {{ customer.birthday }}') }
    const started = await server.ask<RehearsalAnswer>('POST', '/rehearsals', failing)
    const path = `/rehearsals/${started.body.id}`
    const { report } = await ended<RehearsalAnswer>(path)
    expect(report?.render_failures.length).toBeGreaterThan(0)
    const total = report?.render_failures.length ?? 0
    expect((await server.ask('GET', `${path}/failures?limit=1&offset=${total - 1}`)).body).toEqual({
      total,
      failures: report?.render_failures.slice(-1),
    })
    const file = await server.ask('GET', `${path}/failures.csv`)
    expect(file.headers['content-type']).toContain('text/csv')
    const lines = file.text.trim().split('\r\n')
    expect(lines).toHaveLength(total + 1)
    expect(lines[1]).toContain('"greet"')
    expectProblem(await server.ask('GET', '/rehearsals/none/failures.csv'), 404, 'not-found')
  })

  test('rule 30: gives what happened at each node on each day as a file, whose rows add up to the report', async () => {
    const failing = { ...request, journey: giftJourney('生日 {{ customer.birthday }}') }
    const started = await server.ask<RehearsalAnswer>('POST', '/rehearsals', failing)
    const path = `/rehearsals/${started.body.id}`
    const { report } = await ended<RehearsalAnswer>(path)
    const file = await server.ask('GET', `${path}/report.csv`)
    expect(file.headers['content-type']).toContain('text/csv')
    const [head = [], ...rows] = file.text
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
      .map((line) => line.slice(1, -1).split('","'))
    const sum = (column: string, node: string) =>
      rows.reduce(
        (all, row) => (row[head.indexOf('node')] === node ? all + Number(row[head.indexOf(column)]) : all),
        0,
      )
    const { greet } = report?.nodes ?? {}
    expect(sum('entered', 'greet')).toBe(greet?.entered)
    expect(sum('sent', 'greet')).toBe(greet?.sent)
    expect(sum('suppressed.render', 'greet')).toBe(greet?.suppressed.render)
    expect(sum('port.not_sent', 'greet')).toBe(greet?.ports.not_sent)
    expect(rows[0]?.[head.indexOf('date')]).toBe(report?.by_day[0]?.date)
    expectProblem(await server.ask('GET', '/rehearsals/none/report.csv'), 404, 'not-found')
  })

  test('lets those come in by hand who are listed, and says whom nobody knows', async () => {
    const people = { customers: ['m1', 'nobody'] }
    const started = await server.ask<RehearsalAnswer>('POST', '/rehearsals', { ...request, people })
    const { report } = await ended<RehearsalAnswer>(`/rehearsals/${started.body.id}`)
    expect(report?.unknown_customers).toEqual(['nobody'])
    const unknown = { ...request, people: { audience: 'none' } }
    const refused = await server.ask<RehearsalAnswer>('POST', '/rehearsals', unknown)
    expect(await ended<RehearsalAnswer>(`/rehearsals/${refused.body.id}`)).toMatchObject({ state: 'failed' })
  })

  test('of a journey with errors ends by naming them', async () => {
    const faulty = { ...request, journey: { ...giftJourney(), edges: {} } }
    const started = await server.ask<RehearsalAnswer>('POST', '/rehearsals', faulty)
    const failed = await ended<RehearsalAnswer>(`/rehearsals/${started.body.id}`)
    expect(failed).toMatchObject({ state: 'failed', problem: expect.stringContaining('旅程还有') })
  })

  test('is cancelled, and an unknown one is not found', async () => {
    const started = await server.ask<RehearsalAnswer>('POST', '/rehearsals', request)
    expect((await server.ask('DELETE', `/rehearsals/${started.body.id}`)).status).toBe(204)
    expect((await server.ask('GET', `/rehearsals/${started.body.id}`)).body).toMatchObject({
      state: expect.stringMatching(/cancelled|done/),
    })
    expectProblem(await server.ask('GET', '/rehearsals/none'), 404, 'not-found')
    const beyond = { ...request, start: Number.MAX_SAFE_INTEGER }
    expectProblem(await server.ask('POST', '/rehearsals', beyond), 400, 'invalid-request')
  })
})

describe('an import', () => {
  test('is looked at before anything is written', async () => {
    const { status, body } = await upload('/imports/inspect', members)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      kind: 'customers',
      encoding: 'utf-8',
      columns: ['customer_id', 'name', 'phone', 'consent_sms', 'level'],
      mapping: { customer_id: 'customer_id', level: 'attribute' },
      rows: 3,
    })
    expect((await server.ask('GET', '/imports')).body).toEqual({ imports: [], unreadable: [] })
  })

  test('lets the good rows in and lists the bad ones with line and reason', async () => {
    const started = await upload<ImportAnswer>('/imports', members, { kind: 'customers' })
    expect(started).toMatchObject({ status: 202, body: { state: 'running', file: 'members.csv' } })
    const done = await ended<ImportAnswer>(`/imports/${started.body.id}`)
    expect(done).toMatchObject({
      state: 'done',
      imported: 1,
      updated: 1,
      rejected: 1,
      progress: { done: 3, of: 3 },
      rejections: [{ line: 4, reason: { 'zh-CN': expect.any(String), en: expect.any(String) } }],
    })
    expect((await server.ask('GET', '/customers/n1')).body).toMatchObject({
      customer: { name: '新会员', consentSms: true, attributes: { level: 'silver' } },
    })
    const rejected = await server.ask('GET', `/imports/${done.id}/rejected.csv`)
    expect(rejected.headers['content-type']).toContain('text/csv')
    expect(rejected.text).toContain('没有编号')
    expect((await server.ask('GET', '/imports')).body).toMatchObject({ imports: [{ id: done.id }] })
  })

  test('takes the columns as it is told', async () => {
    const file = 'number,what\nm5,tea\n'
    const mapping = JSON.stringify({ number: 'customer_id', what: 'attribute' })
    const started = await upload<ImportAnswer>('/imports', file, { kind: 'customers', mapping })
    expect(await ended(`/imports/${started.body.id}`)).toMatchObject({ state: 'done', updated: 1 })
    expect((await server.ask('GET', '/customers/m5')).body).toMatchObject({
      customer: { attributes: { what: 'tea' } },
    })
  })

  test('of a file that is wrong as a whole changes nothing and says why', async () => {
    expectProblem(await upload('/imports/inspect', ''), 422, 'csv-empty')
    const options = JSON.stringify({ header: 9 })
    expectProblem(await upload('/imports/inspect', 'a,b\n', { options }), 422, 'csv-no-such-line')
    const started = await upload<ImportAnswer>('/imports', 'x,y\n1,2\n', { kind: 'orders' })
    expect(await ended(`/imports/${started.body.id}`)).toMatchObject({
      state: 'failed',
      problem: expect.stringMatching(/\p{Script=Han}/u),
      imported: 0,
    })
  })

  test('a form without a file, a kind or a mapping that can be read is refused', async () => {
    expectProblem(await upload('/imports', null, { kind: 'orders' }), 400, 'invalid-request')
    const kindless = await upload('/imports', members)
    expect(kindless.body).toMatchObject({ code: 'invalid-request', place: 'kind' })
    const unread = await upload('/imports', members, { kind: 'customers', mapping: '{' })
    expect(unread.body).toMatchObject({ code: 'invalid-request', place: 'mapping' })
    const json = await server.ask('POST', '/imports', { kind: 'orders' })
    expectProblem(json, 415, 'unsupported-media')
    expect(json.body).toMatchObject({ mend: { en: 'Send it as multipart/form-data' } })
    expectProblem(await server.ask('GET', '/imports/none'), 404, 'not-found')
  })
})
