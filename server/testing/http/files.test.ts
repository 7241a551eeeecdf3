import { parse } from 'csv-parse/sync'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectProblem, openTestApp, publishJourney, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const read = (text: string): Record<string, string>[] => parse(text, { bom: true, columns: true })
const lastAudit = async () => (await server.own.stores.audit.page({ limit: 1 })).entries[0]

/** Messages as a journey would have made them. */
function addMessages(count: number, body: (nth: number) => string): void {
  const add = server.db.sqlite.prepare(
    `insert into messages (id, shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
       body, purpose, status, created_at, sent_at, parts, cost_milli)
     values (?, 0, ?, 'greet', 1, 'gift', 1, 'm1', 'sms', '19900000001', ?, 'marketing', 'sent', ?, ?, 1, 50)`,
  )
  server.db.sqlite.transaction(() => {
    for (let nth = 1; nth <= count; nth += 1)
      add.run(nth, nth, body(nth), 1_786_000_000_000 + nth, 1_786_000_000_000)
  })()
}

test('messages are a file, page by page, none twice and none left out, with what became of each', async () => {
  addMessages(1_203, (nth) => `Hello ${nth}`)
  server.db.sqlite.exec(`insert into receipts values ('r1', 1203, 'clicked', 1786000001000, null)`)
  const { text, headers } = await server.ask('GET', '/export/messages.csv?language=en')
  expect(headers['content-disposition']).toContain('messages.csv')
  expect(text.startsWith('\uFEFF')).toBe(true)
  const rows = read(text)
  expect(rows.map(({ Message }) => Number(Message))).toEqual(
    Array.from({ length: 1_203 }, (_, at) => 1_203 - at),
  )
  expect(rows[0]).toMatchObject({ Text: 'Hello 1203', Cost: '0.05', Clicked: '2026-08-06T07:06:41.000Z' })
  expect(await lastAudit()).toMatchObject({ action: 'message.exported', actor: { kind: 'person' } })
})

test('messages in a file are computed by no spreadsheet, and their head is in the language asked for', async () => {
  addMessages(1, () => '=HYPERLINK("http://evil.example")')
  const chinese = await server.ask('GET', '/export/messages.csv', undefined, { 'accept-language': 'zh-CN' })
  expect(read(chinese.text)[0]?.正文).toBe(`'=HYPERLINK("http://evil.example")`)
  const none = await server.ask('GET', '/export/messages.csv?channel=email&language=en')
  expect(read(none.text)).toEqual([])
})

test('a report is a file of its figures', async () => {
  const { id } = await publishJourney(server)
  const { text, status } = await server.ask('GET', `/export/reports/journeys/${id}?language=en`)
  expect(status).toBe(200)
  const rows = read(text)
  expect(rows[0]).toEqual({
    Part: 'Journey',
    Of: 'Gift',
    Figure: 'Entered',
    Value: expect.stringMatching(/^\d+$/),
  })
  expect(rows.some(({ Part, Figure }) => Part === 'Goal' && Figure === 'Rate')).toBe(true)
  expect(await lastAudit()).toMatchObject({ action: 'journey.report_exported' })
  expectProblem(await server.ask('GET', '/export/reports/journeys/nothing'), 404, 'not-found')
})
