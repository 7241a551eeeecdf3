import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { signedHeaders } from '../../channels/signature.ts'
import { writeMeta } from '../../store/sqlite/settings/meta.ts'
import { openTestApp, publishJourney, startAt, type TestApp } from '../http/harness.ts'
import { seeds } from './seeds.ts'
import { awkward, broken, spoilt } from './spoil.ts'

const secret = 'a shared secret of sixteen and more'
const mail = { host: 'mail.example.com', port: 25, secure: false, from: 'a@b.example', hookSecret: secret }
const reportsOfRun = 1500

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
  writeMeta(server.db, 'channels', {
    sms: { url: 'https://sms.example.com', secret },
    email: { ...mail, secret },
  })
  const { id } = await publishJourney(server)
  await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1', 'm2', 'm3'] })
})
afterEach(() => server.close())

const moments = fc.oneof(
  fc.integer({ min: startAt - 86_400_000, max: startAt + 86_400_000 }),
  fc.constantFrom(
    0,
    -1,
    8_640_000_000_000_000,
    9e15,
    '2026-08-11T10:00:00+08:00',
    '2026-13-01',
    '1',
    1e20,
    null,
  ),
)

/** Reports as they are meant, of messages and addresses that there are and that there are not. */
const report = fc.record(
  {
    id: fc.oneof(fc.nat({ max: 50 }).map(String), fc.string({ maxLength: 250 })),
    type: fc.constantFrom(
      ...['delivered', 'opened', 'clicked', 'failed', 'replied', 'bounced', 'blocked'],
      ...['complained', 'unsubscribed', 'invalid', 'sent', '__proto__'],
    ),
    bounce: fc.constantFrom('hard', 'soft'),
    messageId: fc.constantFrom(
      '1',
      '2',
      '3',
      '99',
      '-1',
      '1e3',
      '0x1',
      '9007199254740993',
      '１',
      ' 1 ',
      "1' or 1",
    ),
    providerId: fc.oneof(fc.constantFrom('1', 'p-1'), fc.string({ maxLength: 20 })),
    from: fc.oneof(
      fc.constantFrom(
        '19900000001',
        '+86 199 0000 0002',
        'm3@example.com',
        'm3@例子.中国',
        'm1',
        '*',
        '%',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 40 }),
    ),
    text: fc.oneof(
      fc.constantFrom(
        'T',
        'STOP',
        'START',
        '退订',
        '我想退订，请问怎么弄',
        'td'.repeat(4000),
        '>'.repeat(9000),
      ),
      fc.string({ unit: 'binary', maxLength: 200 }),
    ),
    at: moments,
  },
  { requiredKeys: ['id', 'type'] },
)

/** Such as a provider really sends. */
const near = fc.integer({ min: startAt - 3_600_000, max: startAt })
const messageId = fc.constantFrom('1', '2', '3')
const from = fc.constantFrom('19900000001', '+86 199 0000 0002', 'm3@example.com')
const text = fc.constantFrom('T', 'STOP', 'START', '退订', '我想退订，请问怎么弄', '谢谢', '\u0000\ud83d')
const id = fc.nat().map(String)
const meant = fc.oneof(
  fc.record({ id, type: fc.constantFrom('delivered', 'opened', 'clicked', 'failed'), messageId, at: near }),
  fc.record({ id, type: fc.constant('replied'), from, text, at: near }),
  fc.record({ id, type: fc.constant('bounced'), bounce: fc.constantFrom('hard', 'soft'), from, at: near }),
  fc.record({
    id,
    type: fc.constantFrom('complained', 'blocked', 'unsubscribed', 'invalid'),
    from,
    at: near,
  }),
)

const list = fc.array(fc.oneof({ weight: 4, arbitrary: report }, { weight: 1, arbitrary: awkward }), {
  maxLength: 30,
})
const said = (value: unknown): string => JSON.stringify(value) ?? 'null'
const bodies = fc.oneof(
  { weight: 5, arbitrary: meant.map(said) },
  { weight: 2, arbitrary: report.map(said) },
  { weight: 3, arbitrary: spoilt(meant).map(said) },
  { weight: 3, arbitrary: list.map(said) },
  { weight: 2, arbitrary: spoilt(report).map(said) },
  { weight: 1, arbitrary: awkward.map(said) },
  { weight: 1, arbitrary: broken },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
)

const calls = fc.record({
  channel: fc.constantFrom('sms', 'email', 'sms', 'email', 'webhook', 'in_app', 'pigeon', '__proto__', '%00'),
  body: bodies,
  type: fc.constantFrom('application/json', 'text/plain', 'application/json; charset=gbk', 'x/y', ''),
})

describe('whatever a provider signs', () => {
  test.each(seeds)(
    'is taken or refused with its reason, and the lists stay readable: seed %i',
    async (seed) => {
      const faults: string[] = []
      let taken = 0
      for (const { channel, body, type } of fc.sample(calls, { seed, numRuns: reportsOfRun })) {
        const { statusCode, body: answer } = await server.app.inject({
          method: 'POST',
          url: `/hooks/own/${channel}`,
          payload: body,
          headers: {
            ...(type === '' ? {} : { 'content-type': type }),
            ...signedHeaders(secret, 'evt', body, Date.now()),
          },
        })
        if (statusCode === 200) taken += 1
        if (statusCode >= 500)
          faults.push(`${statusCode} ${answer.slice(0, 200)}: ${channel} ${body.slice(0, 500)}`)
      }
      expect(faults.slice(0, 20)).toEqual([])
      expect(taken).toBeGreaterThan(reportsOfRun / 20)
      for (const path of [
        '/messages',
        '/customers',
        '/customers/m1',
        '/opt-outs/doubtful',
        '/inbox',
        '/audit',
      ])
        expect((await server.ask('GET', path)).status, path).toBe(200)
      expect((await server.ask('POST', '/clock/advance', { by: 'day' })).status).toBe(200)
    },
    120_000,
  )
})
