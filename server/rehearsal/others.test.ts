import { describe, expect, test } from 'vitest'
import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { nodeTypes } from '../../shared/nodes/index.ts'
import { registryOf } from '../../shared/nodes/type.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { type DriveOptions, drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by, type NodeSketch, type Sketch, sketch } from '../testing/sketch.ts'
import { rehearse } from './index.ts'

const caps: Brand['caps'] = [{ channel: 'sms', messages: 1, days: 7 }]
const everybody = { kind: 'attribute', name: 'phone', op: 'is_set' }
const monday: NodeSketch = [
  'audience_at',
  { audience: everybody, at: { kind: 'date', date: '2027-03-01', time: '10:30' } },
]

/** The rehearsed one: everybody on Monday, and a text three days later. */
const mine: Sketch = {
  id: 'mine',
  nodes: { monday, three: by.rest('3 days'), mine: by.sms('一'), done: by.exit() },
  flow: ['monday -> three', 'three -> mine', 'mine -> done'],
}

/** Another one that writes two days after somebody has come in. */
const other = (trigger: NodeSketch, more: Partial<Sketch> = {}): Sketch => ({
  id: 'other',
  nodes: { trigger, two: by.rest('2 days'), theirs: by.sms('二'), done: by.exit() },
  flow: ['trigger -> two', 'two -> theirs', 'theirs -> done'],
  ...more,
})

/** Another one that writes at once. */
const eager = (trigger: NodeSketch): Sketch => ({
  id: 'other',
  nodes: { trigger, theirs: by.sms('二'), done: by.exit() },
  flow: ['trigger -> theirs', 'theirs -> done'],
})

const story = (more: DriveOptions = {}) => drive({ brand: { caps }, ...more })

async function report(driver: JourneyDriver, drawn: Sketch = mine, more = {}): Promise<RehearsalReport> {
  const { brand, db } = driver
  const request = { start: brand.now(), until: null, assume: 'backtest', controlGroup: true } as const
  return rehearse(rehearsalPorts(db, scratchBase(db)), {
    journey: sketch(drawn),
    brand: brand.brand(),
    ...request,
    ...more,
  })
}

/** Rehearses, and then lets it happen: both tell the same. */
const asItHappens = (driver: JourneyDriver, sent: number, capped: number, drawn = mine) =>
  driver
    .do(async () => {
      const { nodes } = await report(driver, drawn)
      expect(nodes.mine).toMatchObject({ sent, suppressed: capped === 0 ? {} : { cap: capped } })
    })
    .publish(drawn)
    .advance('4 days')
    .expectFigure('mine', 'out:sent', sent)
    .expectFigure('mine', 'suppressed:cap', capped)
    .run()

