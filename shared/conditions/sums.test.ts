import { expect, test } from 'vitest'
import { limits } from '../limits.ts'
import { conditionSchema } from './schema.ts'

const most = limits.conditionSums.value
const sums = (many: number, other: object = {}) => ({
  kind: 'all',
  of: Array.from({ length: many }, (_, place) => ({
    ...{ kind: 'events', event: 'rated', measure: 'sum', property: 'score', op: 'gt', value: 3 },
    ...{ where: [{ property: 'place', op: 'eq', value: place }], window: { kind: 'ever' }, ...other },
  })),
})
const read = (condition: object) => conditionSchema.safeParse(condition)

test('a condition asks for so many sums of properties as can be answered, and for no more', () => {
  expect(read(sums(most)).success).toBe(true)
  const refused = read({ kind: 'not', of: sums(most + 1) })
  expect(refused.error?.issues[0]?.message).toBe(
    `${most} sums and averages of properties at most in one condition`,
  )
  expect(read(sums(most + 1, { measure: 'average' })).success).toBe(false)
})

test('sums of money, other measures and the same sum again count for nothing', () => {
  expect(read(sums(most + 1, { property: 'amount' })).success).toBe(true)
  expect(read(sums(most + 1, { measure: 'distinct' })).success).toBe(true)
  expect(read(sums(most + 1, { where: [] })).success).toBe(true)
})
