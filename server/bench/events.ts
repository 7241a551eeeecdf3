import { setTimeout as pause } from 'node:timers/promises'
import { seedDemoFile } from '../sandbox/seeding.ts'
import { type BrandDatabase, brandPath, openDatabase } from '../store/sqlite/database.ts'
import { shardOf } from '../store/sqlite/enrollments/shard.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { listeningJourney } from './events-journeys.ts'
import { type HttpCalls, httpCalls } from './http-calls.ts'
import { startServer, stopServer } from './memory.ts'
import { watchPages } from './pages.ts'
import { quantile } from './quantile.ts'
import { type ToldEvent, toldEvents } from './told-events.ts'
import { goLive, openWorld } from './world.ts'

/** Events of one call, and calls under way at the same time. */
const perCall = 500
const atOnce = 4

const eventsPath = '/api/v1/brands/own/events'
const pagePaths = [
  '/healthz',
  '/api/v1/brands/own/journeys',
  `/api/v1/brands/own/journeys/${listeningJourney.id}/figures`,
]

export interface EventFigures {
  /** Events a second, each until the engine has taken it. */
  readonly listening: number
  readonly starting: number
  /** Bare inserts of the same rows a second. */
  readonly floor: number
  /** By path, in milliseconds, while `paced` events a second come in. */
  readonly pages: Readonly<Record<string, { readonly p50: number; readonly p99: number }>>
  readonly paced: number
}

function inCalls(events: readonly ToldEvent[]): string[] {
  const bodies: string[] = []
  for (let from = 0; from < events.length; from += perCall)
    bodies.push(JSON.stringify({ events: events.slice(from, from + perCall) }))
  return bodies
}

/** The same rows by one prepared statement in a loop, a transaction for each call's worth. */
function bareInserts(path: string, members: number, events: readonly ToldEvent[]): number {
  const db = openWorld(path, members)
  const insert = db.sqlite.prepare(
    `insert into events (id, customer_id, shard, name, at, amount, properties, received_at, source, pending)
     values (?, ?, ?, ?, ?, ?, ?, ?, 'api', 0)`,
  )
  const rows = events.map(({ id, customerId, name, at, amount = null, properties }) => [
    ...[id, customerId, shardOf(customerId), name, Date.parse(at), amount, JSON.stringify(properties)],
    Date.parse(at),
  ])
  const write = db.sqlite.transaction((some: readonly (typeof rows)[number][]) => {
    for (const row of some) insert.run(...row)
  })
  const began = performance.now()
  for (let from = 0; from < rows.length; from += perCall) write.immediate(rows.slice(from, from + perCall))
  const seconds = (performance.now() - began) / 1000
  db.close()
  return events.length / seconds
}

/** Tells all as fast as the server takes it; resolves when the engine has taken the last one. */
async function tellAll(calls: HttpCalls, db: BrandDatabase, bodies: readonly string[]): Promise<number> {
  const waiting = db.sqlite.prepare('select 1 from events where pending = 1 limit 1')
  let next = 0
  const tell = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++])
      await calls.call(eventsPath, body)
  }
  const began = performance.now()
  await Promise.all(Array.from({ length: atOnce }, tell))
  while (waiting.get() !== undefined) await pause(20)
  return (performance.now() - began) / 1000
}

/** Tells so many a second, whatever the answers do. */
async function tellPaced(calls: HttpCalls, bodies: readonly string[], perSecond: number): Promise<void> {
  const began = performance.now()
  const told: Promise<number>[] = []
  for (const [index, body] of bodies.entries()) {
    const at = (index * perCall * 1000) / perSecond
    await pause(Math.max(0, at - (performance.now() - began)))
    told.push(calls.call(eventsPath, body))
  }
  await Promise.all(told)
}

function entered(db: BrandDatabase): number {
  return db.sqlite.prepare<[], number>('select count(*) from enrollments').pluck().get() ?? 0
}

/** The real server over a brand of `members`, with a journey listening. */
async function withServer<T>(
  data: string,
  members: number,
  work: (url: string, calls: HttpCalls, db: BrandDatabase) => Promise<T>,
): Promise<T> {
  seedDemoFile(brandPath(data, 'demo'), { members: 50 }, sealDatabase)
  const world = openWorld(brandPath(data, 'own'), members)
  goLive(world, listeningJourney)
  world.close()
  const { url, child } = await startServer(data, { MAGPIE_MODE: 'live' })
  const calls = httpCalls(url)
  const db = openDatabase(brandPath(data, 'own'), { readonly: true })
  try {
    return await work(url, calls, db)
  } finally {
    calls.close()
    db.close()
    await stopServer(child)
  }
}

/** Events by HTTP as fast as they are taken, then at a pace while pages are asked; beside bare inserts. */
export async function measureEvents(
  path: (name: string) => string,
  { events = 60_000, paced = 10_000, seconds = 10 } = {},
): Promise<EventFigures> {
  const members = events
  const past = Date.now() - 60_000
  const listened = toldEvents({ from: 0, to: events }, members, 'listening', past)
  const later = toldEvents({ from: events, to: events + paced * seconds }, members, 'listening', past)
  const floor = bareInserts(path('floor.sqlite'), members, listened)
  const { listening, heard } = await withServer(path('listening'), members, async (url, calls, db) => {
    const took = await tellAll(calls, db, inCalls(listened))
    const { heard } = watchPages({ url, paths: pagePaths, everyMs: 50, forMs: seconds * 1000 })
    await tellPaced(calls, inCalls(later), paced)
    const { times, failures } = await heard
    if (failures.length > 0) throw new Error(failures[0])
    return { listening: events / took, heard: times }
  })
  const starts = toldEvents({ from: 0, to: events }, members, 'starting', past)
  const starting = await withServer(path('starting'), members, async (_url, calls, db) => {
    const took = await tellAll(calls, db, inCalls(starts))
    if (entered(db) !== events) throw new Error(`${entered(db)} of ${events} have entered`)
    return events / took
  })
  const pages = Object.fromEntries(
    Object.entries(heard).map(([page, times]) => [
      page,
      { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
    ]),
  )
  return { listening, starting, floor, pages, paced }
}