describe('rule 28: what other live journeys will send counts towards the caps', () => {
  test('rule 28: what other live journeys will send counts: somebody who waits in one', () =>
    asItHappens(story().members('王芳', '李雷').publish(other(by.hand())).enter('王芳'), 1, 1))

  test('a later firing of a trigger: the first is for others, the second lets her in', () =>
    asItHappens(
      story()
        .member('王芳', { birthday: '1990-03-02' })
        .member('李雷', { birthday: '1990-03-09' })
        .publish(eager(['customer_date', { attribute: 'birthday', days: 0, time: '12:00' }])),
      1,
      1,
    ))

  test('a firing before the rehearsed entry, and one that goes on where it was cut short', () =>
    asItHappens(
      story()
        .members('王芳', '李雷')
        .publish(other(['audience_at', { audience: everybody, at: { kind: 'cron', cron: '15 10 1 3 *' } }]))
        .do(({ db }) => db.sqlite.prepare('update triggers set cursor = ?').run('李雷')),
      1,
      1,
    ))

  test('each once, as its re-entry rule has it', () =>
    story()
      .members('王芳')
      .publish(other(['audience_at', { audience: everybody, at: { kind: 'cron', cron: '0 12 * * *' } }]))
      .enter('王芳')
      .advance('2 days')
      .expectSent('theirs', '王芳')
      .do(async (driver) => {
        const later = [{ channel: 'sms', messages: 2, days: 7 }]
        const brand = { ...driver.brand.brand(), caps: later }
        const wednesday = { audience: everybody, at: { kind: 'date', date: '2027-03-03', time: '10:30' } }
        const nodes = { ...mine.nodes, monday: ['audience_at', wednesday] as const }
        expect((await report(driver, { ...mine, nodes }, { brand })).nodes.mine?.sent).toBe(1)
      })
      .run())

  test('an event that rates foresee lets into another one', () =>
    story()
      .members('王芳')
      .publish(eager(by.event('order')))
      .do(async (driver) => {
        const drawn = {
          ...mine,
          nodes: { ...mine.nodes, first: by.email('零') },
          flow: ['monday -> first', 'first -> three', 'three -> mine', 'mine -> done'],
        }
        const rates = { open: 0, click: 0, reply: 0, purchase: 1, redeem: 0 }
        const seen = await report(driver, drawn, { assume: 'rates', rates })
        expect(seen.nodes.mine?.suppressed).toEqual({ cap: 1 })
        const none = await report(driver, drawn, { assume: 'rates', rates: { ...rates, purchase: 0 } })
        expect(none.nodes.mine?.sent).toBe(1)
      })
      .run())

  test('nothing else of them is told, and what they mark stays theirs', () =>
    story()
      .members('王芳', '李雷')
      .publish({
        ...other(by.hand()),
        nodes: { ...other(by.hand()).nodes, mark: ['tag', { add: ['theirs'] }] },
        flow: ['trigger -> two', 'two -> mark', 'mark -> theirs', 'theirs -> done'],
      })
      .enter('王芳')
      .do(async (driver) => {
        const marked = { id: 'yes', name: { en: 'Yes' }, when: { kind: 'tag', tag: 'theirs', has: true } }
        const asked: Sketch = {
          ...mine,
          nodes: { ...mine.nodes, asks: ['branch', { branches: [marked] }], lost: by.exit() },
          flow: ['monday -> three', 'three -> asks', 'asks.yes -> lost', 'asks -> mine', 'mine -> done'],
        }
        const { entered, days, most_messages, nodes, endings } = await report(driver, asked)
        expect({ entered, days, most_messages, endings }).toEqual({
          entered: 2,
          days: [{ date: '2027-03-04', channel: 'sms', sent: 1, cost: 0.045 }],
          most_messages: 1,
          endings: { done: 2 },
        })
        expect(Object.keys(nodes).sort()).toEqual(['asks', 'done', 'lost', 'mine', 'monday', 'three'])
      })
      .run())

  test('two rehearsals differ in their seconds only', () =>
    story()
      .members('王芳', '李雷', '韩梅')
      .publish(other(by.hand()))
      .enter('韩梅', '王芳')
      .do(async (driver) => {
        const [one, two] = [await report(driver), await report(driver)]
        expect({ ...one, seconds: 0 }).toEqual({ ...two, seconds: 0 })
      })
      .run())
})

