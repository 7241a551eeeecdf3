import { describe, expect, test } from 'vitest'
import { drive } from '../testing/journey-driver.ts'
import { by, type Sketch } from '../testing/sketch.ts'

const text = ['send', { channel: 'sms', text: { 'zh-CN': '七夕快乐' } }] as const
const wait = (amount: number, unit: string) =>
  ['wait', { until: { kind: 'duration', span: { amount, unit } }, maxVisits: 99 }] as const
/** Long past for whoever comes in March. */
const longAgo = [
  'wait',
  { until: { kind: 'festival', festival: 'qixi', days: -300, time: '10:00' }, maxVisits: 99 },
] as const

/** A message again and again, after each wait. */
function rounds(rest: Sketch['nodes'][string], settings: Sketch['settings'] = {}): Sketch {
  return {
    id: 'rounds',
    settings,
    nodes: { in: ['manual'], m: text, rest, out: ['exit'] },
    flow: ['in -> m', 'm -> rest', 'rest.done -> m', 'rest.limit -> out'],
  }
}

const quiet = { brand: { quietHours: null, caps: [] } }
type Row = { status: string; breaker: string | null }
const statusOf = (driver: ReturnType<typeof drive>): Row =>
  driver.rows<Row>('select status, breaker from journeys')[0] ?? { status: '', breaker: null }

