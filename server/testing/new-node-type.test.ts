import { expect, test } from 'vitest'
import { createActor, createMachine } from 'xstate'
import { z } from 'zod'
import { compile } from '../../shared/compile/index.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import { journeySchema } from '../../shared/journey/graph.ts'
import { nodeTypes, registry } from '../../shared/nodes/index.ts'
import { defineNode, registryOf } from '../../shared/nodes/type.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import { createEngine } from '../engine/engine.ts'
import { planCache } from '../engine/runtime.ts'
import { alone } from '../ports/claims.ts'
import { rehearse } from '../rehearsal/index.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { createEngineStore } from '../store/sqlite/engine-store.ts'
import { createJourney, publish } from '../store/sqlite/journeys/journeys.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { testClock } from './clock.ts'

/** All that a node type is, in one place: whoever has a city starting with the letters wins. */
const cityDraw = defineNode<{ letters: string }>({
  type: 'city_draw',
  role: 'step',
  category: 'choice',
  name: { 'zh-CN': '城市抽签', en: 'City draw' },
  help: { 'zh-CN': '按城市名分流', en: 'Divides by the name of the city' },
  config: z.strictObject({ letters: z.string().min(1) }),
  defaults: () => ({ letters: '杭' }),
  ports: () => [
    { id: 'won', name: { 'zh-CN': '中签', en: 'Won' } },
    { id: 'lost', name: { 'zh-CN': '未中', en: 'Lost' } },
  ],
  needs: () => ({ customer: true }),
  describe: ({ letters }) => letters,
  decide: ({ letters }, { facts }) => {
    const won = facts.customer.city?.startsWith(letters) === true
    return { kind: 'leave', port: won ? 'won' : 'lost', reason: { code: 'drawn', city: facts.customer.city } }
  },
})

const extended = registryOf([...Object.values(nodeTypes), cityDraw])
const start = Date.parse('2027-03-01T10:00:00+08:00')
const brand = brandSchema.parse({ name: { en: 'Test' }, signature: '测试' })
const everyone = { kind: 'attribute', name: 'customer_id', op: 'is_set' }
const journey = journeySchema.parse({
  format: 1,
  id: 'draw',
  name: { en: 'Draw' },
  nodes: {
    all: {
      type: 'audience_at',
      name: { en: 'All' },
      config: { audience: everyone, at: { kind: 'date', date: '2027-03-02', time: '10:00' } },
    },
    draw: { type: 'city_draw', name: { en: 'Draw' }, config: { letters: '杭' } },
    tell: { type: 'send', name: { en: 'Tell' }, config: { channel: 'sms', text: { 'zh-CN': '您中签了' } } },
    end: { type: 'exit', name: { en: 'End' }, config: {} },
  },
  edges: {
    all: { entered: 'draw' },
    draw: { won: 'tell', lost: 'end' },
    tell: { sent: 'end', not_sent: 'end' },
  },
})

function base() {
  const db = openDatabase(':memory:', { durability: 'off' })
  const insert = db.sqlite.prepare(
    'insert into customers (id, shard, phone, city, updated_at) values (?, 0, ?, ?, 0)',
  )
  for (const [id, city] of ['杭州', '上海', '杭州', '北京'].entries())
    insert.run(String(id), `1990000000${id}`, city)
  return db
}

test('a node type that a registry adds compiles into the machine', () => {
  const options = { now: start, zone: brand.zone, publishing: true }
  expect(compile(journey, { ...options, registry }).ok).toBe(false)
  const compiled = compile(journey, { ...options, registry: extended })
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.diagnostics))
  expect(compiled.table.states.draw).toMatchObject({ 'draw.won': 'tell', 'draw.lost': 'end' })
  const actor = createActor(createMachine(compiled.config)).start()
  for (const type of ['all.entered', 'draw.lost']) actor.send({ type })
  expect(actor.getSnapshot()).toMatchObject({ value: 'end', status: 'done' })
})

test('it is rehearsed', async () => {
  const db = base()
  const request = { journey, start, until: null, assume: 'backtest', controlGroup: true, brand } as const
  const report = await rehearse(rehearsalPorts(db, scratchBase(db)), request, { registry: extended })
  expect(report.nodes.draw?.ports).toEqual({ won: 2, lost: 2 })
  expect(report.nodes.tell?.sent).toBe(2)
})

test('it runs', async () => {
  const db = base()
  const created = createJourney(db, { journey, now: start })
  publish(db, 'draw', { revision: created.revision, now: start, brand, registry: extended })
  const store = createEngineStore(db, scratchBase(db))
  const silent = () => undefined
  const engine = createEngine({
    by: alone(testClock(start)),
    store,
    registry: extended,
    brand: () => brand,
    askModel: () => false,
    batchSize: 3,
    realNow: () => start,
    log: { info: silent, warn: silent, error: silent },
    planFor: planCache(store, extended),
  })
  await engine.tick(start + 86_400_000)
  const ports = db.sqlite
    .prepare("select outcome, count(*) as n from traces where node = 'draw' group by 1 order by 1")
    .all()
  expect(ports).toEqual([
    { outcome: 'lost', n: 2 },
    { outcome: 'won', n: 2 },
  ])
  expect(db.sqlite.prepare('select count(*) as n from messages').get()).toEqual({ n: 2 })
})
