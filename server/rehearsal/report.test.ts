import { describe, expect, test } from 'vitest'
import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
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
  return rehearse(rehearsalPorts(db), { journey: sketch(mine), brand: brand.brand(), ...request, ...more })
}

describe('a rehearsal reports', () => {
  test('who is or was in the journey already, and leaves them out as the engine will', () =>
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
})
