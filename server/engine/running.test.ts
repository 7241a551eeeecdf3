import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { planOf, type TransitionTable } from '../../shared/compile/index.ts'
import { journeySchema } from '../../shared/journey/graph.ts'
import { nodeTypes, registry } from '../../shared/nodes/index.ts'
import { defineNode, registryOf } from '../../shared/nodes/type.ts'
import { inControlGroup } from '../../shared/run/step.ts'
import { alone } from '../ports/claims.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { figuresOf } from '../store/sqlite/figures/read.ts'
import { backlogOf } from '../store/sqlite/health.ts'
import { retryStuck, stuckIn } from '../store/sqlite/journeys/flight.ts'
import { journeySummaries } from '../store/sqlite/journeys/list.ts'
import { testClock } from '../testing/clock.ts'
import { drive } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

/** A node that breaks for customers of a city, until somebody mends them. */
const fragile = defineNode<Record<string, never>>({
  type: 'fragile',
  role: 'step',
  category: 'customer',
  name: { 'zh-CN': '易碎', en: 'Fragile' },
  help: { 'zh-CN': '测试用', en: 'For tests' },
  config: z.strictObject({}),
  defaults: () => ({}),
  ports: () => [{ id: 'done', name: { 'zh-CN': '完成', en: 'Done' } }],
  needs: () => ({ customer: true }),
  describe: () => 'fragile',
  decide: (_config, { facts }) => {
    if (facts.customer.city === '碎') throw new Error('broken on the way')
    return { kind: 'leave', port: 'done', reason: { code: 'drawn' } }
  },
})
const withFragile = registryOf([...Object.values(nodeTypes), fragile])

const brittle = {
  nodes: { hand: by.hand(), crack: ['fragile'] as const, hello: by.sms('您好'), done: by.exit() },
  flow: ['hand -> crack', 'crack -> hello', 'hello -> done'],
}