describe('who comes into another live journey one by one is foreseen', () => {
  const eagerly = (audience: object, at: object) => eager(['audience_at', { audience, at }])
  const order = { event: 'order', where: [] }
  const carted = by.event('add_to_cart', {
    unless: { filter: order, within: { amount: 1, unit: 'hour' }, restart: false },
  })
  const following = (journey: string, on: 'left' | 'entered') =>
    eager(['from_journey', { journey, on, endings: [] }])

  test('rule 28: whoever the rehearsed journey itself makes one of an audience', () =>
    asItHappens(
      story()
        .members('王芳', '李雷')
        .publish(eagerly({ kind: 'tag', tag: 'vip', has: true }, { kind: 'join', present: false })),
      0,
      2,
      {
        ...mine,
        nodes: { ...mine.nodes, mark: ['tag', { add: ['vip'] }] },
        flow: ['monday -> mark', 'mark -> three', 'three -> mine', 'mine -> done'],
      },
    ))

  test('rule 28: whoever leaves an audience because time goes by', () =>
    asItHappens(
      story()
        .members('王芳', '李雷')
        .event('王芳', 'order', { amount: 100 })
        .publish(
          eagerly(
            {
              ...{ kind: 'events', event: 'order', where: [], measure: 'count', op: 'gte', value: 1 },
              window: { kind: 'last', span: { amount: 2, unit: 'day' }, wholeDays: false },
            },
            { kind: 'leave' },
          ),
        ),
      1,
      1,
    ))

  test('rule 28: those who are of an audience when it is looked at first, where the marketer wants them', () =>
    asItHappens(
      story()
        .members('王芳', '李雷')
        .plans(eagerly({ kind: 'attribute', name: 'phone', op: 'is_set' }, { kind: 'join', present: true })),
      0,
      2,
    ))

  test('rule 28: whoever has put something into the cart, and does not order in time', () =>
    asItHappens(story().members('王芳', '李雷').publish(eager(carted)).event('王芳', 'add_to_cart'), 1, 1))

  test('rule 28: whoever rates let order, and nothing follows', () =>
    story()
      .members('王芳')
      .publish(
        eager(
          by.event('order', {
            unless: {
              filter: { event: 'refund', where: [] },
              within: { amount: 1, unit: 'hour' },
              restart: false,
            },
          }),
        ),
      )
      .do(async (driver) => {
        const drawn = {
          ...mine,
          nodes: { ...mine.nodes, first: by.email('零') },
          flow: ['monday -> first', 'first -> three', 'three -> mine', 'mine -> done'],
        }
        const rates = { open: 0, click: 0, reply: 0, purchase: 1, redeem: 0 }
        const seen = await report(driver, drawn, { assume: 'rates', rates })
        expect(seen.nodes.mine?.suppressed).toEqual({ cap: 1 })
        const none = await report(driver, drawn, { assume: 'rates', rates: { ...rates, purchase: 0 } })
        expect(none.nodes.mine?.sent).toBe(1)
      })
      .run())

  test('rule 28: whoever leaves one journey and is led into the next', () =>
    asItHappens(
      story()
        .members('王芳', '李雷')
        .publish({
          id: 'first',
          nodes: { in: by.hand(), day: by.rest('1 day'), done: by.exit() },
          flow: ['in -> day', 'day -> done'],
        })
        .enter('王芳')
        .publish(following('first', 'left')),
      1,
      1,
    ))

  test('rule 28: whoever the rehearsed journey itself leads into the next', () =>
    asItHappens(
      story()
        .members('王芳', '李雷')
        .publish({ ...mine, nodes: { ...mine.nodes, monday: by.hand() } })
        .publish(following('mine', 'entered')),
      0,
      2,
    ))

  test('rule 28: whom a person will send in nobody can foresee, and that is said', () =>
    story()
      .members('王芳')
      .publish(other(by.hand()))
      .do(async (driver) => {
        const { unforeseen } = await report(driver)
        expect(unforeseen).toEqual([{ journey: 'other', name: { en: 'other' }, node: 'trigger' }])
      })
      .run())
})

describe('what does not count', () => {
  test('a paused journey, until it is resumed', () =>
    asItHappens(story().publish(other(by.hand())).enter('王芳').pause(), 1, 0))

  test('whoever is stuck', () =>
    asItHappens(
      story({ registry: registryOf(Object.values(nodeTypes)) })
        .publish(other(by.hand()))
        .enter('王芳')
        .do(({ db }) =>
          db.sqlite.prepare(`update enrollments set status = 'stuck', attempts = 5, due_at = null`).run(),
        ),
      1,
      0,
    ))

  test('a service message', () =>
    asItHappens(
      story()
        .publish({
          ...other(by.hand()),
          nodes: { ...other(by.hand()).nodes, theirs: by.sms('二', { purpose: 'service' }) },
        })
        .enter('王芳'),
      1,
      0,
    ))

  test('a version that cannot be read: the engine holds it up too', () =>
    asItHappens(
      story()
        .publish(other(by.hand()))
        .enter('王芳')
        .do(({ db }) => db.sqlite.prepare(`update versions set graph = '{}'`).run())
        .restart(),
      1,
      0,
    ))

  test('anybody else’s journey where the brand has no caps', () =>
    drive()
      .publish(other(by.hand()))
      .enter('王芳')
      .do(async (driver) => expect((await report(driver)).nodes.mine?.sent).toBe(1))
      .run())

  test('one that fires every minute is asked at distances, and that is said', () =>
    story()
      .members('王芳', '李雷')
      .publish(eager(['audience_at', { audience: everybody, at: { kind: 'cron', cron: '* * * * *' } }]))
      .do(async (driver) => {
        const { nodes, bounded } = await report(driver)
        expect(nodes.mine).toMatchObject({ suppressed: { cap: 2 } })
        expect(bounded).toEqual([{ journey: 'other', name: { en: 'other' }, node: 'trigger', hours: 6 }])
      })
      .run())
})
