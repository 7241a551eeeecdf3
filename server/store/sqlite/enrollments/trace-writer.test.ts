import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Json } from '../../../../shared/effects/index.ts'
import type { TraceEntry } from '../../../../shared/run/step.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { sameJson, TraceWriter } from './trace-writer.ts'

interface Written extends TraceEntry {
  readonly enrollment: number
}

let db: BrandDatabase
beforeEach(() => {
  db = openDatabase(':memory:')
})
afterEach(() => db.close())

const stored = (): Written[] =>
  db.sqlite
    .prepare<[], Omit<Written, 'reason'> & { reason: string }>(
      'select enrollment_id as enrollment, seq, at, node, outcome, reason from traces order by enrollment_id, seq',
    )
    .all()
    .map((row) => ({ ...row, reason: JSON.parse(row.reason) }))

function write(writer: TraceWriter, traces: readonly Written[]): void {
  for (const { enrollment, ...trace } of traces) writer.add(enrollment, trace)
  writer.flush()
}

const reason = fc.record({
  code: fc.constantFrom('sent' as const, 'late' as const),
  actual: fc.jsonValue({ maxDepth: 2 }).map((value) => value as Json),
})
const step = fc.record({
  at: fc.constantFrom(1000, 2000),
  node: fc.constantFrom('wait', 'sms'),
  outcome: fc.constantFrom('done', 'sent'),
  reason: fc.oneof(fc.constant({ code: 'sent' as const }), reason),
})
/** Passages of one batch, which mostly do alike: few different steps, shared by many enrollments. */
const batch = fc.array(step, { minLength: 1, maxLength: 4 }).chain((steps) =>
  fc.array(fc.array(fc.nat(steps.length - 1), { maxLength: 3 }), { maxLength: 60 }).map((walks) =>
    walks.flatMap((walk, enrollment) =>
      walk.flatMap((which, seq) => {
        const taken = steps[which]
        return taken === undefined ? [] : [{ ...taken, enrollment, seq }]
      }),
    ),
  ),
)

describe('the traces of a batch', () => {
  test('each comes out as it went in, however many took the same step', () => {
    fc.assert(
      fc.property(batch, (traces) => {
        db.sqlite.exec('delete from traces')
        const writer = new TraceWriter(db.sqlite)
        write(writer, traces)
        expect(stored()).toEqual(JSON.parse(JSON.stringify(traces)))
      }),
      { seed: 20260807 },
    )
  })

  test('one that stands there already refuses the batch, and nothing of it slips into the next', () => {
    const writer = new TraceWriter(db.sqlite)
    const trace = { seq: 0, at: 1, node: 'list', outcome: 'entered', reason: { code: 'entered' as const } }
    const twenty = Array.from({ length: 20 }, (_, enrollment) => ({ ...trace, enrollment }))
    write(writer, [{ ...trace, enrollment: 3 }])
    const all = db.sqlite.transaction((traces: readonly Written[]) => write(writer, traces))
    expect(() => all(twenty)).toThrow(/UNIQUE/)
    all([{ ...trace, enrollment: 30 }])
    expect(stored().map(({ enrollment }) => enrollment)).toEqual([3, 30])
  })
})

test('two values are the same exactly where their texts are, but for the order of keys', () => {
  const sorted = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value
  const value = fc.jsonValue({ maxDepth: 3 })
  fc.assert(
    fc.property(
      fc.oneof(
        fc.tuple(value, value),
        value.map((one) => [one, structuredClone(one)] as const),
      ),
      ([a, b]) => {
        expect(sameJson(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)))).toBe(
          JSON.stringify(a, sorted) === JSON.stringify(b, sorted),
        )
      },
    ),
    { seed: 20260819, numRuns: 500 },
  )
})