describe('a node that fails (rule 26)', () => {
  test('rule 26: a node that fails holds up nobody else, and is tried again with longer and longer waits', () =>
    drive({ registry: withFragile })
      .member('李雷', { city: '碎' })
      .publish(brittle)
      .enter('王芳', '李雷', '韩梅')
      .expectSent('hello', '王芳', '韩梅')
      .expectWaitingAt('crack', '李雷')
      .advance('1 minute')
      .do((story) => {
        const [row] = story.rows<{ attempts: number; error: string }>(
          'select attempts, error from enrollments where error is not null',
        )
        expect(row).toEqual({ attempts: 2, error: 'broken on the way' })
      })
      .do(({ db }) => db.sqlite.prepare('update customers set city = null').run())
      .advance('5 minutes')
      .expectSent('hello', '王芳', '韩梅', '李雷')
      .run())

  test('once it works again, no failure is left on whoever goes on', () =>
    drive({ registry: withFragile })
      .member('李雷', { city: '碎' })
      .publish({
        nodes: { hand: by.hand(), crack: ['fragile'], rest: by.rest('1 day'), done: by.exit() },
        flow: ['hand -> crack', 'crack -> rest', 'rest -> done'],
      })
      .enter('李雷')
      .do(({ db }) => db.sqlite.prepare('update customers set city = null').run())
      .advance('1 minute')
      .expectWaitingAt('rest', '李雷')
      .do((story) =>
        expect(story.rows('select status, attempts, error from enrollments')).toEqual([
          { status: 'live', attempts: 0, error: null },
        ]),
      )
      .run())

  test('a saved audience that cannot be read holds up only those who are asked about it', () =>
    drive()
      .members('王芳', '李雷')
      .do(({ db }) =>
        db.sqlite
          .prepare(
            `insert into audiences (key, name, kind, condition, created_at, updated_at)
             values ('torn', '{}', 'condition', ?, 0, 0)`,
          )
          .run(JSON.stringify({ kind: 'tag', tag: 'vip' })),
      )
      .publish({
        id: 'torn',
        nodes: {
          hand: by.hand(),
          rest: by.rest('1 day'),
          ask: [
            'branch',
            {
              branches: [
                { id: 'in', name: { en: 'In' }, when: { kind: 'audience', audience: 'torn', member: true } },
              ],
            },
          ],
          done: by.exit(),
        },
        flow: ['hand -> rest', 'rest -> ask', 'ask -> done'],
      })
      .do(({ db }) => db.sqlite.exec(`update audiences set condition = '{' where key = 'torn'`))
      .enter('李雷')
      .publish({
        nodes: { hand: by.hand(), rest: by.rest('1 day'), hello: by.sms('您好'), done: by.exit() },
        flow: ['hand -> rest', 'rest -> hello', 'hello -> done'],
      })
      .enter('王芳')
      .advance('2 days')
      .expectSent('hello', '王芳')
      .expectWaitingAt('ask', '李雷')
      .run())

  test('a goal that fails over an event holds up nobody else', () => {
    const shaky = defineNode<Record<string, never>>({
      type: 'shaky',
      role: 'goal',
      category: 'ending',
      name: { 'zh-CN': '不稳', en: 'Shaky' },
      help: { 'zh-CN': '测试用', en: 'For tests' },
      config: z.strictObject({}),
      defaults: () => ({}),
      ports: () => [],
      goal: () => ({
        filter: { event: 'order', where: [] },
        bound: true,
        ends: false,
        window: ({ customerId }) => {
          if (customerId === '李雷') throw new Error('no such window')
          return [0, Number.POSITIVE_INFINITY]
        },
      }),
      describe: () => 'shaky',
    })
    const story = drive({ registry: registryOf([...Object.values(nodeTypes), shaky]) })
    return story
      .publish({
        nodes: { hand: by.hand(), rest: by.rest('1 day'), done: by.exit(), won: ['shaky'] },
        flow: ['hand -> rest', 'rest -> done'],
      })
      .enter('王芳', '李雷')
      .do(({ brand }) =>
        brand.ingest(
          ['李雷', '王芳'].map((customerId) => ({
            customerId,
            event: { id: customerId, name: 'order', at: brand.now(), amount: null, properties: {} },
          })),
        ),
      )
      .expectFigure('won', 'out:reached', 1)
      .do(() =>
        expect(story.rows('select customer_id, error from enrollments order by id')).toEqual([
          { customer_id: '王芳', error: null },
          { customer_id: '李雷', error: 'no such window' },
        ]),
      )
      .advance('1 day')
      .expectEnded('李雷', 'done')
      .run()
  })

  test('rule 26: whoever fails again and again is stuck, with the error, until a person retries', () =>
    drive({ registry: withFragile })
      .member('李雷', { city: '碎' })
      .publish(brittle)
      .enter('李雷')
      .advance('5 days')
      .do((story) =>
        expect(story.rows('select status, due_at, error from enrollments')).toEqual([
          { status: 'stuck', due_at: null, error: 'broken on the way' },
        ]),
      )
      .run())

  test.each(['data', 'entry'])(
    'a row whose %s cannot be read is stuck, and neither timers nor events of others wait for it',
    (column) =>
      drive()
        .publish({
          nodes: {
            hand: by.hand(),
            rest: by.rest('1 day'),
            hello: by.sms('您好'),
            done: by.exit(),
            bought: by.goal('order'),
          },
          flow: ['hand -> rest', 'rest -> hello', 'hello -> done'],
        })
        .enter('王芳', '李雷')
        .do(({ db }) =>
          db.sqlite.prepare(`update enrollments set ${column} = '{' where customer_id = '李雷'`).run(),
        )
        .restart()
        .event('王芳', 'order')
        .event('李雷', 'order')
        .advance('1 day')
        .expectSent('hello', '王芳')
        .expectFigure('bought', 'out:reached', 1)
        .do(({ db }) =>
          expect(stuckIn(db, 'journey')).toMatchObject({ total: 1, stuck: [{ customerId: '李雷' }] }),
        )
        .run(),
  )

  test('a goal on the way neither frees whoever is stuck nor shortens the wait before a retry', () =>
    drive({ registry: withFragile })
      .member('李雷', { city: '碎' })
      .member('韩梅', { city: '碎' })
      .publish({ ...brittle, nodes: { ...brittle.nodes, bought: by.goal('order') } })
      .enter('李雷')
      .advance('5 days')
      .enter('韩梅')
      .advance('1 minute')
      .do((story) => {
        const standing = 'select customer_id, status, due_at, attempts, error from enrollments order by id'
        const before = story.rows(standing)
        expect(before).toMatchObject([{ status: 'stuck' }, { status: 'live', attempts: 2 }])
        return story.brand
          .ingest(
            ['李雷', '韩梅'].map((customerId) => ({
              customerId,
              event: { id: customerId, name: 'order', at: story.brand.now(), amount: null, properties: {} },
            })),
          )
          .then(() => expect(story.rows(standing)).toEqual(before))
      })
      .expectFigure('bought', 'out:reached', 2)
      .run())

  test('whoever is stuck still counts for the goal and leaves by it', () =>
    drive({ registry: withFragile })
      .member('李雷', { city: '碎' })
      .publish({ ...brittle, nodes: { ...brittle.nodes, bought: by.goal('order', { ends: true }) } })
      .enter('李雷')
      .advance('5 days')
      .event('李雷', 'order')
      .expectEnded('李雷', 'bought')
      .run())
})

