import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noHistory, withLeaving } from '../../../../shared/conditions/history.ts'
import type { Enrollment } from '../../../../shared/nodes/type.ts'
import type { Change } from '../../../ports/engine.ts'
import { type BrandDatabase, openDatabase } from '../database.ts'
import { EnrollmentWriter, Overtaken } from './enrollment-writer.ts'

const now = 1_800_000_000_000
const people = 40

let db: BrandDatabase
let writer: EnrollmentWriter
beforeEach(() => {
  db = openDatabase(':memory:')
  writer = new EnrollmentWriter(db.sqlite)
})
afterEach(() => db.close())

function enrolled(id: number, more: Partial<Enrollment> = {}): Enrollment {
  return {
    id,
    journeyId: 'welcome',
    version: 1,
    customerId: `c${id}`,
    state: 'wait',
    enteredAt: now,
    arrivedAt: now,
    control: false,
    entry: { trigger: 'list', timezone: null, event: null, anchors: {} },
    history: noHistory,
    coupons: {},
    goals: {},
    wait: { until: now + 1000, event: null, cause: null },
    by: null,
    steps: 1,
    ...more,
  }
}

function changeOf(enrollment: Enrollment, more: Partial<Change> = {}): Change {
  return {
    enrollment,
    entryKey: '',
    before: 1,
    from: 'wait',
    hadFailed: false,
    moves: [],
    effects: [],
    decided: true,
    ending: null,
    leftAt: null,
    countsUntil: null,
    withdraw: false,
    carried: null,
    failure: null,
    ...more,
  }
}

/** Everybody has come in and waits. */
function cameIn(): void {
  db.sqlite.exec('delete from enrollments')
  for (let id = 1; id <= people; id += 1)
    writer.write(changeOf(enrolled(id), { before: null, from: null }), now)
}

const rows = () => db.sqlite.prepare('select * from enrollments order by id').all()

const ways = [noHistory, withLeaving(noHistory, 'wait.done'), withLeaving(noHistory, 'wait.limit')]
/** What a batch may do to somebody; of few kinds, so that many do alike. */
const deed = fc
  .record({
    state: fc.constantFrom('sms', 'wait-2'),
    history: fc.constantFrom(...ways),
    wait: fc.constantFrom(
      null,
      { until: now + 5000, event: null, cause: null },
      { until: now + 5000, event: { event: 'order', after: now, until: now + 5000 }, cause: null },
      { until: null, event: { event: 'order', after: now, until: now + 9000 }, cause: null },
    ),
    goals: fc.constantFrom({}, { bought: { name: 'order', id: 'o1', at: now, value: 5 } }),
    by: fc.constantFrom(null, { at: now, id: 'o1', name: 'order' }),
    ending: fc.constantFrom(null, null, 'end', 'stopped'),
    countsUntil: fc.constantFrom(null, now + 7000),
    decided: fc.constantFrom(true, true, false),
    hadFailed: fc.constantFrom(false, false, true),
    failure: fc.constantFrom(null, null, null, { message: 'no', attempts: 1, retryAt: now + 60_000 }),
  })
  .map(({ ending, countsUntil, decided, hadFailed, failure, ...standing }) => (id: number) => {
    const enrollment = enrolled(id, { ...standing, steps: 2, arrivedAt: now + 10 })
    return changeOf(enrollment, { ending, countsUntil, decided, hadFailed, failure })
  })
const batch = fc
  .array(deed, { minLength: 1, maxLength: 4 })
  .chain((deeds) =>
    fc
      .array(fc.nat(deeds.length - 1), { minLength: people, maxLength: people })
      .map((which) => which.flatMap((one, index) => deeds[one]?.(index + 1) ?? [])),
  )

describe('the enrollments of a batch', () => {
  test('stand as if each had been written alone, however many do the same', () => {
    fc.assert(
      fc.property(batch, (changes) => {
        cameIn()
        for (const change of changes) expect(writer.write(change, now)).toBe(true)
        const alone = rows()
        cameIn()
        for (const change of changes) expect(writer.gather(change, now)).toBe(true)
        writer.flush(now)
        expect(rows()).toEqual(alone)
      }),
      { numRuns: 60 },
    )
  })

  test('whoever leaves in a batch may come in again in it', () => {
    cameIn()
    for (let id = 1; id <= people; id += 1) {
      const left = enrolled(id, { state: 'end', wait: null, steps: 2 })
      writer.gather(changeOf(left, { ending: 'end' }), now)
    }
    const again = enrolled(people + 1, { customerId: 'c1' })
    writer.gather(changeOf(again, { before: null, from: null }), now)
    writer.flush(now)
    expect(rows()).toHaveLength(people + 1)
  })

  test('those who come in stand as if each had been written alone', () => {
    cameIn()
    const alone = rows()
    db.sqlite.exec('delete from enrollments')
    for (let id = 1; id <= people; id += 1)
      writer.gather(changeOf(enrolled(id), { before: null, from: null }), now)
    writer.flush(now)
    expect(rows()).toEqual(alone)
  })

  test('who is in the journey already is no part of a batch that is written as one', () => {
    cameIn()
    const twice = enrolled(people + 1, { customerId: 'c1' })
    writer.gather(changeOf(twice, { before: null, from: null }), now)
    expect(() => writer.flush(now)).toThrow('UNIQUE')
    expect(writer.write(changeOf(twice, { before: null, from: null }), now)).toBe(false)
  })

  test('where one has been changed by others, the batch says so', () => {
    cameIn()
    db.sqlite.exec('update enrollments set steps = 7 where id = 3')
    for (let id = 1; id <= people; id += 1) writer.gather(changeOf(enrolled(id, { steps: 2 })), now)
    expect(() => writer.flush(now)).toThrow(Overtaken)
    writer.flush(now)
  })
})
