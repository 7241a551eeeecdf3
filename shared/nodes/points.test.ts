import { expect, test } from 'vitest'
import { balanceName } from '../conditions/ledger.ts'
import { decideWith, known } from '../testing/deciding.ts'
import { someone } from '../testing/driver.ts'
import { points } from './points.ts'

const having = (balance: number | null) => ({
  facts: known({
    customer: someone(balance === null ? {} : { attributes: { [balanceName]: balance } }),
  }),
})

test('a points node gives, and what is given may be lost after some days', () => {
  expect(decideWith(points, { points: 50, reason: '生日' }, { now: '2026-08-05T10:00:00+08:00' })).toEqual({
    kind: 'leave',
    port: 'given',
    effects: [{ kind: 'points', amount: 50, reason: '生日', expiresAt: null, dueAt: null }],
    reason: { code: 'points-given', points: 50 },
  })
  const lasting = decideWith(points, { points: 50, validDays: 30 }, { now: '2026-08-05T10:00:00+08:00' })
  expect(lasting).toMatchObject({
    effects: [
      {
        expiresAt: Date.parse('2026-09-05T00:00:00+08:00'),
        dueAt: Date.parse('2026-08-29T00:00:00+08:00'),
      },
    ],
  })
})

test('it takes what is there, and leaves by another port where there are too few or none', () => {
  const take = { way: 'take', points: 50 }
  expect(decideWith(points, take, having(50))).toMatchObject({
    port: 'taken',
    effects: [{ amount: -50 }],
    reason: { code: 'points-taken', points: 50, balance: 50 },
  })
  expect(decideWith(points, take, having(49))).toMatchObject({
    port: 'insufficient',
    reason: { code: 'points-insufficient', points: 50, balance: 49 },
  })
  expect(decideWith(points, take, having(null))).toMatchObject({
    port: 'insufficient',
    reason: { balance: 0 },
  })
})

test('the control group is given none', () => {
  expect(decideWith(points, { points: 50 }, { enrollment: { control: true } })).toEqual({
    kind: 'leave',
    port: 'none',
    reason: { code: 'suppressed', gate: 'control_group' },
  })
})

test('what the trace tells is decided again the same, whatever they have by now', () => {
  const take = { way: 'take', points: 50 }
  const recalled = { code: 'points-insufficient', points: 50, balance: 3 } as const
  expect(decideWith(points, take, { ...having(900), recalled })).toMatchObject({ port: 'insufficient' })
  const taken = { code: 'points-taken', points: 50, balance: 60 } as const
  expect(decideWith(points, take, { ...having(0), recalled: taken })).toMatchObject({
    port: 'taken',
    effects: [{ kind: 'points', amount: -50 }],
  })
})
