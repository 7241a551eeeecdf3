import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { limits } from '../../../shared/limits.ts'
import { testClock } from '../clock.ts'
import { by, sketch } from '../sketch.ts'
import { expectProblem, openTestApp, publishJourney, startAt, type TestApp } from './harness.ts'
import { handset, invitedBy } from './invited.ts'

let server: TestApp
let people: ReturnType<typeof invitedBy>
beforeEach(async () => {
  server = await openTestApp()
  people = invitedBy(server)
})
afterEach(() => server.close())

async function order(customerId: string, amount: number, id = `order-${customerId}`) {
  const told = { customerId, id, name: 'order', amount, properties: {} }
  expect((await server.ask('POST', '/events', { events: [told] })).body).toMatchObject({ accepted: 1 })
}

describe('a referral programme by the API', () => {
  test('is made, changed by whoever has seen it, and refused to whoever has not', async () => {
    expect((await people.save()).status).toBe(200)
    expectProblem(await people.save(), 409, 'referral-exists')
    expect((await people.save({ most: 5 }, 1)).body).toMatchObject({ revision: 2, referral: { most: 5 } })
    expectProblem(await people.save({ most: 9 }, 1), 409, 'referral-stale')
  })

  test('what makes no sense is refused with its place', async () => {
    const refused = async (more: object) => JSON.stringify((await people.save(more)).body)
    expect(await refused({ from: '2026-09-01', until: '2026-08-01' })).toContain('referral.until')
    expect(await refused({ tiers: [{ count: 3 }, { count: 3 }] })).toContain('referral.tiers')
    expect(await refused({ inviter: { coupon: 'nowhere' } })).toContain('coupon-unknown')
  })

  test('goes as long as nobody has a link', async () => {
    await people.save()
    await people.linkOf('m1')
    expectProblem(await server.ask('DELETE', '/referrals/friends'), 409, 'referral-begun')
  })

  test('each customer has one link, the same whenever it is asked for, which nobody guesses', async () => {
    await people.save()
    const first = await people.linkOf('m1')
    expect(await people.linkOf('m1')).toEqual(first)
    expect((await people.linkOf('m2')).code).not.toBe(first.code)
    expect(first.url).toMatch(/^http:\/\/localhost:3000\/r\/[\w-]{11}$/)
    expectProblem(
      await server.ask('POST', '/referrals/friends/links', { customerId: 'x' }),
      422,
      'unknown-customer',
    )
  })
})

