import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { terminalActor } from '../../shared/audit/actor.ts'
import { compile } from '../../shared/compile/index.ts'
import { type Brand, brandSchema } from '../../shared/journey/brand.ts'
import { type Journey, journeySchema } from '../../shared/journey/graph.ts'
import { registry } from '../../shared/nodes/index.ts'
import type { Act } from '../ports/acts.ts'
import { type BrandDatabase, openDatabase } from '../store/sqlite/database.ts'
import { shardOf } from '../store/sqlite/enrollments/shard.ts'
import { writeBrand } from '../store/sqlite/settings/meta.ts'

/** 2027-03-01 10:00 in Shanghai; the benchmark's clock starts here. */
export const benchStart = Date.parse('2027-03-01T10:00:00+08:00')
export const benchAct: Act = { actor: terminalActor, at: benchStart, realAt: benchStart }
export const dayMs = 86_400_000

/** Enrollments of one batch, and so of one transaction. */
export const batchSize = 1000

export const benchBrand: Brand = brandSchema.parse({
  name: { 'zh-CN': '基准', en: 'Bench' },
  signature: '鹊桥礼物',
  quietHours: null,
})

const text = (zh: string, en: string) => ({ 'zh-CN': zh, en })
const node = (type: string, name: string, config: object) => ({ type, name: text(name, name), config })
const pause = node('wait', '等一天', { until: { kind: 'duration', span: { amount: 1, unit: 'day' } } })
const sms = (words: string) =>
  node('send', '短信', {
    channel: 'sms',
    text: text(`{{ customer.name }}，${words}`, `{{ customer.name }}, ${words}`),
  })
const tierIs = (tier: string) => ({ kind: 'attribute', name: 'tier', op: 'eq', value: tier })

/** Waits, branches and sends in equal parts, three rounds of them. */
export const benchJourney: Journey = journeySchema.parse({
  format: 1,
  id: 'bench',
  name: text('基准旅程', 'Bench journey'),
  variables: { 'customer.tier': {} },
  nodes: {
    list: node('manual', '名单', {}),
    'wait-1': pause,
    'tier-1': node('branch', '等级', {
      branches: [{ id: 'gold', name: text('金卡', 'Gold'), when: tierIs('金卡') }],
    }),
    'gold-1': sms('金卡专享礼盒已为您备好'),
    'all-1': sms('新品礼盒上架，欢迎来看'),
    'wait-2': pause,
    'tier-2': node('branch', '等级', {
      branches: [{ id: 'gold', name: text('金卡', 'Gold'), when: tierIs('金卡') }],
    }),
    'gold-2': sms('礼盒还为您留着'),
    'all-2': sms('礼盒还有少量'),
    'wait-3': pause,
    end: node('exit', '结束', {}),
  },
  edges: {
    list: { entered: 'wait-1' },
    'wait-1': { done: 'tier-1' },
    'tier-1': { gold: 'gold-1', otherwise: 'all-1' },
    'gold-1': { sent: 'wait-2', not_sent: 'wait-2' },
    'all-1': { sent: 'wait-2', not_sent: 'wait-2' },
    'wait-2': { done: 'tier-2' },
    'tier-2': { gold: 'gold-2', otherwise: 'all-2' },
    'gold-2': { sent: 'wait-3', not_sent: 'wait-3' },
    'all-2': { sent: 'wait-3', not_sent: 'wait-3' },
    'wait-3': { done: 'end' },
  },
})

/** The same journey for an audience that comes in at once: four in five of the base. */
export const audienceJourney: Journey = journeySchema.parse({
  ...benchJourney,
  nodes: {
    ...benchJourney.nodes,
    list: node('audience_at', '人群', {
      audience: tierIs('普通'),
      at: { kind: 'date', date: '2027-03-02', time: '10:00' },
    }),
  },
})

/** A folder for the run, removed with everything in it. */
export function scratch(): { path: (name: string) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'magpie-bench-'))
  return {
    path: (name) => join(folder, name),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** A base of `members` with a name, a phone and a tier each. */
export function openWorld(path: string, members: number): BrandDatabase {
  const db = openDatabase(path)
  writeBrand(db, benchBrand)
  const insert = db.sqlite.prepare(
    'insert into customers (id, shard, name, phone, attributes, updated_at) values (?, ?, ?, ?, ?, 0)',
  )
  db.sqlite.transaction(() => {
    for (let index = 0; index < members; index += 1) {
      const id = memberId(index)
      const tier = index % 5 === 0 ? '金卡' : '普通'
      insert.run(
        id,
        shardOf(id),
        `会员${index}`,
        `199${String(index).padStart(8, '0')}`,
        JSON.stringify({ tier }),
      )
    }
  })()
  return db
}

export function memberId(index: number): string {
  return `m${String(index).padStart(7, '0')}`
}

/** Puts the journey into the base as live version 1, as publishing does. */
export function goLive(db: BrandDatabase, journey: Journey): void {
  const compiled = compile(journey, { registry, now: benchStart, zone: benchBrand.zone, publishing: true })
  if (!compiled.ok) throw new Error(`the bench journey has errors: ${JSON.stringify(compiled.diagnostics)}`)
  const text = JSON.stringify(journey)
  db.sqlite
    .prepare(
      `insert into journeys (id, name, status, draft, revision, live_version, created_at, updated_at)
       values (?, ?, 'live', ?, 1, 1, ?, ?)`,
    )
    .run(journey.id, JSON.stringify(journey.name), text, benchStart, benchStart)
  db.sqlite
    .prepare(
      'insert into versions (journey_id, number, hash, graph, transitions, published_at) values (?, 1, ?, ?, ?, ?)',
    )
    .run(journey.id, 'bench', text, JSON.stringify(compiled.table), benchStart)
}
