import { describe, expect, test } from 'vitest'
import { type RehearsalReport, rehearsalReport } from '../../shared/api/rehearsal.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { insertEvents } from '../store/sqlite/events/events.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by, type Sketch, sketch } from '../testing/sketch.ts'
import { rehearse } from './index.ts'

const everybody = { kind: 'attribute', name: 'phone', op: 'is_set' }
const mine: Sketch = {
  id: 'mine',
  nodes: {
    monday: ['audience_at', { audience: everybody, at: { kind: 'date', date: '2027-03-01', time: '10:30' } }],
    hello: by.sms('你好'),
    rest: by.rest('3 days'),
    again: by.sms('还在吗'),
    bought: by.goal('order', { ends: true }),
    done: by.exit(),
  },
  flow: ['monday -> hello', 'hello -> rest', 'rest -> again', 'again -> done'],
}

async function report({ brand, db }: JourneyDriver, more = {}): Promise<RehearsalReport> {
  const request = { start: brand.now(), until: null, assume: 'backtest', controlGroup: true } as const
  return rehearse(rehearsalPorts(db, scratchBase(db)), {
    journey: sketch(mine),
    brand: brand.brand(),
    ...request,
    ...more,
  })
}

describe('a rehearsal reports', () => {
  test('rule 28: who is or was in the journey already, and leaves them out as the engine will', () =>
    drive()
      .members('王芳', '李雷')
      .publish({ ...mine, nodes: { ...mine.nodes, monday: by.hand() } })
      .enter('王芳')
      .advance('1 minute')
      .do(async (story) => {
        const { entered, kept_out } = await report(story)
        expect({ entered, kept_out }).toEqual({ entered: 1, kept_out: 1 })
      })
      .publish(mine)
      .advance('1 day')
      .expectSent('hello', '王芳', '李雷')
      .run())

  test('what each day costs by channel, and whom a goal takes out of which node', () =>
    drive()
      .members('王芳', '李雷')
      .do(async (story) => {
        const rates = { open: 0, click: 0, reply: 0, purchase: 1, redeem: 0 }
        const { days, nodes, goals, timeline } = await report(story, { assume: 'rates', rates })
        expect(days[0]).toEqual({ date: '2027-03-01', channel: 'sms', sent: 2, cost: 0.09 })
        expect(goals.bought?.reached).toBe(2)
        expect(timeline.at(-1)?.goals).toEqual({ bought: [2, 0] })
        expect(timeline.map(({ goals: { bought } }) => bought?.[0] ?? 0)).toEqual(
          [...timeline.map(({ goals: { bought } }) => bought?.[0] ?? 0)].sort((a, b) => a - b),
        )
        const { rest } = nodes
        expect(rest?.entered).toBe((rest?.left ?? 0) + (rest?.ports.done ?? 0) + (rest?.waiting ?? 0))
      })
      .run())

  test('rule 30: by node, by day and by channel: who came, left by each port and waits, what was sent, held back and why, put off, and its cost', () =>
    drive({ brand: { caps: [], quietHours: { from: '21:00', to: '09:00' } } })
      .member('王芳', { city: '杭州' })
      .members('李雷')
      .do(async (story) => {
        const shop = by.sms('去{{ customer.city }}')
        const nodes = { ...mine.nodes, hello: shop, rest: by.rest('84 hours'), mail: by.email('信') }
        const flow = ['monday -> hello', 'hello -> rest', 'rest -> again', 'again -> mail', 'mail -> done']
        const told = await report(story, { journey: sketch({ ...mine, nodes, flow }) })
        const { by_day, by_channel, nodes: all, timeline } = told
        // Who is to be written to at 22:30 is written to in the morning.
        expect(
          by_day.map(({ date, entered, ended, waiting, sent }) => [date, entered, ended, waiting, sent]),
        ).toEqual([
          ['2027-03-01', 2, 0, 2, 1],
          ['2027-03-02', 0, 0, 2, 0],
          ['2027-03-03', 0, 0, 2, 0],
          ['2027-03-04', 0, 0, 2, 0],
          ['2027-03-05', 0, 2, 0, 4],
        ])
        expect(by_day[0]).toMatchObject({
          ports: { 'monday.entered': 2, 'hello.sent': 1, 'hello.not_sent': 1 },
          suppressed: { render: 1 },
          cost: 0.045,
          nodes: { hello: { entered: 2, waiting: 0 }, rest: { entered: 2, waiting: 2 } },
          channels: {
            sms: { entered: 2, sent: 1, suppressed: { render: 1 }, ports: { sent: 1, not_sent: 1 } },
          },
        })
        expect(by_day[3]).toMatchObject({ nodes: { again: { entered: 2, waiting: 2 } } })
        expect(by_day[4]).toMatchObject({ deferred: { quiet_hours: 2 }, nodes: { again: { sent: 2 } } })
        expect(by_channel).toMatchObject({
          sms: { entered: 4, sent: 3, suppressed: { render: 1 }, deferred: { quiet_hours: 2 } },
          email: { entered: 2, sent: 2, ports: { sent: 2 } },
        })
        // The days and the channels are the nodes in another order.
        const sum = (rows: readonly { sent: number; cost: number }[]) =>
          rows.reduce((all, { sent }) => all + sent, 0)
        expect(sum(by_day)).toBe(sum(Object.values(all)))
        expect(sum(Object.values(by_channel))).toBe(sum(Object.values(all)))
        expect(by_day.map(({ date }) => date)).toEqual(timeline.map(({ date }) => date))
      })
      .run())

  test('rule 30: the longest and the shortest passage, and the most messages that any one customer gets', () =>
    drive()
      .members('王芳', '李雷')
      .do(async (story) => {
        const first = {
          id: 'first',
          name: { en: 'First' },
          when: { kind: 'attribute', name: 'name', op: 'eq', value: '王芳' },
        }
        const nodes = { ...mine.nodes, who: ['branch', { branches: [first] }] as const }
        const flow = [
          'monday -> who',
          'who.first -> done',
          'who -> hello',
          'hello -> rest',
          'rest -> again',
          'again -> done',
        ]
        const { passage, most_messages } = await report(story, { journey: sketch({ ...mine, nodes, flow }) })
        expect({ passage, most_messages }).toEqual({
          passage: { shortest: 0, longest: 3 * 86_400_000 },
          most_messages: 2,
        })
      })
      .run())

  test('a report of an earlier release still opens, without what was not counted then', () =>
    drive()
      .members('王芳')
      .do(async (story) => {
        const { by_day: _days, by_channel: _channels, unforeseen: _who, ...earlier } = await report(story)
        const opened = rehearsalReport.parse(JSON.parse(JSON.stringify(earlier)))
        expect(opened).toMatchObject({ ...earlier, by_day: [], by_channel: {}, unforeseen: [] })
      })
      .run())

  test('when the breaker would pause it, before which message, and no more than had happened by then', () =>
    drive({ brand: { quietHours: null, caps: [] } })
      .members('王芳', '李雷')
      .do(async (story) => {
        // One order of hers after another, each with a message of its own.
        const orders = [0, 10, 20, 30, 40].map((minutes) => ({
          id: `o${minutes}`,
          customerId: '王芳',
          name: 'order',
          at: story.brand.now() + (minutes + 60) * 60_000,
          amount: 100,
          properties: {},
        }))
        const other = { ...orders[0], id: 'late', customerId: '李雷', at: story.brand.now() + 7_200_000 }
        const rows = [...orders, other] as typeof orders
        insertEvents(story.db, rows, { source: 'history', receivedAt: 0, pending: false })
        const thanks = {
          id: 'thanks',
          settings: { reentry: { kind: 'keyed', property: 'order_id' } },
          nodes: { bought: by.event('order'), thank: by.sms('谢谢'), done: by.exit() },
          flow: ['bought -> thank', 'thank -> done'],
        }
        const told = await report(story, { journey: sketch(thanks) })
        expect(told.breaker).toEqual({
          at: new Date(story.brand.now() + 90 * 60_000).toISOString(),
          node: 'thank',
          customer: '王芳',
          channel: 'sms',
          address: expect.stringMatching(/^\d{11}$/),
          limit: 3,
          sent: 3,
        })
        expect(told.nodes.thank).toMatchObject({ sent: 3, waiting: 1 })
        expect(told.entered).toBe(4)
        const calm = { ...thanks, settings: { ...thanks.settings, mostPerHour: 9 } }
        expect((await report(story, { journey: sketch(calm) })).breaker).toBeNull()
      })
      .run())

  test('the breaker for one phone that two records bear, as the engine keeps it', () => {
    const either = { kind: 'attribute', name: 'name', op: 'eq', value: '甲' }
    const branches = [{ id: 'one', name: { en: 'One' }, when: either }]
    const apart: Sketch = {
      id: 'apart',
      settings: { mostPerHour: 1 },
      nodes: {
        monday: mine.nodes.monday ?? by.hand(),
        who: ['branch', { branches }],
        one: by.sms('一'),
        other: by.sms('二'),
        done: by.exit(),
      },
      flow: ['monday -> who', 'who.one -> one', 'who.otherwise -> other', 'one -> done', 'other -> done'],
    }
    const phone = '13800000001'
    return drive({ brand: { quietHours: null, caps: [] } })
      .member('甲', { phone })
      .member('乙', { phone })
      .do(async (story) => {
        const { breaker, nodes } = await report(story, { journey: sketch(apart) })
        expect(breaker).toMatchObject({ address: phone, limit: 1, sent: 1 })
        expect((nodes.one?.sent ?? 0) + (nodes.other?.sent ?? 0)).toBe(1)
      })
      .publish(apart)
      .advance('1 day')
      .do((story) => {
        expect(story.rows('select status from journeys')).toEqual([{ status: 'paused' }])
        expect(story.rows('select count(*) as n from messages')).toEqual([{ n: 1 }])
      })
      .run()
  })

  test('who is let in by hand: of a list or an audience, and which ids nobody has', () =>
    drive()
      .members('王芳', '李雷')
      .do(async (story) => {
        const byHand = { ...mine, id: 'by-hand', nodes: { ...mine.nodes, monday: by.hand() } }
        const journey = sketch(byHand)
        const nobody = await report(story, { journey })
        expect(nobody.entered).toBe(0)
        expect(nobody.entries).toMatchObject([{ node: 'monday', by: 'nobody', entered: 0 }])
        const people = { customers: ['王芳', ' 王芳 ', '没有这个人', ''] }
        const listed = await report(story, { journey, people })
        expect(listed.entered).toBe(1)
        expect(listed.unknown_customers).toEqual(['没有这个人'])
        expect(listed.entries).toMatchObject([{ node: 'monday', by: 'list', entered: 1 }])
        expect(listed.nodes.hello?.sent).toBe(1)
        story.db.sqlite
          .prepare(
            "insert into audiences (key, name, kind, condition, created_at, updated_at) values ('all', '{}', 'condition', ?, 0, 0)",
          )
          .run(JSON.stringify(everybody))
        const audience = await report(story, { journey, people: { audience: 'all' } })
        expect(audience.entered).toBe(2)
        await expect(report(story, { journey, people: { audience: 'none' } })).rejects.toMatchObject({
          code: 'not-found',
        })
        // By the API people come into any journey, by its first trigger.
        expect((await report(story, { people })).entered).toBe(2)
      })
      .run())

  test('rule 30: every customer whose message failed to be written, when, and for want of what', () =>
    drive()
      .members('王芳', '李雷')
      .do(async (story) => {
        const shop = by.sms('去{{ customer.city }}')
        const failing = sketch({ ...mine, nodes: { ...mine.nodes, hello: shop } })
        const { render_failures } = await report(story, { journey: failing })
        expect(render_failures).toEqual(
          ['李雷', '王芳'].map((customer) => ({
            at: '2027-03-01T02:30:00.000Z',
            customer,
            node: 'hello',
            variables: ['customer.city'],
          })),
        )
      })
      .run())
})
