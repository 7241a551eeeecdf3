import { expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { couponDefinition } from '../../shared/coupons/definition.ts'
import { createSigns } from '../ports/signs.ts'
import { couponStore } from '../store/sqlite/coupons/store.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { startAt } from '../testing/http/harness.ts'
import { watchCoupons } from './watched-coupons.ts'

test('a pool that runs low is told of with what is left, and no more once it is filled or handed out no longer', async () => {
  const db = openDatabase(':memory:', { durability: 'off' })
  const signs = createSigns(() => startAt)
  const coupons = couponStore(db)
  const [end] = watchCoupons(signs, 'own', db)
  const act = { actor: terminalActor, at: startAt, realAt: startAt }
  const save = async (key: string, more: Record<string, unknown> = {}, revision: number | null = null) => {
    const name = { 'zh-CN': `券${key}`, en: `Coupon ${key}` }
    const coupon = couponDefinition.parse({
      ...{ key, name, kind: 'amount', value: 2000, validDays: 7, warnBelow: 3 },
      ...more,
    })
    await coupons.save(act, { coupon, revision })
  }
  const told = () => signs.unwell().map(({ name, message }) => [name, message?.en, message?.['zh-CN']])

  await save('a')
  await save('made', { supply: 'made' })
  await coupons.makeCodes(act, 'a', 3)
  expect(told()).toEqual([])

  for (const key of ['b', 'c', 'd']) await save(key)
  await coupons.makeCodes(act, 'b', 2)
  expect(told()).toEqual([
    [
      'coupon-low',
      'Pools of coupons run low: Coupon b (2 left), Coupon c (0 left), Coupon d (0 left)',
      '券码快发完了：券b（剩 2）、券c（剩 0）、券d（剩 0）',
    ],
  ])

  await coupons.makeCodes(act, 'b', 1)
  for (const key of ['c', 'd']) await save(key, { open: false }, 1)
  expect(told()).toEqual([])
  end?.()
  db.close()
})
