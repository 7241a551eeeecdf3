import { expect, test } from 'vitest'
import type { Condition } from '../../../shared/conditions/schema.ts'
import { Problem } from '../../../shared/errors/index.ts'
import { limits } from '../../../shared/limits.ts'
import type { CopyBase } from './condition.ts'
import type { Found } from './found.ts'
import { withPicks } from './picked.ts'
import { answers } from './questions.ts'

const ware: Condition = {
  kind: 'picks',
  where: [{ field: 'category', op: 'eq', value: '茶具' }],
  least: 1,
}
const moment = { now: 0, zone: 'Asia/Shanghai', anchors: {} }
const base: CopyBase = {
  saved: (key) => (key === 'ware' ? ware : { kind: 'tag', tag: 'vip', has: true }),
  types: { zone: 'Asia/Shanghai', currency: 'CNY', of: {} },
  zones: [],
  picked: new Map(),
}
const most = limits.pickCandidates.value

/** A copy in which so many are left open. */
const leaving = (people: number): Found => ({
  base,
  rows: async (sql) => (sql.includes('over ()') ? [[1, 'a', people]] : [[7]]),
  picks: async () => new Map(),
})

test('more customers than are reckoned in one question are refused with how to narrow it', async () => {
  const refused = await withPicks(leaving(most + 1), [ware], moment).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(Problem)
  expect(refused).toMatchObject({
    code: 'picks-too-many',
    details: { people: most + 1, limit: most },
    place: 'condition',
  })
  await expect(withPicks(leaving(most), [ware], moment)).resolves.toMatchObject({
    base: { picked: expect.any(Map) },
  })
})

test('an audience of too many has no size that anybody can tell, and the others have theirs', async () => {
  const sizes = await answers.sizes(leaving(most + 1), { audiences: ['ware', 'vips'], moment })
  expect(sizes).toMatchObject([
    { key: 'ware', unknown: true },
    { key: 'vips', size: 7, unknown: false },
  ])
})
