import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ModelRun } from '../../shared/api/models.ts'
import { terminalActor } from '../../shared/audit/actor.ts'
import { evaluate, needsOf } from '../../shared/conditions/evaluate.ts'
import { noHistory } from '../../shared/conditions/history.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import { limits } from '../../shared/limits.ts'
import { countedAs, hasPosition } from '../../shared/models/position.ts'
import { type ModelName, type ScoreName, type Scores, scoreNames } from '../../shared/models/scores.ts'
import { registry } from '../../shared/nodes/index.ts'
import { unit } from '../../shared/stats/hash.ts'
import { AnalyticalCopy } from '../analytics/copy/copy.ts'
import { inMemory } from '../analytics/copy/files.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { machineElapsed } from '../clock/machine.ts'
import { isReadable } from '../ports/engine.ts'
import { customersReader } from '../store/sqlite/customers/facts.ts'
import { customerStore } from '../store/sqlite/customers/store.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { removeEvent } from '../store/sqlite/events/corrections.ts'
import { freshStore, modelStore, scoringStore } from '../store/sqlite/models/scores.ts'
import { personStore } from '../store/sqlite/persons/store.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { addCustomers, addHistory } from '../store/sqlite/seed.ts'
import { truthOf } from '../store/sqlite/truth/truth.ts'
import { memberOf } from '../testing/members.ts'
import { listModels } from './desk.ts'
import { scoreBase } from './score-base.ts'
import { createScorer } from './scorer.ts'

const zone = 'Asia/Shanghai'
const dayMs = 86_400_000
const now = Date.parse('2026-08-11T10:00:00+08:00')
const realNow = 1_000_000
const clock = { now: () => realNow, elapsed: machineElapsed }

const idOf = (place: number) => `c${String(place).padStart(3, '0')}`

