import { setTimeout as pause } from 'node:timers/promises'
import { type Journey, journeySchema } from '../../shared/journey/graph.ts'
import { seedDemoFile } from '../sandbox/seeding.ts'
import { type BrandDatabase, brandPath, openDatabase } from '../store/sqlite/database.ts'
import { insertEvents } from '../store/sqlite/events/events.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { type HttpCalls, httpCalls } from './http-calls.ts'
import { startServer, stopServer } from './memory.ts'
import { toldEvents } from './told-events.ts'
import { goLive, memberId, openWorld } from './world.ts'

const eventsPath = '/api/v1/brands/own/events'
const dayMs = 86_400_000
/** Members who join and then leave, one after the other. */
const movers = 12
/** Other events a second meanwhile, in calls of so many. */
const besides = 1000
const perCall = 250
/** Nobody is waited for longer than this. */
const patienceMs = 30_000

const name = { 'zh-CN': '人群旅程', en: 'Audience journey' }

/** Let in by joining or leaving those who have spent a thousand within thirty days. */
function movedBy(kind: 'join' | 'leave'): Journey {
  return journeySchema.parse({
    format: 1,
    id: kind,
    name,
    nodes: {
      moved: {
        type: 'audience_at',
        name,
        config: {
          audience: {
            kind: 'events',
            event: 'order',
            where: [],
            measure: 'sum',
            window: { kind: 'last', span: { amount: 30, unit: 'day' }, wholeDays: false },
            op: 'gte',
            value: 100_000,
          },
          at: { kind },
        },
      },
      pause: {
        type: 'wait',
        name,
        config: { until: { kind: 'duration', span: { amount: 1, unit: 'day' } } },
      },
      end: { type: 'exit', name, config: {} },
    },
    edges: { moved: { entered: 'pause' }, pause: { done: 'end' } },
  })
}

/** A base with three orders of each member within the last thirty days, of which some are of the audience. */
function seed(path: string, members: number, now: number): void {
  const db = openWorld(path, members)
  const orders = Array.from({ length: members * 3 }, (_none, index) => ({
    id: `o-${index}`,
    customerId: memberId(index % members),
    name: 'order',
    at: now - ((index * 7_919) % (28 * dayMs)) - dayMs,
    amount: index % 11 === 0 ? 60_000 : 15_000,
    properties: {},
  }))
  insertEvents(db, orders, { source: 'history', receivedAt: now, pending: false })
  for (const kind of ['join', 'leave'] as const) {
    goLive(db, movedBy(kind))
    db.sqlite
      .prepare(`insert into watches (journey_id, node, version, state) values (?, 'moved', 1, 'published')`)
      .run(kind)
  }
  db.close()
}

function tell(calls: HttpCalls, events: readonly object[]): Promise<number> {
  return calls.call(eventsPath, JSON.stringify({ events }))
}

/** How long until somebody has come in (ms). */
async function noticed(db: BrandDatabase, journey: string, customer: string, began: number): Promise<number> {
  const entered = db.sqlite.prepare('select 1 from enrollments where journey_id = ? and customer_id = ?')
  while (performance.now() - began < patienceMs) {
    if (entered.get(journey, customer) !== undefined) break
    await pause(10)
  }
  return performance.now() - began
}

async function traffic(calls: HttpCalls, members: number, goesOn: () => boolean): Promise<void> {
  for (let from = 0; goesOn(); from += perCall) {
    await tell(calls, toldEvents({ from, to: from + perCall }, members, 'listening', Date.now()))
    await pause((perCall * 1000) / besides)
  }
}

export interface JoiningFigures {
  readonly members: number
  /** The longest of all, in milliseconds, from telling the event to being in the journey. */
  readonly join: number
  readonly leave: number
}

/** How soon the real server notices who joins and leaves an audience, while other events come in. */
export async function measureJoining(data: string, members = 20_000): Promise<JoiningFigures> {
  seedDemoFile(brandPath(data, 'demo'), { members: 50 }, sealDatabase)
  seed(brandPath(data, 'own'), members, Date.now())
  const { url, child } = await startServer(data, { MAGPIE_MODE: 'live' })
  const calls = httpCalls(url)
  const db = openDatabase(brandPath(data, 'own'), { readonly: true })
  let goesOn = true
  const others = traffic(calls, members, () => goesOn)
  const outside = db.sqlite
    .prepare<[number], string>(
      `select id from customers where id not in (select customer_id from watch_members where journey_id = 'join')
       order by id desc limit ?`,
    )
    .pluck()
  try {
    const started = db.sqlite.prepare(`select 1 from watches where state <> 'going'`)
    while (started.get() !== undefined) await pause(50)
    let join = 0
    let leave = 0
    for (const customerId of outside.all(movers)) {
      const id = `mover-${customerId}`
      const order = {
        id,
        customerId,
        name: 'order',
        at: new Date().toISOString(),
        amount: 200_000,
        properties: {},
      }
      const ordered = performance.now()
      await tell(calls, [order])
      join = Math.max(join, await noticed(db, 'join', customerId, ordered))
      // The audience of the other journey must have seen the member come before it can see the member go.
      await pause(3000)
      const refund = { id: `back-${customerId}`, customerId, name: 'refund', at: new Date().toISOString() }
      const refunded = performance.now()
      await tell(calls, [{ ...refund, amount: 200_000, properties: { order_id: id } }])
      leave = Math.max(leave, await noticed(db, 'leave', customerId, refunded))
    }
    return { members, join, leave }
  } finally {
    goesOn = false
    await others
    calls.close()
    db.close()
    await stopServer(child)
  }
}