describe('an entry that fails (rule 26)', () => {
  const torn = {
    id: 'torn',
    nodes: {
      bought: by.event('order', { audience: { kind: 'audience', audience: 'torn', member: true } }),
      hello: by.sms('您好'),
      done: by.exit(),
    },
    flow: ['bought -> hello', 'hello -> done'],
  }
  const whole = { ...torn, id: 'whole', nodes: { ...torn.nodes, bought: by.event('order') } }
  const save = (condition: string) => (story: { db: BrandDatabase }) =>
    story.db.sqlite
      .prepare(
        `insert or replace into audiences (key, name, kind, condition, created_at, updated_at)
         values ('torn', '{}', 'condition', ?, 0, 0)`,
      )
      .run(condition)
  const mended = JSON.stringify({ kind: 'attribute', name: 'name', op: 'eq', value: '王芳' })
  const begun = () =>
    drive()
      .members('王芳', '李雷')
      .do(save(mended))
      .publish(whole)
      .publish(torn)
      .do(save('{'))
      .event('王芳', 'order')
      .event('李雷', 'order')

  test('holds up neither the event elsewhere nor anybody else', () =>
    begun()
      .do((story) => {
        expect(story.rows('select customer_id from enrollments order by id')).toEqual([
          { customer_id: '王芳' },
          { customer_id: '李雷' },
        ])
        expect(story.rows('select seq from events where pending = 1')).toEqual([])
      })
      .run())

  test('is tried again, so that whoever belongs in comes in once it can be told', () =>
    begun()
      .do(save(mended))
      .advance('1 minute')
      .expectSent('hello', '王芳')
      .do((story) => expect(story.rows('select * from failed_entries')).toEqual([]))
      .run())

  test('at last it is stuck, shown at the trigger, and tried again when a person says so', () =>
    begun()
      .advance('5 days')
      .do(({ db }) => {
        expect(stuckIn(db, 'torn')).toMatchObject({
          total: 2,
          stuck: [
            { customerId: '王芳', node: 'bought', enrollmentId: null, attempts: 5 },
            {
              customerId: '李雷',
              node: 'bought',
              error: expect.stringContaining('audience torn cannot be read'),
            },
          ],
        })
        const figures = figuresOf(db, 'torn', { version: null, nodes: ['bought', 'hello'], now: 0 })
        expect(figures.nodes.bought?.stuck).toBe(2)
        const stuck = Object.fromEntries(journeySummaries(db).map((journey) => [journey.id, journey.stuck]))
        expect(stuck).toEqual({ torn: 2, whole: 0 })
        expect(backlogOf(db).enrollments.stuck).toBe(2)
      })
      .do(save(mended))
      .do(async ({ db, brand }) => {
        expect(retryStuck(db, 'torn', brand.now())).toBe(2)
        await brand.settle()
        expect(stuckIn(db, 'torn').total).toBe(0)
      })
      .expectSent('hello', '王芳')
      .run())

  test('is given up with its journey', () =>
    begun()
      .stop()
      .do((story) => expect(story.rows('select * from failed_entries')).toEqual([]))
      .run())
})

