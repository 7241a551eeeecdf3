import { describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { couponDefinition } from '../../shared/coupons/definition.ts'
import { saveCoupon } from '../coupons/coupons.ts'
import { JourneyDriver } from '../testing/journey-driver.ts'
import { by, type NodeSketch, type Sketch } from '../testing/sketch.ts'

const names = (count: number) =>
  Array.from({ length: count }, (_, at) => `m${String(at + 1).padStart(3, '0')}`)

/** A brand that has a coupon, with a pool of so many codes. */
function shop(codes: number, more: Record<string, unknown> = {}, options = {}): JourneyDriver {
  return new JourneyDriver(options).do(async ({ brand }) => {
    const coupon = couponDefinition.parse({
      ...{ key: 'twenty', name: { 'zh-CN': '满减券' }, kind: 'amount', value: 2000, validDays: 7 },
      ...more,
    })
    const saving = { coupon, revision: null }
    await saveCoupon(brand, terminalActor, { key: coupon.key, saving })
    if (codes > 0) await brand.stores.coupons.makeCodes(brand.act(terminalActor), coupon.key, codes)
  })
}

const text = '券码 {{ coupon.code }}，{{ coupon.terms }}，{{ coupon.left }}，{{ coupon.expires }}前有效'
const giving = (coupon: NodeSketch, more: Partial<Sketch> = {}): Sketch => ({
  nodes: {
    in: by.hand(),
    gift: coupon,
    told: by.sms(text),
    none: by.sms('券发完了'),
    had: by.sms('您已有券'),
    out: by.exit(),
  },
  flow: [
    'in -> gift',
    'gift.issued -> told',
    'gift.none_left -> none',
    'gift.not_issued -> had',
    'told -> out',
    'none -> out',
    'had -> out',
  ],
  ...more,
})
const ofBrand: NodeSketch = ['coupon', { coupon: 'twenty' }]
const given = `select code, customer_id as customer from coupons order by rowid`

describe('handing out codes of a pool', () => {
  test('each customer gets one of their own, and the pool has so many less', () =>
    shop(50)
      .publish(giving(ofBrand))
      .enter(...names(30))
      .expectSent('told', ...names(30))
      .do((driver) => {
        const codes = driver.rows<{ code: string }>(given)
        expect(new Set(codes.map(({ code }) => code)).size).toBe(30)
      })
      .do(async ({ brand }) => {
        const { figures } = await brand.stores.coupons.get('twenty')
        expect(figures).toMatchObject({ remaining: 20, handedOut: 30, redeemed: 0 })
      })
      .run())

  test('the text says what it gives, how long it is valid and how many days are left', () =>
    shop(1, { minSpend: 9900 }, { at: '2027-03-01T10:00:00+08:00' })
      .publish(giving(ofBrand))
      .enter('王芳')
      .do((driver) => {
        const [code] = driver.rows<{ code: string }>(given)
        const [message] = driver.rows<{ body: string }>('select body from messages')
        expect(message?.body).toContain(`券码 ${code?.code}，满 ¥99 减 ¥20，还剩 7 天，3 月 8 日前有效`)
      })
      .run())

  test('whoever comes once the pool is empty leaves by a port of its own, and the reason says so', () =>
    shop(2)
      .publish(giving(ofBrand))
      .enter('a', 'b', 'c')
      .expectSent('told', 'a', 'b')
      .expectSent('none', 'c')
      .expectLeft('c', 'gift', 'none_left', { code: 'coupon-none-left', of: 'twenty' })
      .run())

  test('one a person: who has one already gets no other, in whichever journey', () =>
    shop(5)
      .publish(giving(ofBrand))
      .enter('a')
      .publish(giving(ofBrand, { id: 'again' }))
      .enter('a')
      .expectLeft('a', 'gift', 'not_issued', { code: 'coupon-held', held: 1, most: 1 })
      .run())

  test('twice in one passage is twice in one batch: the second is refused as well', () =>
    shop(5)
      .publish({
        nodes: {
          in: by.hand(),
          gift: ofBrand,
          more: ofBrand,
          told: by.sms('券 {{ coupon.code }}'),
          out: by.exit(),
        },
        flow: ['in -> gift', 'gift -> more', 'more -> told', 'told -> out'],
      })
      .enter('a')
      .expectLeft('a', 'more', 'not_issued', { code: 'coupon-held' })
      .run())

  test('small batches hand out no code twice', () =>
    shop(40, { perPerson: null }, { batchSize: 3 })
      .publish(giving(ofBrand))
      .enter(...names(40))
      .do((driver) => {
        const codes = driver.rows<{ code: string }>(given)
        expect(new Set(codes.map(({ code }) => code)).size).toBe(40)
      })
      .run())

  test('the control group gets none, and takes none out of the pool', () =>
    shop(10)
      .publish(giving(ofBrand, { settings: { controlGroup: { percent: 50, salt: 's' } } }))
      .enter(...names(10))
      .do(async (driver) => {
        const [control] = driver.rows<{ n: number }>(
          'select count(*) as n from enrollments where control = 1',
        )
        const { figures } = await driver.brand.stores.coupons.get('twenty')
        expect(control?.n).toBeGreaterThan(0)
        expect(figures.remaining).toBe(control?.n)
      })
      .run())

  test('made as needed: a code for each, by the pattern', () =>
    shop(0, { supply: 'made', pattern: 'QX########' })
      .publish(giving(ofBrand))
      .enter(...names(20))
      .do((driver) => {
        const codes = driver.rows<{ code: string }>(given).map(({ code }) => code)
        expect(new Set(codes).size).toBe(20)
        for (const code of codes) expect(code).toMatch(/^QX[2-9A-HJKMNP-Z]{8}$/)
      })
      .run())

  test('one that is not handed out at present is given to nobody', () =>
    shop(5, { open: false })
      .publish(giving(ofBrand))
      .enter('a')
      .expectLeft('a', 'gift', 'not_issued', { code: 'coupon-over' })
      .run())

  test('by condition: the first that holds decides, and the others get the usual one', () => {
    const vip = { kind: 'tag', tag: 'vip' }
    return shop(5)
      .do(async ({ brand }) => {
        const coupon = couponDefinition.parse({
          ...{ key: 'gold', name: { 'zh-CN': '金卡券' }, kind: 'percent', percent: 20, validDays: 3 },
          supply: 'made',
        })
        await saveCoupon(brand, terminalActor, { key: 'gold', saving: { coupon, revision: null } })
      })
      .members('a', 'b')
      .do(({ db }) => db.sqlite.prepare(`insert into tags values ('a', 'vip', 0, null)`).run())
      .publish(giving(['coupon', { coupon: 'twenty', variants: [{ when: vip, coupon: 'gold' }] }]))
      .enter('a', 'b')
      .expectLeft('a', 'gift', 'issued', { of: 'gold' })
      .expectLeft('b', 'gift', 'issued', { of: 'twenty' })
      .do((driver) => {
        const bodies = driver.rows<{ body: string }>('select body from messages order by customer_id')
        expect(bodies[0]?.body).toContain('8 折')
      })
      .run()
  })
})

describe('the life of a code', () => {
  const waits: Sketch = {
    nodes: {
      in: by.hand(),
      gift: ofBrand,
      used: by.until('coupon_redeemed', '10 days', {
        coupon: 'gift',
        also: [
          { filter: { event: 'coupon_unused', where: [] }, port: 'unused', name: { en: 'Unused' } },
          { filter: { event: 'coupon_expired', where: [] }, port: 'over', name: { en: 'Over' } },
        ],
      }),
      thanks: by.sms('谢谢'),
      remind: by.sms('券快到期了'),
      out: by.exit(),
    },
    flow: [
      'in -> gift',
      'gift -> used',
      'used.happened -> thanks',
      'used -> remind',
      'thanks -> out',
      'remind -> out',
    ],
  }

  test('a code that is used ends the wait for it, and is told as redeemed', () =>
    shop(5)
      .publish(waits)
      .enter('a')
      .do(async (driver) => {
        const [one] = driver.rows<{ code: string }>(given)
        await driver.brand.ingest([
          {
            customerId: 'a',
            event: {
              ...{ id: 'o1', name: 'order', at: driver.brand.now(), amount: 9900 },
              properties: { coupon_codes: [String(one?.code).toLowerCase()] },
            },
          },
        ])
        await driver.brand.settle()
      })
      .expectSent('thanks', 'a')
      .do(async ({ brand, db }) => {
        const { figures } = await brand.stores.coupons.get('twenty')
        expect(figures.redeemed).toBe(1)
        expect(db.sqlite.prepare('select order_id from coupons').pluck().get()).toBe('o1')
      })
      .run())

  test('one that is not used is told some days before its end, which a wait hears', () =>
    shop(5, { remindDays: 3 })
      .publish(waits)
      .enter('a')
      .advance('4 days')
      .expectNotSent('remind')
      .advance('1 day')
      .expectSent('remind', 'a')
      .do((driver) => {
        const told = driver.rows<{ name: string }>(
          `select name from events where name like 'coupon%' order by seq`,
        )
        expect(told.map(({ name }) => name)).toEqual(['coupon_claimed', 'coupon_unused'])
      })
      .advance('5 days')
      .do(async (driver) => {
        const told = driver.rows<{ name: string }>(
          `select name from events where name like 'coupon%' order by seq`,
        )
        expect(told.at(-1)?.name).toBe('coupon_expired')
        const { figures } = await driver.brand.stores.coupons.get('twenty')
        expect(figures.expired).toBe(1)
      })
      .run())

  test('the end of a code lets its customer into another journey', () =>
    shop(5)
      .publish(giving(ofBrand))
      .enter('a')
      .publish({
        id: 'late',
        nodes: { in: by.event('coupon_expired'), sorry: by.sms('券已过期'), out: by.exit() },
        flow: ['in -> sorry', 'sorry -> out'],
      })
      .advance('9 days')
      .expectSent('sorry', 'a')
      .run())

  test('a branch behind the coupon knows in the same batch that it was handed out', () => {
    const has = { kind: 'events', event: 'coupon_claimed', op: 'gt', value: 0 }
    return shop(5)
      .publish({
        nodes: {
          in: by.hand(),
          gift: ofBrand,
          ask: ['branch', { branches: [{ id: 'yes', name: { en: 'Yes' }, when: has }] }],
          told: by.sms('有券'),
          out: by.exit(),
        },
        flow: ['in -> gift', 'gift -> ask', 'ask.yes -> told', 'ask.otherwise -> out', 'told -> out'],
      })
      .enter('a')
      .expectSent('told', 'a')
      .run()
  })
})
