import { existsSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { seedDemoFile } from '../sandbox/seeding.ts'
import { type BrandDatabase, brandPath, openDatabase } from '../store/sqlite/database.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { idsOf } from './base-data.ts'
import { httpCalls } from './http-calls.ts'
import { inHelper } from './in-helper.ts'
import { startServer, stopServer } from './memory.ts'
import { quantile } from './quantile.ts'
import type { SharedBase } from './shared-base.ts'
import { benchStart } from './world.ts'

/** Customers who order, one after the other. */
const orders = 100
/** Nobody is waited for longer than this. */
const patienceMs = 30_000
const eventsPath = '/api/v1/brands/own/events'

async function scoredOnce(path: string): Promise<void> {
  const db = openDatabase(path, { readonly: true })
  const runs = db.sqlite.prepare('select 1 from model_runs').get()
  db.close()
  if (runs === undefined) await inHelper({ kind: 'scoring', path, now: benchStart })
}

/** Looks every millisecond until it is so; answers when that was. */
async function since(began: number, isSo: () => boolean): Promise<number> {
  while (!isSo()) {
    if (performance.now() - began > patienceMs) throw new Error('an event was not taken in time')
    await pause(1)
  }
  return performance.now() - began
}

/** By the index of orders' ids: to walk all events would be what is measured. */
function standing({ sqlite }: BrandDatabase) {
  const taken = sqlite
    .prepare<[string], number>("select seq from events where name = 'order' and id = ? and pending = 0")
    .pluck()
  const scored = sqlite.prepare<[], number>('select last_event from model_runs').pluck()
  return { taken: (id: string) => taken.get(id), scored: () => scored.get() ?? 0 }
}

export interface TagsFigures {
  /** From telling an order until the engine has taken it, and until its customer is scored (milliseconds). */
  readonly eventMs: number
  readonly tagsMs: number
  /** How much the latter is later, of the slowest in a hundred too. */
  readonly more: { readonly p50: number; readonly p99: number }
}

/** How soon the scores of one customer follow an order that the real server is told of, over a base that was scored. */
export async function measureTags({ data, path, customers }: SharedBase): Promise<TagsFigures> {
  await scoredOnce(path)
  const demo = brandPath(data, 'demo')
  if (!existsSync(demo)) seedDemoFile(demo, { members: 50 }, sealDatabase)
  const { url, child } = await startServer(data, { MAGPIE_MODE: 'live' })
  const calls = httpCalls(url)
  const db = openDatabase(path, { readonly: true })
  try {
    const { taken, scored } = standing(db)
    const events: number[] = []
    const tags: number[] = []
    for (const [index, customerId] of idsOf(customers, orders + 1).entries()) {
      const id = `tagged-${index}`
      const order = {
        id,
        customerId,
        name: 'order',
        at: new Date().toISOString(),
        amount: 19_900,
        properties: {},
      }
      const began = performance.now()
      await calls.call(eventsPath, JSON.stringify({ events: [order] }))
      const eventMs = await since(began, () => taken(id) !== undefined)
      const seq = taken(id) ?? 0
      const tagsMs = await since(began, () => scored() >= seq)
      // The first one after a start reads what all later ones know.
      if (index === 0) continue
      events.push(eventMs)
      tags.push(tagsMs)
    }
    const more = tags.map((ms, index) => ms - (events[index] ?? 0))
    return {
      eventMs: quantile(events, 0.5),
      tagsMs: quantile(tags, 0.5),
      more: { p50: quantile(more, 0.5), p99: quantile(more, 0.99) },
    }
  } finally {
    calls.close()
    db.close()
    await stopServer(child)
  }
}