describe('a journey that is broken (rule 26)', () => {
  const plain = (id: string) => ({
    id,
    nodes: { hand: by.hand(), rest: by.rest('1 hour'), hello: by.sms('您好'), done: by.exit() },
    flow: ['hand -> rest', 'rest -> hello', 'hello -> done'],
  })

  test('holds up no other', () =>
    drive()
      .publish(plain('broken'))
      .enter('李雷')
      .publish(plain('whole'))
      .enter('王芳')
      .do(({ db }) => db.sqlite.prepare(`update versions set graph = '{}' where journey_id = 'broken'`).run())
      .restart()
      .advance('1 hour')
      .expectSent('hello', '王芳')
      .run())

  test('a version that cannot be read holds up nobody on another one, and those on it are shown', () =>
    drive({ batchSize: 2 })
      .publish(plain('half'))
      .enter('李雷', '韩梅', '张三')
      .publish(
        { ...plain('half'), nodes: { ...plain('half').nodes, hello: by.sms('您好呀') } },
        { fate: 'finish', mapping: {} },
      )
      .do(({ db }) => db.sqlite.prepare(`update versions set graph = '{}' where number = 1`).run())
      .restart()
      .enter('王芳')
      .advance('1 hour')
      .expectSent('hello', '王芳')
      .advance('1 day')
      .do(({ db }) =>
        expect(stuckIn(db, 'half')).toMatchObject({
          total: 3,
          stuck: Array.from({ length: 3 }, () => ({ node: 'rest', error: 'version 1 cannot be read' })),
        }),
      )
      .run())

  test('whoever brings a conflict along at the entry is not lost, but stands at the first node with the error', () =>
    drive()
      .members('王芳', '李雷')
      .do(({ db }) =>
        db.sqlite
          .prepare(
            `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel,
               recipient, body, purpose, status, created_at, parts, cost_milli)
             values (0, 1, 'hello', 1, 'journey', 1, '王芳', 'sms', '1', 'x', 'service', 'sent', 1, 1, 0)`,
          )
          .run(),
      )
      .publish({
        nodes: { hand: by.hand(), hello: by.sms('您好'), done: by.exit() },
        flow: ['hand -> hello', 'hello -> done'],
      })
      .enter('王芳', '李雷')
      .expectWaitingAt('hello', '王芳')
      .expectEnded('李雷', 'done')
      .expectFigure('hand', 'out:entered', 2)
      .do((story) =>
        expect(story.rows('select error from enrollments where error is not null')).toEqual([
          { error: expect.stringContaining('UNIQUE') },
        ]),
      )
      .run())

  test('a conflict that one brings into a batch fails that one alone', () => {
    const gift = {
      nodes: { hand: by.hand(), rest: by.rest('1 hour'), gift: ['coupon'] as const, done: by.exit() },
      flow: ['hand -> rest', 'rest -> gift', 'gift -> done'],
    }
    let taken = ''
    return drive()
      .publish(gift)
      .enter('王芳')
      .advance('1 hour')
      .do((story) => {
        taken = story.rows<{ code: string }>('select code from coupons')[0]?.code ?? ''
      })
      .run()
      .then(() =>
        drive()
          .publish(gift)
          .enter('王芳', '李雷')
          .do(({ db }) =>
            db.sqlite
              .prepare(
                `insert into coupons (code, enrollment_id, node, customer_id, journey_id, value, min_spend, name,
                   issued_at, expires_at) values (?, 99, 'x', 'x', 'x', 1, 0, '{}', 0, 0)`,
              )
              .run(taken),
          )
          .advance('1 hour')
          .expectEnded('李雷', 'done')
          .expectWaitingAt('rest', '王芳')
          .expectFigure('gift', 'out:issued', 1)
          .do(({ db }) => db.sqlite.prepare('delete from coupons where enrollment_id = 99').run())
          .advance('1 minute')
          .expectEnded('王芳', 'done')
          .run(),
      )
  })
})

