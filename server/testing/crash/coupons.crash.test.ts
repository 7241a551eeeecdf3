import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { terminalActor } from '../../../shared/audit/actor.ts'
import { couponDefinition } from '../../../shared/coupons/definition.ts'
import { brandSchema } from '../../../shared/journey/brand.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { unit } from '../../../shared/stats/hash.ts'
import { readWholeBrand } from '../../store/sqlite/contents/read.ts'
import { couponStore } from '../../store/sqlite/coupons/store.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { createJourney, publish } from '../../store/sqlite/journeys/journeys.ts'
import { addCustomers } from '../../store/sqlite/seed.ts'
import { writeBrand } from '../../store/sqlite/settings/meta.ts'
import { memberOf } from '../members.ts'
import { soak } from '../patience.ts'
import { by, sketch } from '../sketch.ts'
import { bundleProgram } from './bundle.ts'
import { beginLife, type Life } from './life.ts'
import { fastNow, type SentEvent, type Start } from './protocol.ts'

const kills = 2 * soak
const members = 200
/** Fewer than there are members: the last ones find the pool empty. */
const codes = 150
const random = (...parts: readonly (string | number)[]) => unit(20_270_809, ...parts)

const folder = mkdtempSync(join(tmpdir(), 'magpie-coupons-'))
const path = join(folder, 'own.sqlite')
const start: Start = {
  path,
  clock: { from: Date.parse('2027-03-01T10:00:00+08:00'), since: Date.now(), speed: 600 },
}
const now = fastNow(start)
const key = 'twenty'
const ids = Array.from({ length: members }, (_, index) => `m${index}`)
const given = new Set<string>()
let program: string
let db: BrandDatabase
let pool: readonly string[] = []

async function prepare(): Promise<void> {
  const fresh = openDatabase(path)
  writeBrand(fresh, brandSchema.parse({ name: { 'zh-CN': '小铺' }, signature: '小铺' }))
  addCustomers(
    fresh,
    ids.map((id, index) => memberOf(id, index + 1)),
    now(),
  )
  const coupon = couponDefinition.parse({
    key,
    name: { en: 'Gift' },
    kind: 'amount',
    value: 100,
    validDays: 60,
  })
  const store = couponStore(fresh)
  const act = { actor: terminalActor, at: now(), realAt: now() }
  await store.save(act, { coupon, revision: null })
  await store.makeCodes(act, key, codes)
  pool = fresh.sqlite.prepare<[], string>('select code from coupon_codes').pluck().all()
  const { id, revision } = createJourney(fresh, {
    journey: sketch({
      id: 'giving',
      nodes: { in: by.event('joined'), gift: ['coupon', { coupon: key }], out: by.exit() },
      flow: ['in -> gift', 'gift -> out'],
    }),
    now: now(),
  })
  publish(fresh, id, { revision, now: now(), brand: readWholeBrand(fresh), registry })
  fresh.close()
}

const eventFor = (customerId: string): SentEvent => ({
  customerId,
  event: { id: `joined-${customerId}`, name: 'joined', at: now(), amount: null, properties: {} },
})

/** Gives events in small batches for as long as the life lasts; what was not taken is given again. */
async function feed(life: Life, share: number): Promise<void> {
  const fresh = ids.filter((id) => !given.has(id)).slice(0, share)
  for (let at = 0; at < fresh.length; at += 25) {
    const batch = fresh.slice(at, at + 25)
    await life.give(batch.map(eventFor))
    for (const id of batch) given.add(id)
  }
}

async function liveAndDie(nth: number): Promise<void> {
  const life = beginLife(program, start)
  await life.ready
  await Promise.race([feed(life, Math.ceil(members / (kills * 0.8))), rest(2000)])
  await rest(random('lives', nth) * 120)
  await life.kill()
}

const count = (sql: string): number => db.sqlite.prepare<[], number>(sql).pluck().get() ?? 0

async function finish(): Promise<void> {
  const life = beginLife(program, start)
  await life.ready
  for (const _ of [1, 2]) await feed(life, members)
  const open = `select (select count(*) from enrollments where ended_at is null)
    + (select count(*) from events where pending = 1)`
  const until = Date.now() + 60_000
  while (count(open) > 0 && Date.now() < until) await rest(100)
  await life.kill()
}

beforeAll(async () => {
  program = await bundleProgram('process')
  await prepare()
  for (let nth = 1; nth <= kills; nth += 1) await liveAndDie(nth)
  db = openDatabase(path)
  await finish()
})

afterAll(() => {
  db?.close()
  rmSync(folder, { recursive: true, force: true })
})

describe(`after ${kills} kills while codes are handed out`, () => {
  test('everybody came in once and reached the end', () => {
    expect(count('select count(*) from enrollments')).toBe(members)
    expect(count(`select count(*) from enrollments where status = 'ended'`)).toBe(members)
  })

  test('no code was handed out twice, none was lost, and none came out of nothing', () => {
    const out = db.sqlite.prepare<[], string>('select code from coupons').pluck().all()
    const left = db.sqlite.prepare<[], string>('select code from coupon_codes').pluck().all()
    expect(left).toEqual([])
    expect([...out].sort()).toEqual([...pool].sort())
    expect(count('select count(distinct customer_id) from coupons')).toBe(codes)
  })

  test('what passages, counts and events tell of it is one and the same', () => {
    expect(count(`select count(*) from traces where outcome = 'issued'`)).toBe(codes)
    expect(count(`select count(*) from traces where outcome = 'none_left'`)).toBe(members - codes)
    expect(count(`select count(*) from events where name = 'coupon_claimed'`)).toBe(codes)
    expect(count('select handed_out from coupon_definitions')).toBe(codes)
    expect(count('select remaining from coupon_definitions')).toBe(0)
  })
})