describe('the page of somebody who invites', () => {
  test('speaks the language of the browser, and the other one where it is asked to', async () => {
    await people.save()
    const { code } = await people.linkOf('m1')
    const zh = await people.open(code, { ...handset, 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' })
    expect(zh.text).toContain('lang="zh-CN"')
    expect(zh.text).toContain('立即领取')
    const en = await people.open(code, { ...handset, 'accept-language': 'en-GB,en;q=0.9' })
    expect(en.text).toContain('Get it')
    expect((await server.ask('GET', `/r/${code}?lang=en`)).text).toContain('Get it')
  })

  test('runs no script, asks for consent before the number, and shows no word as markup', async () => {
    await people.save({ page: { title: { en: '<script>alert(1)</script>' } } })
    const { code } = await people.linkOf('m1')
    const { text, headers } = await people.open(code)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(text).not.toContain('<script')
    expect(text.indexOf('name="agree"')).toBeLessThan(text.indexOf('name="phone"'))
    expect(text).not.toContain('会员1')
  })

  test('who leaves a number and agrees becomes a customer who may be written to, and both are rewarded', async () => {
    await people.save()
    const { code } = await people.linkOf('m1')
    expect((await people.leave(code, '138 0013 8000')).text).toContain('登记成功')
    const id = people.customerBy('+8613800138000') ?? people.customerBy('13800138000') ?? ''
    expect(id).toMatch(/^ref_/)
    expect(people.rows('select consent_sms as consent from customers where id = ?', id)).toEqual([
      { consent: 1 },
    ])
    await people.settle()
    expect(people.tagsOf(id)).toEqual(['受邀'])
    expect(people.tagsOf('m1')).toContain('邀请人')
    expect(people.eventsOf(id).map(({ name }) => name)).toEqual(['referral_joined', 'referral_rewarded'])
    expect(people.eventsOf('m1')).toMatchObject([
      { name: 'referral_invited', referral: 'friends', count: 1 },
      { name: 'referral_rewarded', role: 'inviter', count: 1 },
    ])
    expect(await people.list()).toMatchObject([{ invited: id, inviter: 'm1', state: 'rewarded' }])
  })

  test('without consent nothing is kept; what was typed stands there again', async () => {
    await people.save()
    const { code } = await people.linkOf('m1')
    const answer = await people.leave(code, '13800138000', {})
    expect([
      answer.status,
      answer.text.includes('请先阅读并勾选同意'),
      answer.text.includes('value="13800138000"'),
    ]).toEqual([400, true, true])
    expect(await people.list()).toEqual([])
    const wrong = await people.leave(code, '12')
    expect([wrong.status, wrong.text.includes('这不是手机号')]).toEqual([400, true])
  })

  test('tells nobody who is a customer: the answer is the same, and nobody is rewarded', async () => {
    await people.save()
    const { code } = await people.linkOf('m1')
    const fresh = await people.leave(code, '13800138000')
    const known = await people.leave(code, '19900000003')
    expect(known.text).toBe(fresh.text)
    await people.settle()
    expect(people.tagsOf('m3')).toEqual([])
    expect(await people.list('refused')).toMatchObject([{ invited: 'm3', reason: 'known' }])
  })

  test('the same number twice, and by another link, stays with the first inviter', async () => {
    await people.save()
    const [one, two] = [await people.linkOf('m1'), await people.linkOf('m2')]
    await people.leave(one.code, '13800138000')
    await people.leave(one.code, '13800138000')
    await people.leave(two.code, '13800138000')
    await people.settle()
    expect(await people.list()).toMatchObject([{ inviter: 'm1', state: 'rewarded' }])
    expect(people.tagsOf('m2')).toEqual([])
  })

  test('outside its days it says so, and takes nobody in', async () => {
    await people.save()
    const { code } = await people.linkOf('m1')
    await people.save({ until: '2026-08-10' }, 1)
    expect((await people.open(code)).status).toBe(410)
    expect((await people.leave(code, '13800138000')).status).toBe(410)
    expect(people.customerBy('13800138000')).toBeNull()
  })

  test('a code that was guessed says nothing, and whoever guesses is held back', async () => {
    const answers = []
    for (let at = 0; at <= limits.linkGuesses.value; at += 1)
      answers.push((await people.open(`guess${String(at).padStart(6, '0')}`)).status)
    expect(answers.slice(0, -1)).toEqual(Array(limits.linkGuesses.value).fill(404))
    expect(answers.at(-1)).toBe(429)
  })

  test('who fills in the form by the dozen is held back, and may come again a minute later', async () => {
    await server.close()
    const clock = testClock(startAt)
    server = await openTestApp({ clock })
    people = invitedBy(server)
    await people.save()
    const { code } = await people.linkOf('m1')
    const phone = (at: number) => `138001380${String(at).padStart(2, '0')}`
    for (let at = 0; at < limits.referralJoins.value; at += 1) await people.leave(code, phone(at))
    const braked = await people.leave(code, phone(99))
    expect([braked.status, Number(braked.headers['retry-after']) > 0]).toEqual([429, true])
    expect(people.customerBy(phone(99))).toBeNull()
    clock.advance(60_001)
    expect((await people.leave(code, phone(99))).status).toBe(200)
  })

  test('people who open it are counted, programs are not', async () => {
    await people.save()
    const { code } = await people.linkOf('m1')
    await people.open(code)
    await people.open(code)
    await people.open(code, { 'user-agent': 'WhatsApp/2.23.20.0' })
    await server.restart()
    expect(await people.figures()).toMatchObject({ opened: 2, inviters: 1 })
  })
})

describe('its pictures', () => {
  test('the poster is a PNG with the code in it, the same until the programme is changed', async () => {
    await people.save()
    const { code } = await people.linkOf('m1')
    const answer = await server.app.inject({ url: `/r/${code}/poster.png` })
    const { format, width } = await sharp(answer.rawPayload).metadata()
    expect([answer.statusCode, format, width]).toEqual([200, 'png', 750])
    const qr = await server.ask('GET', `/r/${code}/qr.svg`)
    expect(qr.text).toMatch(/^<svg .*<path d="M/)
  })
})

describe('who is rewarded', () => {
  test('where the invited must buy, both are once an order comes that is large enough', async () => {
    await people.save({ asks: 'order', minOrder: 5000 })
    const { code } = await people.linkOf('m1')
    await people.join(code, 'm5')
    await order('m5', 4900, 'small')
    await people.settle()
    expect(await people.list()).toMatchObject([{ state: 'waiting' }])
    await order('m5', 5000, 'large')
    await order('m5', 9000, 'third')
    await people.settle()
    expect(await people.list()).toMatchObject([{ state: 'rewarded' }])
    expect(people.rows('select * from referral_rewards')).toHaveLength(2)
  })

  test('coupons come out of their pools; what a pool lacks is told, and given once there are codes', async () => {
    const coupon = {
      key: 'gift',
      name: { en: 'Gift' },
      kind: 'amount',
      value: 1000,
      validDays: 7,
      perPerson: null,
    }
    await server.ask('PUT', '/coupons/gift', { coupon, revision: null })
    await server.ask('POST', '/coupons/gift/codes', { codes: ['GIFT-0001'] })
    await people.save({ invited: { coupon: 'gift' }, inviter: { coupon: 'gift' } })
    await people.join((await people.linkOf('m1')).code, 'm5')
    await people.settle()
    expect(await people.figures()).toMatchObject({ rewards: 2, lacking: 1, value: 1000 })
    const report = await server.ask('GET', '/referrals/friends/report')
    expect(report.body).toMatchObject({
      inviters: [{ customerId: 'm1', joined: 1, rewarded: 1 }],
      lacks: [{ coupon: 'gift', lack: 'none_left', count: 1 }],
    })
    await server.ask('POST', '/coupons/gift/codes', { codes: ['GIFT-0002'] })
    await people.settle()
    expect(await people.figures()).toMatchObject({ lacking: 0, value: 2000 })
    expect((await server.ask('GET', '/customers/m1/coupons')).body).toMatchObject({
      codes: [{ code: 'GIFT-0002' }],
    })
  })

  test('tiers are given once, and nobody is rewarded for more than the most', async () => {
    await people.save({
      most: 2,
      tiers: [
        { count: 1, tag: '一' },
        { count: 3, tag: '三' },
      ],
    })
    const { code } = await people.linkOf('m1')
    for (const id of ['m3', 'm4', 'm5']) {
      await people.join(code, id)
      await people.settle()
    }
    expect(people.tagsOf('m1')).toEqual(expect.arrayContaining(['一', '三', '邀请人']))
    const own = people.rows<{ of: string }>(
      `select of from referral_rewards where customer_id = 'm1' order by of`,
    )
    expect(own.map(({ of }) => of.replace(/:.{36}$/, ''))).toEqual(['invited', 'invited', 'tier:1', 'tier:3'])
  })
})

describe('what a person has to look at', () => {
  test('self-invites, by the same record or the same number, are held and rewarded only if accepted', async () => {
    await people.save({ counts: 'anyone' })
    const { code } = await people.linkOf('m1')
    await people.leave(code, '19900000001')
    await people.settle()
    const [held] = await people.list('held')
    expect(held).toMatchObject({ invited: 'm1', reason: 'self' })
    expect(people.tagsOf('m1')).toEqual([])
    expect(people.eventsOf('m1')).toMatchObject([{ name: 'referral_held', reason: 'self' }])
    expect((await people.decide(held?.id ?? '', false)).body).toMatchObject({ state: 'refused' })
    expectProblem(await people.decide(held?.id ?? '', true), 409, 'referral-decided')
    await people.settle()
    expect(people.tagsOf('m1')).toEqual([])
  })

  test('a circle is held, also over others; accepted, it counts', async () => {
    await people.save({ counts: 'anyone' })
    const codes = {
      m1: (await people.linkOf('m1')).code,
      m2: (await people.linkOf('m2')).code,
      m3: (await people.linkOf('m3')).code,
    }
    await people.join(codes.m1, 'm2')
    await people.join(codes.m2, 'm3')
    expect((await people.join(codes.m3, 'm1')).body).toMatchObject({ state: 'held', reason: 'circle' })
    await people.settle()
    expect(await people.figures()).toMatchObject({ states: { held: 1, rewarded: 2 } })
    const [held] = await people.list('held')
    await people.decide(held?.id ?? '', true)
    await people.settle()
    expect(await people.figures()).toMatchObject({ states: { held: 0, rewarded: 3 } })
    const log = await server.ask('GET', '/audit')
    expect(JSON.stringify(log.body)).toContain('referral.decided')
  })

  test('two who turn out to be one are held, if nobody was rewarded yet', async () => {
    await people.save({ asks: 'order' })
    await people.join((await people.linkOf('m1')).code, 'm5')
    await server.ask('POST', '/customers/merge', { from: 'm5', into: 'm1' })
    await order('m1', 100)
    await people.settle()
    const all = await people.list()
    expect(all).toMatchObject([{ invited: 'm1', state: 'held', reason: 'self' }])
  })
})

test('an erased inviter leaves no name, and whom they invited keep what they got', async () => {
  await people.save()
  await people.join((await people.linkOf('m1')).code, 'm5')
  await people.settle()
  await server.ask('POST', '/erasures', { customerIds: ['m1'] })
  await server.own.settle()
  expect(people.tagsOf('m5')).toEqual(['受邀'])
  expect(people.rows('select * from referral_codes')).toEqual([])
  expect(await people.list()).toMatchObject([{ invited: 'm5', inviter: null, state: 'rewarded' }])
})

describe('a link in a message', () => {
  const told = (text: string) =>
    sketch({
      id: 'inviting',
      nodes: { in: by.hand(), tell: by.sms(text), out: by.exit() },
      flow: ['in -> tell', 'tell -> out'],
    })
  const said = () =>
    people.rows<{ customer: string; body: string }>('select customer_id as customer, body from messages')

  test('is each reader’s own, the one that the programme gives them, and the same in the next message', async () => {
    await server.own.linksAt('https://m.example')
    await people.save()
    const { id } = await publishJourney(server, told('邀请好友 {{ referral.friends.link }} 有礼'))
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1', 'm2'] })
    await people.settle()
    const bodies = said()
    expect(bodies).toHaveLength(2)
    for (const { customer, body } of bodies) {
      const { url } = await people.linkOf(customer)
      expect(url).toMatch(/^https:\/\/m\.example\/r\/[\w-]{11}$/)
      expect(body).toContain(`${url} `)
    }
    const code = /\/r\/([\w-]{11})/.exec(bodies[0]?.body ?? '')?.[1] ?? ''
    expect((await people.open(code)).status).toBe(200)
  })

  test('in a preview stands for an example, and makes none', async () => {
    await server.own.linksAt('https://m.example')
    await people.save()
    const journey = told('邀请好友 {{ referral.friends.link }}')
    const answer = await server.ask('POST', '/preview', { journey, node: 'tell', customerId: 'm1' })
    expect(JSON.stringify(answer.body)).not.toContain('~~~~')
    expect(people.rows('select * from referral_codes')).toEqual([])
  })

  test('of a programme that is not there keeps the journey from being published', async () => {
    await people.save()
    const file = JSON.stringify(told('来 {{ referral.nobody.link }}'))
    const made = await server.ask<{ journey: { id: string } }>('POST', '/journeys', { file })
    const { id } = made.body.journey
    const found = await server.ask('POST', `/journeys/${id}/check`)
    expect(JSON.stringify(found.body)).toContain('referral-not-there')
  })
})