/** A customer buys at a pace of their own, until they leave; the first tenth buys every week and never leaves. */
function ordersOf(place: number) {
  const id = idOf(place)
  const pace = place % 10 === 0 ? 7 : 20 + unit('pace', id) * 120
  const first = 30 + unit('first', id) * 500
  const lost = place % 10 === 0 ? 0 : unit('lost', id) * 300
  const days: number[] = []
  for (let ago = first; ago > lost; ago -= pace * (0.5 + unit('gap', id, days.length))) days.push(ago)
  return days.map((ago, index) => ({
    id: `${id}-${index}`,
    customerId: id,
    name: 'order',
    at: Math.round(now - ago * dayMs),
    amount: 5_000 + Math.round(unit('spend', id, index) * 20_000),
    properties: {
      categories: [unit('taste', id) < 0.5 ? '茶' : '杯'],
      channel: '小程序',
      ...(unit('coupon', id, index) < 0.2 ? { coupon: 'M1' } : {}),
    },
  }))
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-scoring-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function open(name: string, customers: number): BrandDatabase {
  const db = openDatabase(join(folder, `${name}.sqlite`), { durability: 'off' })
  const places = Array.from({ length: customers }, (_, place) => place)
  addCustomers(
    db,
    places.map((place) => memberOf(idOf(place), place)),
    now,
  )
  addHistory(db, places.flatMap(ordersOf))
  return db
}

async function scored(db: BrandDatabase, at = now): Promise<ModelRun> {
  const base = new AnalyticalCopy({ truth: truthOf(db), file: inMemory })
  try {
    return await scoreBase({
      ...{ base, store: scoringStore(db) },
      ...{ now: at, zone, currency: 'CNY', language: 'zh-CN', clock },
      onProgress: () => undefined,
      rest: async () => undefined,
    })
  } finally {
    await base.close()
  }
}

const reportOf = (run: ModelRun, name: ModelName) => {
  const found = run.models.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no report of ${name}`)
  return found
}

const buyers = (db: BrandDatabase) =>
  db.sqlite.prepare('select count(distinct customer_id) from events').pluck().get()

const story = (db: BrandDatabase, id: string) => customerStore(db, scratchBase(db)).story(id, registry)
const scoreOf = async (db: BrandDatabase, id: string, name: ScoreName) =>
  (await story(db, id)).scores?.values.find((one) => one.name === name)?.value ?? null

describe('a base that has been scored', () => {
  let db: BrandDatabase
  let run: ModelRun
  beforeAll(async () => {
    db = open('base', 600)
    run = await scored(db)
  })
  afterAll(() => db.close())

  test('has all models fitted, and tells of each how customers are distributed', () => {
    expect(run).toMatchObject({ until: '2026-08-11', customers: buyers(db), sampled: buyers(db) })
    expect(run.models.map(({ state }) => state)).toEqual(new Array(7).fill('fitted'))
    for (const { name, distributions } of run.models)
      for (const { score, customers, bars } of distributions) {
        const all = bars.reduce((sum, bar) => sum + bar.customers, 0)
        expect([name, score, all]).toEqual([name, score, customers])
      }
    const told = run.models.flatMap(({ distributions }) => distributions.map(({ score }) => score))
    const unanswered = scoreNames.filter((name) => name !== 'score_response_channel')
    expect(new Set(told)).toEqual(new Set(unanswered))
  })

  test('tells of each score that is more or less where it stands among those of all, and of no other', async () => {
    const kept = db.sqlite
      .prepare<[], { id: string; scores: string }>('select customer_id as id, scores from scores')
      .all()
    const all = kept.map(({ scores }): Scores => JSON.parse(scores))
    const some = kept.filter((_, index) => index % 40 === 0)
    const told = await Promise.all(some.map(({ id }) => story(db, id)))
    for (const { name, value, position } of told.flatMap(({ scores }) => scores?.values ?? [])) {
      expect([name, position !== null]).toEqual([name, hasPosition(name)])
      if (position === null) continue
      const own = all.flatMap((scores) => {
        const one = scores[name]
        return one === undefined ? [] : [countedAs(name, one)]
      })
      const less = own.filter((one) => one < countedAs(name, value)).length / own.length
      expect(position.customers).toBe(own.length)
      expect(Math.abs(position.below - less)).toBeLessThanOrEqual(0.01)
    }
  })

  test('says how well it did on days that it had not seen', () => {
    const { quality } = reportOf(run, 'propensity')
    expect(quality?.auc).toBeGreaterThan(0.6)
    expect(quality?.lift).toBeGreaterThan(1.5)
    const { forecast } = reportOf(run, 'bg-nbd')
    expect(forecast?.steps).toHaveLength(12)
    expect((forecast?.expected ?? 0) / (forecast?.actual ?? 1)).toBeGreaterThan(0.5)
    expect((forecast?.expected ?? 9) / (forecast?.actual ?? 1)).toBeLessThan(2)
    const worth = reportOf(run, 'gamma-gamma').forecast
    expect((worth?.expected ?? 0) / (worth?.actual ?? 1)).toBeCloseTo(1, 0)
  })

  test('is what the last run is from then on', async () => {
    expect(await modelStore(db).lastRun()).toEqual(run)
  })

  test('gives whoever buys every week the best, and tells why', async () => {
    expect(await scoreOf(db, idOf(10), 'score_rfm_segment')).toBe('champions')
    expect(await scoreOf(db, idOf(10), 'score_rfm_recency')).toBe(5)
    expect(await scoreOf(db, idOf(10), 'score_stage')).toBe('active')
    expect(await scoreOf(db, idOf(10), 'score_propensity')).toBeGreaterThan(80)
    expect(await scoreOf(db, idOf(10), 'score_channel')).toBe('小程序')
    const { scores } = await story(db, idOf(10))
    expect(scores?.at).toBe(realNow)
    expect(scores?.reasons).toHaveLength(3)
  })

  test('lets conditions ask for every score, over the base and one by one alike', async () => {
    const moment = { now, zone, anchors: {} }
    const context = { ...moment, enteredAt: null }
    const ids = Array.from({ length: 600 }, (_, place) => idOf(place))
    const base = scratchBase(db)
    const { source } = rehearsalPorts(db, base)
    const asked: Condition[] = [
      { kind: 'attribute', name: 'score_rfm_segment', op: 'in', value: ['champions', 'faded'] },
      { kind: 'attribute', name: 'score_rfm_frequency', op: 'gte', value: 4 },
      { kind: 'attribute', name: 'score_stage', op: 'ne', value: 'lost' },
      { kind: 'attribute', name: 'score_stage', op: 'eq', value: 'prospect' },
      { kind: 'attribute', name: 'score_purchases', op: 'gt', value: 1.5 },
      { kind: 'attribute', name: 'score_churn', op: 'lt', value: 0.2 },
      { kind: 'attribute', name: 'score_lifetime_value', op: 'gte', value: 500 },
      { kind: 'attribute', name: 'score_propensity', op: 'gte', value: 91 },
      { kind: 'not', of: { kind: 'attribute', name: 'score_category', op: 'eq', value: '茶' } },
      { kind: 'attribute', name: 'score_hour', op: 'is_set' },
    ]
    for (const condition of asked) {
      const found = await base.ask('select', { condition, moment })
      const members = await source.members(ids, needsOf([condition]), null)
      const passing = ids.filter((id) => {
        const facts = members.get(id)
        return (
          facts !== undefined && evaluate(condition, { ...facts, history: noHistory, entry: {} }, context)
        )
      })
      expect(found).toEqual(passing)
      expect(found.length).toBeGreaterThan(0)
      expect(found.length).toBeLessThanOrEqual(600)
    }
  })

  test('offers its scores to conditions and texts by their names, but leaves no trace among the fields of files', async () => {
    const { attributes } = await customerStore(db, scratchBase(db)).vocabulary()
    const segments = attributes.find(({ name }) => name === 'score_rfm_segment')?.examples
    expect(segments).toContain('champions')
    const fields = await customerStore(db, scratchBase(db)).attributes()
    expect(fields.attributes.find(({ name }) => name === 'score_stage')).toMatchObject({
      ...{ type: 'text', builtIn: true, filled: 600 },
    })
    const customer = customersReader(db.sqlite)([idOf(10)]).get(idOf(10))
    if (customer === undefined || !isReadable(customer)) throw new Error('a customer is there')
    expect(customer.attributes).toMatchObject({ score_stage: 'active' })
    const stored = db.sqlite.prepare('select attributes from customers where id = ?').pluck().get(idOf(10))
    expect(stored).toBe('{}')
  })
})

describe('an order that comes in', () => {
  let db: BrandDatabase
  beforeEach(async () => {
    db = open('fresh', 150)
    await scored(db)
    return () => {
      db.close()
      rmSync(db.path)
    }
  })

  const scorer = () =>
    createScorer({
      store: freshStore(db),
      brand: () => ({ zone, currency: 'CNY' }),
      ...{ now: () => now, realNow: () => realNow + 5 },
      stopping: () => false,
      rest: async () => undefined,
    })
  const lost = () => {
    const row = db.sqlite
      .prepare<[], string>(`select customer_id from scores where scores ->> 'score_stage' = 'lost' limit 1`)
      .pluck()
      .get()
    if (row === undefined) throw new Error('somebody is lost')
    return row
  }
  const order = (customerId: string, id: string) => ({
    ...{ id, customerId, name: 'order', at: now - 1000, amount: 9_000, properties: {} },
  })
  const refund = (customerId: string, id: string, amount: number) => ({
    ...{ id: `r-${id}`, customerId, name: 'refund', at: now, amount, properties: { order_id: id } },
  })

  test('scores its customer anew, and nobody else', async () => {
    const id = lost()
    const others = db.sqlite.prepare('select * from scores where customer_id <> ? order by 1')
    const before = others.all(id)
    addHistory(db, [order(id, 'new')])
    await scorer().run()
    expect(await scoreOf(db, id, 'score_stage')).toBe('active')
    expect(await scoreOf(db, id, 'score_rfm_recency')).toBe(5)
    expect((await story(db, id)).scores?.at).toBe(realNow + 5)
    expect(others.all(id)).toEqual(before)
  })

  test('a merge, its undoing and a correction score whoever they are of anew', async () => {
    const persons = personStore(db)
    const act = { actor: terminalActor, at: now, realAt: now }
    const [into, from] = [lost(), idOf(10)]
    const scores = db.sqlite.prepare('select customer_id, scores from scores order by 1')
    const before = scores.all()
    const { merge } = await persons.merge(act, { from, into }, { now, changes: [] })
    await scorer().run()
    expect(await scoreOf(db, into, 'score_stage')).toBe('active')
    await persons.undo(act, merge.id)
    await scorer().run()
    expect(scores.all()).toEqual(before)
    const [id] = db.sqlite
      .prepare<[string], string>(`select id from events where customer_id = ? and name = 'order'`)
      .pluck()
      .all(from)
    removeEvent(db, { customerId: from, name: 'order', id: id ?? '' })
    await scorer().run()
    expect(scores.all()).not.toEqual(before)
    expect(db.sqlite.prepare('select count(*) from to_score').pluck().get()).toBe(0)
  })

  test('makes a prospect again of whom nothing is left of what was bought', async () => {
    const id = 'c-new'
    addCustomers(db, [memberOf(id, 999)], now)
    addHistory(db, [order(id, 'only')])
    await scorer().run()
    expect(await scoreOf(db, id, 'score_rfm_frequency')).not.toBeNull()
    addHistory(db, [refund(id, 'only', 9_000)])
    await scorer().run()
    const prospect = [{ name: 'score_stage', value: 'prospect', position: null }]
    expect((await story(db, id)).scores?.values).toEqual(prospect)
    await scored(db)
    expect((await story(db, id)).scores?.values).toEqual(prospect)
  })

  const click = (customerId: string, id: string) => ({
    ...{ id, customerId, name: 'message_clicked', at: now - 60_000, amount: null },
    properties: { channel: 'email', message_id: '1' },
  })

  test('is no more waited for than a click of whoever has bought', async () => {
    const id = lost()
    addHistory(db, [click(id, 'k1')])
    await scorer().run()
    expect(await scoreOf(db, id, 'score_response_channel')).toBe('email')
  })

  test('is not needed for a stage: whoever is new is a prospect at once, and by night the same', async () => {
    addCustomers(db, [memberOf('c-looks', 998)], now)
    addHistory(db, [click('c-looks', 'k2')])
    await scorer().run()
    const kept = db.sqlite.prepare(`select * from scores where customer_id = 'c-looks'`)
    const { scores, silent } = await story(db, 'c-looks')
    expect(scores?.values).toEqual([{ name: 'score_stage', value: 'prospect', position: null }])
    expect(silent.map(({ model, reason }) => `${model} ${reason}`)).toEqual(
      ['rfm', 'bg-nbd', 'gamma-gamma', 'propensity', 'habits', 'groups'].map(
        // A base so small does not tell enough for the propensity.
        (name) => `${name} ${name === 'propensity' ? 'too-little' : 'needs-order'}`,
      ),
    )
    const before = kept.all()
    const run = await scored(db)
    expect(kept.all()).toEqual(before)
    const [stages] = reportOf(run, 'stage').distributions
    const everybody = db.sqlite.prepare('select count(*) from customers').pluck().get()
    expect(stages).toMatchObject({ customers: everybody })
    expect(run.customers + (stages?.bars.find(({ value }) => value === 'prospect')?.customers ?? 0)).toBe(
      everybody,
    )
  })

  test('leaves no score behind of whoever is erased before their turn has come', async () => {
    addCustomers(db, [memberOf('c-gone', 997)], now)
    db.sqlite.prepare(`delete from customers where id = 'c-gone'`).run()
    await scorer().run()
    expect(db.sqlite.prepare(`select count(*) from scores where customer_id = 'c-gone'`).pluck().get()).toBe(
      0,
    )
  })

  test('is scored by the next process where the one that took it in has died', async () => {
    const id = lost()
    addHistory(db, [order(id, 'late')])
    const before = await scoreOf(db, id, 'score_stage')
    const again = openDatabase(db.path, { durability: 'off' })
    try {
      await createScorer({
        store: freshStore(again),
        brand: () => ({ zone, currency: 'CNY' }),
        ...{ now: () => now, realNow: () => realNow, stopping: () => false, rest: async () => undefined },
      }).run()
    } finally {
      again.close()
    }
    expect([before, await scoreOf(db, id, 'score_stage')]).toEqual(['lost', 'active'])
  })

  test('comes with a thousand others and all are scored, in a few pieces', async () => {
    const ids = Array.from({ length: 150 }, (_, place) => idOf(place))
    addHistory(
      db,
      Array.from({ length: 1_200 }, (_, index) => order(ids[index % 150] ?? '', `many-${index}`)),
    )
    let pieces = 0
    await createScorer({
      store: freshStore(db),
      brand: () => ({ zone, currency: 'CNY' }),
      ...{ now: () => now, realNow: () => realNow, stopping: () => false },
      rest: async () => {
        pieces += 1
      },
    }).run()
    expect(pieces).toBeLessThan(10)
    for (const id of ids) expect(await scoreOf(db, id, 'score_rfm_recency')).toBe(5)
  })

  test('behind more than anybody waits for is scored beside other work, and not left to the night', async () => {
    const id = lost()
    const many = limits.freshEvents.value + 1
    addHistory(
      db,
      Array.from({ length: many }, (_, index) => ({ ...order(id, `noted-${index}`), name: 'noted' })),
    )
    addHistory(db, [order(id, 'after-many')])
    const desk = { stores: { models: modelStore(db) }, scoring: { running: () => null, failed: () => null } }
    expect(await listModels(desk)).toMatchObject({ running: null, waiting: many + 1 })
    const own = scorer()
    expect(await own.run()).toBe(0)
    await own.stop()
    expect(await scoreOf(db, id, 'score_stage')).toBe('active')
    expect(await listModels(desk)).toMatchObject({ waiting: 0 })
  })

  test('changes what is kept of no other when everybody is scored again', async () => {
    const log = db.sqlite.prepare('select count(*) from changes').pluck()
    await scored(db)
    const before = log.get()
    await scored(db)
    expect(log.get()).toBe(before)
    addHistory(db, [order(lost(), 'one')])
    await scorer().run()
    expect(Number(log.get()) - Number(before)).toBe(1)
  })

  test('is looked at once', async () => {
    addHistory(db, [order(lost(), 'once')])
    expect(await scorer().run()).toBeGreaterThan(0)
    expect(await scorer().run()).toBe(0)
  })
})

describe('a brand with too little to go by', () => {
  test('is told so by each model, and nobody gets a score that was guessed', async () => {
    const db = open('few', 20)
    const run = await scored(db)
    expect(run.models.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'rfm too-little',
      'stage too-little',
      'bg-nbd too-little',
      'gamma-gamma too-little',
      'propensity too-little',
      'habits fitted',
      'groups too-little',
    ])
    for (const { state, problem } of run.models) expect(problem === null).toBe(state === 'fitted')
    expect(await scoreOf(db, idOf(10), 'score_rfm_segment')).toBeNull()
    expect(await scoreOf(db, idOf(10), 'score_channel')).toBe('小程序')
    db.close()
  })

  test('without a single order is no failure', async () => {
    const db = open('none', 0)
    const run = await scored(db)
    expect(run.customers).toBe(0)
    expect(run.models.every(({ state }) => state === 'too-little')).toBe(true)
    db.close()
  })
})
