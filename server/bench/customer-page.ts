import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { seedDemoFile } from '../sandbox/seeding.ts'
import { brandPath, openDatabase } from '../store/sqlite/database.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { idsOf } from './base-data.ts'
import { httpCalls } from './http-calls.ts'
import { freePort, startServer, stopServer } from './memory.ts'
import { quantile } from './quantile.ts'
import type { SharedBase } from './shared-base.ts'

/** Customers looked at, one after the other. */
const looks = 200

/** What the page of one customer asks for as it opens. */
const panels = (id: string) => [
  `/api/v1/brands/own/customers/${id}`,
  `/api/v1/brands/own/customers/${id}/timeline`,
]

/** One customer's row and orders by two bare statements, over HTTP (milliseconds each). */
async function bareLooks(path: string, ids: readonly string[]): Promise<number[]> {
  const { sqlite, close } = openDatabase(path, { readonly: true })
  const customer = sqlite.prepare<[string]>('select * from customers where id = ?')
  const events = sqlite.prepare<[string]>(
    'select * from events where customer_id = ? order by at desc limit 50',
  )
  const server = createServer((request, answer) => {
    const id = (request.url ?? '').slice(1)
    answer.setHeader('content-type', 'application/json')
    answer.end(JSON.stringify({ customer: customer.get(id), events: events.all(id) }))
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const calls = httpCalls(`http://127.0.0.1:${port}`)
  const times: number[] = []
  for (const id of ids) times.push(await calls.call(`/${id}`))
  calls.close()
  await new Promise((resolve) => server.close(resolve))
  close()
  return times
}

export interface PageFigures {
  /** In milliseconds, of the profile and all that stands beside it, asked for at once. */
  readonly p50: number
  readonly p99: number
  readonly floor: number
}

/** One customer's page by the real server over the base, beside a bare look at the same rows over HTTP. */
export async function measureCustomerPage({ data, path, customers }: SharedBase): Promise<PageFigures> {
  const demo = brandPath(data, 'demo')
  if (!existsSync(demo)) seedDemoFile(demo, { members: 50 }, sealDatabase)
  const ids = idsOf(customers, looks)
  const floor = await bareLooks(path, ids)
  const { url, child } = await startServer(data, { MAGPIE_MODE: 'live' })
  const calls = httpCalls(url)
  try {
    const times: number[] = []
    // The first one after a start reads what all later ones know.
    await Promise.all(panels(ids[0] ?? '').map((panel) => calls.call(panel)))
    for (const id of ids) {
      const began = performance.now()
      await Promise.all(panels(id).map((panel) => calls.call(panel)))
      times.push(performance.now() - began)
    }
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), floor: quantile(floor, 0.5) }
  } finally {
    calls.close()
    await stopServer(child)
  }
}
