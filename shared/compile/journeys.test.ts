import { expect, test } from 'vitest'
import type { Journey } from '../journey/graph.ts'
import { journeySchema } from '../journey/graph.ts'
import { registry } from '../nodes/index.ts'
import { check } from './check.ts'

interface Follow {
  readonly of: string
  readonly on?: 'entered' | 'left'
  readonly endings?: readonly string[]
  /** How long it takes to the end. */
  readonly rest?: { readonly amount: number; readonly unit: string }
}

const named = { en: 'x' }

/** A journey that follows another, and ends at once or after a rest. */
function following(id: string, { of, on = 'left', endings = [], rest }: Follow): Journey {
  const wait =
    rest === undefined
      ? {}
      : { rest: { type: 'wait', name: named, config: { until: { kind: 'duration', span: rest } } } }
  return journeySchema.parse({
    format: 1,
    id,
    name: { en: id },
    nodes: {
      came: { type: 'from_journey', name: named, config: { journey: of, on, endings } },
      ...wait,
      done: { type: 'exit', name: named, config: {} },
    },
    edges:
      rest === undefined
        ? { came: { entered: 'done' } }
        : { came: { entered: 'rest' }, rest: { done: 'done' } },
  })
}

function problems(journey: Journey, others: readonly Journey[]): string[] {
  const found = check(journey, {
    registry,
    now: 0,
    zone: 'Asia/Shanghai',
    publishing: true,
    journeys: (id) => others.find((one) => one.id === id) ?? null,
  })
  return found.flatMap(({ code }) => (code.startsWith('journey-') || code === 'ending-missing' ? [code] : []))
}

const day = { amount: 1, unit: 'day' }

test('a journey that starts itself at once is refused, and one that rests a day on the way is not', () => {
  expect(problems(following('a', { of: 'a' }), [])).toEqual(['journey-circle'])
  expect(problems(following('a', { of: 'a', rest: day }), [])).toEqual([])
})

test.each(['left', 'entered'] as const)(
  'journeys that start each other on being %s are refused together',
  (on) => {
    const b = following('b', { of: 'c', on })
    const c = following('c', { of: 'a', on })
    expect(problems(following('a', { of: 'b', on }), [b, c])).toEqual(['journey-circle'])
    expect(
      problems(following('a', { of: 'b', on }), [b, following('c', { of: 'a', on, rest: day })]),
    ).toEqual([])
  },
)

test('a circle that others stand in is not this journey’s', () => {
  const b = following('b', { of: 'c' })
  const c = following('c', { of: 'b' })
  expect(problems(following('a', { of: 'b' }), [b, c])).toEqual([])
})

test('the journey that is followed must be there, be chosen, and have the ways out that are named', () => {
  expect(problems(following('a', { of: 'gone' }), [])).toEqual(['journey-missing'])
  expect(problems(following('a', { of: '' }), [])).toEqual(['journey-unchosen'])
  const b = following('b', { of: 'c' })
  expect(problems(following('a', { of: 'b', endings: ['done', 'exit_rule'] }), [b])).toEqual([])
  expect(problems(following('a', { of: 'b', endings: ['sold'] }), [b])).toEqual(['ending-missing'])
})

test('who waits for something that may come at once has no surely long way', () => {
  const journey = following('a', { of: 'a', rest: day })
  const quick = journeySchema.parse({
    ...journey,
    nodes: {
      ...journey.nodes,
      rest: {
        type: 'wait',
        name: named,
        config: { until: { kind: 'date', date: '2020-01-01', time: '10:00' } },
      },
    },
  })
  expect(problems(quick, [])).toContain('journey-circle')
})
