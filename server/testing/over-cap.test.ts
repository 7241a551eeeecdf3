import { describe, expect, test } from 'vitest'
import type { Brand } from '../../shared/journey/brand.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { preview } from '../messages/preview/index.ts'
import { rehearse } from '../rehearsal/index.ts'
import type { Witness } from '../rehearsal/world.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { drive, type JourneyDriver } from './journey-driver.ts'
import { by, type Sketch, sketch } from './sketch.ts'

/** A message by its node, when it left or was given up, and for which gate it had waited or was held back. */
type Line = readonly [node: string, at: string, what: 'sent' | 'not_sent', gate: unknown]

const caps: Brand['caps'] = [{ channel: 'sms', messages: 2, days: 7 }]
const sends = ['first', 'second', 'third']

/** Three messages without a pause, each with room to wait for so long; the last has the least patience. */
const mine = (at: { readonly date: string; readonly time: string }): Sketch => ({
  id: 'mine',
  nodes: {
    in: [
      'audience_at',
      { audience: { kind: 'attribute', name: 'phone', op: 'is_set' }, at: { kind: 'date', ...at } },
    ],
    first: by.sms('一', { overCap: { hours: 48 } }),
    second: by.sms('二', { overCap: { hours: 48 } }),
    third: by.sms('三', { overCap: { hours: 1 } }),
    done: by.exit(),
  },
  flow: ['in -> first', 'first -> second', 'second -> third', 'third -> done'],
})

const another = (id: string): Sketch => ({
  id,
  nodes: { in: by.hand(), hello: by.sms('您好'), done: by.exit() },
  flow: ['in -> hello', 'hello -> done'],
})

const iso = (at: number) => new Date(at).toISOString()

function lineOf(
  node: string,
  at: number,
  outcome: string,
  reason: Readonly<Record<string, unknown>>,
): Line[] {
  if (!sends.includes(node)) return []
  return outcome === 'sent'
    ? [[node, iso(at), 'sent', reason.waited ?? null]]
    : [[node, iso(at), 'not_sent', reason.gate]]
}

async function inRehearsal({ brand, db }: JourneyDriver, drawn: Sketch): Promise<Line[]> {
  const lines: Line[] = []
  const witness: Witness = (_before, { trace }) => {
    if (trace !== null) lines.push(...lineOf(trace.node, trace.at, trace.outcome, trace.reason))
  }
  const asked = {
    journey: sketch(drawn),
    start: brand.now(),
    until: null,
    controlGroup: true,
    brand: brand.brand(),
  }
  await rehearse(
    rehearsalPorts(db, scratchBase(db)),
    { ...asked, assume: 'backtest' },
    {
      watch: () => {
        lines.length = 0
        return witness
      },
    },
  )
  return lines
}

async function inPreview({ brand }: JourneyDriver, drawn: Sketch): Promise<Line[]> {
  const asked = {
    journey: sketch(drawn),
    customerId: '王芳',
    move: 'none',
    node: null,
    polish: false,
  } as const
  const { messages } = await preview(brand, asked)
  return messages.map(({ node, at, gate }): Line => {
    const waited = gate === 'cap_later' ? 'cap' : gate === 'quiet_hours' ? 'quiet_hours' : null
    const left = gate === null || waited !== null
    return [node, iso(at ?? 0), left ? 'sent' : 'not_sent', left ? waited : gate]
  })
}

function asItWas(driver: JourneyDriver): Line[] {
  return driver
    .rows<{ node: string; at: number; outcome: string; reason: string }>(
      `select t.node, t.at, t.outcome, t.reason from traces t join enrollments e on e.id = t.enrollment_id
       where e.journey_id = 'mine' order by t.seq`,
    )
    .flatMap(({ node, at, outcome, reason }) => lineOf(node, at, outcome, JSON.parse(reason)))
}

/** Two other journeys write an hour apart, so that both ends of their windows are met within the next. */
const written = (start: string, timezone: string, brand: Partial<Brand> = {}) =>
  drive({ at: start, brand: { caps, quietHours: null, ...brand } })
    .member('王芳', { timezone })
    .publish(another('one'))
    .enter('王芳')
    .advance('1 hour')
    .publish(another('other'))
    .enter('王芳')

/** Looks at it in the rehearsal and in the preview, and then lets it happen. */
const threeTimes = (driver: JourneyDriver, drawn: Sketch, expected: readonly Line[]) =>
  driver
    .do(async (story) => {
      expect(await inRehearsal(story, drawn), 'rehearsal').toEqual(expected)
      expect(await inPreview(story, drawn), 'preview').toEqual(expected)
    })
    .publish(drawn)
    .advance('30 days')
    .do((story) => expect(asItWas(story), 'engine').toEqual(expected))
    .run()

describe('rule 12: a message put off at a cap leaves when there is room, in the journey as in its rehearsal and preview', () => {
  test('rule 12: a message is put off for half an hour before a window’s end, while clocks have gone forward within it', () =>
    // On 14 March New York’s clocks go forward: a week of 168 hours ends at ten o’clock, not at nine.
    threeTimes(
      written('2027-03-08T14:00:00Z', 'America/New_York').advance('5 days'),
      mine({ date: '2027-03-15', time: '21:30' }),
      [
        ['first', '2027-03-15T14:00:00.000Z', 'sent', 'cap'],
        ['second', '2027-03-15T15:00:00.000Z', 'sent', 'cap'],
        ['third', '2027-03-15T15:00:00.000Z', 'not_sent', 'cap'],
      ],
    ))

  test('rule 12: at the very end of a window a message is not put off', () =>
    threeTimes(
      written('2027-03-08T14:00:00Z', 'America/New_York').advance('5 days'),
      mine({ date: '2027-03-15', time: '22:00' }),
      [
        ['first', '2027-03-15T14:00:00.000Z', 'sent', null],
        ['second', '2027-03-15T15:00:00.000Z', 'sent', 'cap'],
        ['third', '2027-03-15T15:00:00.000Z', 'not_sent', 'cap'],
      ],
    ))

  test('rule 12: where there is room before the morning a message waits for the morning, by clocks that have gone back', () =>
    // On 7 November they go back: what was sent at half past nine makes room at half past eight, before quiet hours end.
    threeTimes(
      written('2027-11-03T13:30:00Z', 'America/New_York', {
        quietHours: { from: '21:00', to: '09:00' },
      }).advance('5 days'),
      mine({ date: '2027-11-10', time: '21:00' }),
      [
        ['first', '2027-11-10T14:00:00.000Z', 'sent', 'quiet_hours'],
        ['second', '2027-11-10T14:30:00.000Z', 'sent', 'cap'],
        ['third', '2027-11-10T14:30:00.000Z', 'not_sent', 'cap'],
      ],
    ))
})
