import { describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { JourneyDriver } from '../testing/journey-driver.ts'
import { by, type NodeSketch, type Sketch } from '../testing/sketch.ts'

/** Gives customers points as a till does. */
const till =
  (points: number, ...ids: readonly string[]) =>
  async ({ brand }: JourneyDriver) => {
    const records = ids.map((customerId) => ({
      customerId,
      points,
      key: `${customerId} ${points}`,
      reason: '',
    }))
    const outcomes = await brand.stores.points.book(brand.act(terminalActor), records)
    expect(outcomes).toEqual(ids.map(() => 'created'))
    await brand.settle()
  }

const balances = (driver: JourneyDriver) =>
  Object.fromEntries(
    driver
      .rows<{ id: string; n: number }>(
        'select customer_id as id, sum(amount) as n from points group by 1 order by 1',
      )
      .map(({ id, n }) => [id, n]),
  )
const told = (driver: JourneyDriver) =>
  driver
    .rows<{ name: string; points: number }>(
      `select name, properties ->> 'points' as points from events where name like 'points%' order by seq`,
    )
    .map(({ name, points }) => `${name} ${points}`)

const take: NodeSketch = ['points', { way: 'take', points: 60, reason: '换礼' }]
const giving: Sketch = {
  nodes: {
    in: by.hand(),
    gift: ['points', { points: 100 }],
    rich: [
      'branch',
      {
        branches: [
          {
            id: 'yes',
            name: { en: 'Yes' },
            when: { kind: 'attribute', name: 'points_balance', op: 'gte', value: 100 },
          },
        ],
      },
    ],
    swap: take,
    again: take,
    word: by.sms('剩 {{ points.balance }} 分'),
    poor: by.sms('积分不够'),
    out: by.exit(),
  },
  flow: [
    'in -> gift',
    'gift -> rich',
    'rich.yes -> swap',
    'rich -> out',
    'swap.taken -> again',
    'swap.insufficient -> out',
    'again.taken -> word',
    'again.insufficient -> poor',
    'word -> out',
    'poor -> out',
  ],
}

describe('points in a journey', () => {
  test('are given and taken, and the next steps of the same batch know of it', () =>
    new JourneyDriver()
      .members('a', 'b')
      .do(till(50, 'b'))
      .publish(giving)
      .enter('a', 'b')
      .expectSent('poor', 'a')
      .expectSent('word', 'b')
      .do((driver) => {
        expect(balances(driver)).toEqual({ a: 40, b: 30 })
        expect(driver.rows('select 1 from points where source = ?', 'journey')).toHaveLength(5)
        const [word] = driver.rows<{ body: string }>(`select body from messages where customer_id = 'b'`)
        expect(word?.body).toContain('剩 30 分')
      })
      .run())

  test('what was earned lets customers in, and a till that takes them wakes a wait', () =>
    new JourneyDriver()
      .members('a')
      .publish({
        nodes: {
          in: by.event('points_earned'),
          used: by.until('points_spent', '3 days'),
          thanks: by.sms('谢谢'),
          out: by.exit(),
        },
        flow: ['in -> used', 'used.happened -> thanks', 'used -> out', 'thanks -> out'],
      })
      .do(till(50, 'a'))
      .do(till(-20, 'a'))
      .expectSent('thanks', 'a')
      .run())

  test('what is left of them is told a week before its end, and lost at it, once', () =>
    new JourneyDriver()
      .members('a')
      .publish({
        nodes: { in: by.hand(), gift: ['points', { points: 100, validDays: 30 }], out: by.exit() },
        flow: ['in -> gift', 'gift -> out'],
      })
      .enter('a')
      .do(till(-30, 'a'))
      .advance('20 days')
      .do((driver) => expect(told(driver)).toEqual(['points_earned 100', 'points_spent 30']))
      .advance('5 days')
      .do((driver) => expect(told(driver).at(-1)).toBe('points_expiring 70'))
      .do(till(-10, 'a'))
      .advance('7 days')
      .do((driver) => {
        expect(told(driver).at(-1)).toBe('points_expired 60')
        expect(balances(driver)).toEqual({ a: 0 })
      })
      .advance('30 days')
      .do((driver) => expect(told(driver)).toHaveLength(5))
      .run())
})