describe('events (rule 24)', () => {
  const counted = {
    nodes: { bought: by.event('order'), hello: by.sms('谢谢'), done: by.exit() },
    flow: ['bought -> hello', 'hello -> done'],
    settings: { reentry: { kind: 'after_leaving' } },
  }

  test('rule 24: an event that was seen before is ignored', () =>
    drive()
      .publish(counted)
      .event('王芳', 'order', { id: 'A1' })
      .event('王芳', 'order', { id: 'A1' })
      .expectSent('hello', '王芳')
      .run())

  test('rule 24: a customer’s events are taken in the order of their own time, not of their arrival', () =>
    drive()
      .publish({
        nodes: {
          hand: by.hand(),
          cart: by.until('add_to_cart', '2 days'),
          order: by.until('order', '2 days'),
          hello: by.sms('谢谢'),
          done: by.exit(),
        },
        flow: [
          'hand -> cart',
          'cart.happened -> order',
          'cart.timeout -> done',
          'order.happened -> hello',
          'order.timeout -> done',
          'hello -> done',
        ],
      })
      .enter('王芳')
      .advance('1 hour')
      .do(async ({ brand }) => {
        const at = brand.now()
        const event = (id: string, name: string, time: number) => ({
          customerId: '王芳',
          event: { id, name, at: time, amount: null, properties: {} },
        })
        await brand.ingest([event('2', 'order', at + 60_000), event('1', 'add_to_cart', at)])
      })
      .advance('1 hour')
      .expectSent('hello', '王芳')
      .run())
})

describe('a backlog (rule 25)', () => {
  test('rule 25: a backlog of one journey does not keep another waiting: each batch has a share for both', () =>
    drive({ batchSize: 10 })
      .publish({
        id: 'big',
        nodes: { hand: by.hand(), rest: by.rest('1 hour'), done: by.exit() },
        flow: ['hand -> rest', 'rest -> done'],
      })
      .enter(...Array.from({ length: 200 }, (_, index) => `b${index}`))
      .publish({
        id: 'small',
        nodes: { hand: by.hand(), rest: by.rest('1 hour'), done: by.exit() },
        flow: ['hand -> rest', 'rest -> done'],
      })
      .enter('王芳')
      .do(async ({ brand }) => {
        const taken = await Promise.all(
          ['big', 'small'].map((id) =>
            brand.store.claimDue(id, brand.now() + 3_600_000, 5, alone(testClock(brand.now()))),
          ),
        )
        expect(taken.map((rows) => rows.length)).toEqual([5, 1])
      })
      .advance('1 hour')
      .expectEnded('王芳', 'done')
      .do((story) =>
        expect(story.rows('select count(*) as n from enrollments where ended_at is null')).toEqual([
          { n: 0 },
        ]),
      )
      .run())
})

describe('traces (rule 27)', () => {
  test('rule 27: each step is one line, numbered without a gap, and together they are the way through the table', () =>
    drive()
      .publish({
        nodes: {
          hand: by.hand(),
          which: [
            'split',
            {
              variants: [
                { id: 'a', name: { en: 'A' }, weight: 50 },
                { id: 'b', name: { en: 'B' }, weight: 50 },
              ],
            },
          ],
          rest: by.rest('1 day'),
          hello: by.sms('您好'),
          done: by.exit(),
        },
        flow: ['hand -> which', 'which.a -> rest', 'which.b -> hello', 'rest -> hello', 'hello -> done'],
        settings: { controlGroup: { percent: 20, salt: 's' } },
      })
      .enter(...Array.from({ length: 30 }, (_, index) => `m${index}`))
      .advance('2 days')
      .do((story) => {
        const [version] = story.rows<{ graph: string; transitions: string }>(
          'select graph, transitions from versions',
        )
        const table = JSON.parse(version?.transitions ?? '') as TransitionTable
        const plan = planOf(journeySchema.parse(JSON.parse(version?.graph ?? '')), table, 1, registry)
        for (const { id, customer, state, steps, control } of story.rows<{
          id: number
          customer: string
          state: string
          steps: number
          control: number
        }>('select id, customer_id as customer, state, steps, control from enrollments')) {
          const lines = story.rows<{ seq: number; node: string; outcome: string }>(
            'select seq, node, outcome from traces where enrollment_id = ? order by seq',
            id,
          )
          expect(lines.map(({ seq }) => seq)).toEqual(Array.from({ length: steps }, (_, index) => index))
          const end = lines.reduce(
            (at, { node, outcome }) => table.states[at]?.[`${node}.${outcome}`] ?? 'nowhere',
            table.initial,
          )
          expect(end).toBe(state)
          expect(control === 1).toBe(inControlGroup(plan, customer))
        }
      })
      .run())
})
