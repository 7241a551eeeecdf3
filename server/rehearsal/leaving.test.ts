import { expect, test } from 'vitest'
import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by, type Sketch, sketch } from '../testing/sketch.ts'
import { rehearse } from './index.ts'

const audience = (key: string, condition: object) => (driver: JourneyDriver) =>
  driver.db.sqlite
    .prepare(
      `insert into audiences (key, name, kind, condition, created_at, updated_at)
       values (?, '{"en":"A"}', 'condition', ?, 0, 0)`,
    )
    .run(key, JSON.stringify(condition))

const ordered = (days: number) => ({
  ...{ kind: 'events', event: 'order', where: [], measure: 'count', op: 'gte', value: 1 },
  window: { kind: 'last', span: { amount: days, unit: 'day' }, wholeDays: false },
})
const everybody = { kind: 'attribute', name: 'phone', op: 'is_set' }

const mine: Sketch = {
  id: 'mine',
  nodes: {
    monday: ['audience_at', { audience: everybody, at: { kind: 'date', date: '2027-03-01', time: '10:30' } }],
    rest: by.rest('3 days'),
    mark: ['tag', { add: ['done'] }],
    more: by.rest('1 day'),
    hello: by.sms('您好'),
    done: by.exit(),
  },
  flow: ['monday -> rest', 'rest -> mark', 'mark -> more', 'more -> hello', 'hello -> done'],
}

async function report({ brand, db }: JourneyDriver, drawn: Sketch): Promise<RehearsalReport> {
  const request = { start: brand.now(), until: null, assume: 'backtest', controlGroup: true } as const
  return rehearse(rehearsalPorts(db, scratchBase(db)), {
    journey: sketch(drawn),
    brand: brand.brand(),
    ...request,
  })
}

/** Rehearses, and then lets it happen: both tell how each passage ended, and when. */
const asItHappens = (
  driver: JourneyDriver,
  drawn: Sketch,
  endings: Readonly<Record<string, number>>,
  days: number,
) =>
  driver
    .do(async (story) => {
      const { endings: told, passage, nodes } = await report(story, drawn)
      expect(told).toEqual(endings)
      expect(passage.shortest).toBe(days * 86_400_000)
      expect(nodes.hello?.sent).toBe(endings.done ?? 0)
    })
    .publish(drawn)
    .advance('5 days')
    .do((story) => {
      const rows = story.rows<{ ending: string; n: number; shortest: number }>(
        `select ending, count(*) as n, min(ended_at - entered_at) as shortest from enrollments group by ending`,
      )
      expect(Object.fromEntries(rows.map(({ ending, n }) => [ending, n]))).toEqual(endings)
      expect(Math.min(...rows.map(({ shortest }) => shortest))).toBe(days * 86_400_000)
    })
    .run()

test('rule 18: whoever leaves an audience as time goes by is out in the rehearsal when the engine takes them out', () =>
  asItHappens(
    drive({ at: '2027-03-01T10:00:00+08:00' })
      .members('王芳', '李雷')
      .event('王芳', 'order', { amount: 100, ago: '1 hour' })
      .do(audience('buyers', ordered(2))),
    { ...mine, settings: { exitAudiences: [{ audience: 'buyers', on: 'leave' }] } },
    { exit_audience: 1, done: 1 },
    // The hour after 09:00 on the third, counted from 10:30 on the first.
    2 - 0.5 / 24,
  ))

test('rule 18: whom the journey itself puts into an audience is out by it, in the rehearsal as in the engine', () =>
  asItHappens(
    drive()
      .members('王芳', '李雷')
      .do(audience('marked', { kind: 'tag', tag: 'done', has: true })),
    { ...mine, settings: { exitAudiences: [{ audience: 'marked', on: 'join' }] } },
    { exit_audience: 2 },
    3,
  ))