describe('a journey that would flood an address', () => {
  test('rule 11: a journey about to send one address a fourth message in an hour pauses itself, says why, and sends no more', async () => {
    await drive(quiet)
      .publishUnchecked(rounds(longAgo))
      .enter('王芳')
      .expectMessages('m', 'queued', 'queued', 'queued')
      .do((driver) => {
        const { status, breaker } = statusOf(driver)
        expect(status).toBe('paused')
        expect(JSON.parse(breaker ?? '{}')).toEqual({
          at: driver.brand.now(),
          node: 'm',
          customerId: '王芳',
          channel: 'sms',
          limit: 3,
        })
      })
      .do((driver) =>
        expect(
          driver.rows(`select actor_kind, object_id from audit where action = 'journey.tripped'`),
        ).toEqual([{ actor_kind: 'engine', object_id: 'rounds' }]),
      )
      .expectWaitingAt('m', '王芳')
      .advance('3 days')
      .expectMessages('m', 'queued', 'queued', 'queued')
      .run()
  })

  test('counts each customer whose data goes to one URL, and not the URL', async () => {
    const call = [
      'send',
      { channel: 'webhook', url: 'https://example.com/crm', text: { en: 'hello' } },
    ] as const
    const once: Sketch = { nodes: { in: ['manual'], m: call, out: ['exit'] }, flow: ['in -> m', 'm -> out'] }
    const names = ['甲', '乙', '丙', '丁', '戊', '己']
    await drive(quiet)
      .publish({ ...once, id: 'once' })
      .enter(...names)
      .expectSent('m', ...names)
      .do((driver) => expect(statusOf(driver).status).toBe('live'))
      .run()
    const again = { ...rounds(longAgo), id: 'again' }
    await drive(quiet)
      .publishUnchecked({ ...again, nodes: { ...again.nodes, m: call } })
      .enter('王芳')
      .expectMessages('m', 'queued', 'queued', 'queued')
      .do((driver) => expect(statusOf(driver).status).toBe('paused'))
      .run()
  })

  test('holds the others of the journey where they stand, and other journeys go on', async () => {
    await drive(quiet)
      .publish({ ...rounds(wait(1, 'day')), id: 'calm' })
      .enter('李雷')
      .publishUnchecked(rounds(longAgo))
      .enter('王芳', '李雷', '韩梅')
      .advance('1 days')
      .do((driver) => {
        const all = driver.rows<{ id: string; n: number }>(
          'select journey_id as id, count(*) as n from messages group by journey_id order by 1',
        )
        expect(all).toEqual([
          { id: 'calm', n: 2 },
          { id: 'rounds', n: 9 },
        ])
      })
      .run()
  })

  test('rule 11: the breaker counts the address, not the customer: two records with one phone are one phone', async () => {
    const isFirst = { kind: 'attribute', name: 'name', op: 'eq', value: '王芳' }
    await drive(quiet)
      .member('王芳', { phone: '19900000001' })
      .member('王小芳', { phone: '19900000001' })
      .publish({
        nodes: {
          hand: by.hand(),
          who: ['branch', { branches: [{ id: 'first', name: { en: 'First' }, when: isFirst }] }],
          one: by.sms('一'),
          two: by.sms('二'),
          three: by.sms('三'),
          four: by.sms('四'),
          done: by.exit(),
        },
        flow: [
          'hand -> who',
          'who.first -> one',
          'who.otherwise -> three',
          'one -> two',
          'two -> done',
          'three -> four',
          'four -> done',
        ],
      })
      .enter('王芳')
      .do((driver) => expect(statusOf(driver).status).toBe('live'))
      .enter('王小芳')
      .do((driver) => expect(statusOf(driver).status).toBe('paused'))
      .do((driver) => expect(driver.rows('select 1 from messages')).toHaveLength(3))
      .run()
  })

  test('may be told that more is meant', async () => {
    await drive(quiet)
      .publishUnchecked(rounds(longAgo, { mostPerHour: 5 }))
      .enter('王芳')
      .do((driver) => expect(driver.rows('select 1 from messages')).toHaveLength(5))
      .run()
  })

  test('is resumed by a person, and pauses itself again while the hour lasts', async () => {
    await drive(quiet)
      .publishUnchecked(rounds(longAgo))
      .enter('王芳')
      .resume()
      .do((driver) => expect(statusOf(driver).status).toBe('paused'))
      .do((driver) => expect(driver.rows('select 1 from messages')).toHaveLength(3))
      .run()
  })

  test('does not pile up what a pause holds: it is counted until it has left', async () => {
    await drive(quiet)
      .publishUnchecked(rounds(longAgo))
      .enter('王芳')
      .advance('3 days')
      .resume()
      .do((driver) => expect(statusOf(driver).status).toBe('paused'))
      .expectMessages('m', 'queued', 'queued', 'queued')
      .run()
  })

  test('goes on when an hour has passed since what has left', async () => {
    await drive(quiet)
      .publish(rounds(wait(19, 'minute')))
      .enter('王芳')
      .advance('57 minutes')
      .do((driver) => expect(statusOf(driver).status).toBe('paused'))
      .advance('2 hours')
      .resume()
      .do((driver) => expect(statusOf(driver)).toEqual({ status: 'live', breaker: null }))
      .expectMessages('m', 'sent', 'sent', 'sent', 'sent')
      .run()
  })

  test('counts what is in the outbox after a restart too', async () => {
    await drive(quiet)
      .publish(rounds(wait(19, 'minute')))
      .enter('王芳')
      .advance('38 minutes')
      .restart()
      .do((driver) => expect(driver.rows('select 1 from messages')).toHaveLength(3))
      .advance('19 minutes')
      .do((driver) => expect(statusOf(driver).status).toBe('paused'))
      .expectMessages('m', 'sent', 'sent', 'sent')
      .run()
  })

  test('loses no event in the batch in which it stops', async () => {
    const listening: Sketch = {
      id: 'rounds',
      nodes: {
        in: ['event', { filter: { event: 'sign' } }],
        again: ['manual'],
        m: text,
        listen: [
          'wait_event',
          { filter: { event: 'order' }, limit: { amount: 9, unit: 'day' }, maxVisits: 99 },
        ],
        out: ['exit'],
      },
      flow: ['in -> m', 'again -> m', 'm -> listen', 'listen.happened -> m', 'listen -> out'],
    }
    await drive(quiet)
      .publishUnchecked(listening)
      .enter('王芳', '李雷')
      .advance('1 minutes')
      .event('王芳', 'order')
      .advance('1 minutes')
      .event('王芳', 'order')
      .advance('1 minutes')
      .do(({ brand }) =>
        brand.ingest(
          ['王芳', '李雷'].map((customerId, index) => ({
            customerId,
            event: { id: `x${index}`, name: 'order', at: brand.now(), amount: null, properties: {} },
          })),
        ),
      )
      .do((driver) => expect(statusOf(driver).status).toBe('paused'))
      .expectWaitingAt('m', '李雷', '王芳')
      .advance('61 minutes')
      .resume()
      .expectWaitingAt('listen', '李雷', '王芳')
      .run()
  })
})

test('service messages are not counted', async () => {
  const service = ['send', { channel: 'sms', purpose: 'service', text: { 'zh-CN': '已发货' } }] as const
  const drawn = rounds(wait(5, 'minute'))
  await drive(quiet)
    .publish({ ...drawn, nodes: { ...drawn.nodes, m: service } })
    .enter('王芳')
    .advance('30 minutes')
    .do((driver) => expect(statusOf(driver).status).toBe('live'))
    .do((driver) => expect(driver.rows('select 1 from messages').length).toBeGreaterThan(3))
    .run()
})
