import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drive, type JourneyDriver } from '../../../testing/journey-driver.ts'
import { by, type Sketch } from '../../../testing/sketch.ts'
import type { BrandDatabase } from '../database.ts'
import { figuresOf } from './read.ts'

/** Waits of each kind, a split, goals that end and that do not, an exit rule, entries that come again. */
const journey = (more: Sketch['nodes'] = {}): Sketch => ({
  nodes: {
    hand: by.hand(),
    visit: by.event('visit'),
    buys: by.until('order', '2 days'),
    thanks: by.sms('谢谢'),
    nudge: by.sms('还在等您'),
    rest: by.rest('1 day'),
    done: by.exit(),
    lost: by.exit(),
    praised: by.goal('praise'),
    member: by.goal('join', { ends: true }),
    ...more,
  },
  flow: [
    'hand -> buys',
    'visit -> rest',
    'buys.happened -> thanks',
    'buys.timeout -> nudge',
    'thanks -> rest',
    'nudge.sent -> rest',
    'nudge.not_sent -> lost',
    'rest -> done',
  ],
  settings: {
    reentry: { kind: 'after_leaving' },
    exitWhen: [{ event: 'refund', where: [] }],
    controlGroup: { percent: 30, salt: 'x' },
  },
})

type Place = Record<string, number>

/** Who stands where, by version and node, counted one by one. */
const counted = ({ sqlite }: BrandDatabase): Place =>
  Object.fromEntries(
    sqlite
      .prepare<[], { place: string; n: number }>(
        `select version || ' ' || state as place, count(*) as n from enrollments where ended_at is null
         group by 1 order by 1`,
      )
      .all()
      .map(({ place, n }) => [place, n]),
  )

const told = (db: BrandDatabase): Place =>
  Object.fromEntries(
    [1, 2]
      .flatMap((version) => {
        const { nodes, inFlight } = figuresOf(db, 'journey', { version, nodes: [], now: 0 })
        const places = Object.entries(nodes).map(
          ([node, { waiting }]) => [`${version} ${node}`, waiting] as const,
        )
        expect(places.reduce((sum, [, waiting]) => sum + waiting, 0)).toBe(inFlight)
        return places.filter(([, waiting]) => waiting !== 0)
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

const names = ['王芳', '李雷', '韩梅', '张三', '赵敏']
const who = fc.constantFrom(...names)
const acts = fc.oneof(
  who.map((name) => (story: JourneyDriver) => story.enter(name)),
  fc.tuple(who, fc.constantFrom('order', 'visit', 'praise', 'join', 'refund')).map(
    ([name, event]) =>
      (story: JourneyDriver) =>
        story.event(name, event),
  ),
  fc.constantFrom('1 hour', '1 day', '2 days').map((time) => (story: JourneyDriver) => story.advance(time)),
  fc.constant((story: JourneyDriver) => story.publish(journey({ later: by.goal('visit') }))),
)

test('who stands where is told as if counted, whatever happens, and at the stop nobody stands anywhere', () =>
  fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 5, maxLength: 25 }), async (steps) => {
      const story = drive({ batchSize: 2 })
        .members(...names)
        .publish(journey())
      for (const step of steps) step(story).do(({ db }) => expect(told(db)).toEqual(counted(db)))
      await story
        .stop()
        .do(({ db }) => expect([told(db), counted(db)]).toEqual([{}, {}]))
        .run()
    }),
    { numRuns: 20 },
  ))

test('a base from before begins with what is counted', () =>
  drive()
    .publish(journey())
    .enter(...names)
    .advance('1 hour')
    .do(({ db }) => {
      const before = told(db)
      expect(before).toEqual({ '1 buys': 5 })
      db.sqlite.prepare(`delete from figures where kind = 'waiting'`).run()
      expect(told(db)).toEqual({})
      const file = fileURLToPath(
        new URL('../../../../migrations/sqlite/0002_waiting_figures.sql', import.meta.url),
      )
      db.sqlite.exec(readFileSync(file, 'utf8'))
      expect(told(db)).toEqual(before)
    })
    .run())
