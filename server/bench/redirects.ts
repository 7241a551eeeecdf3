import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { seedDemoFile } from '../sandbox/seeding.ts'
import { brandPath, openDatabase } from '../store/sqlite/database.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { linkCalls } from './link-calls.ts'
import { freePort, startServer, stopServer } from './memory.ts'
import { quantile } from './quantile.ts'
import { scratch } from './world.ts'

/** Presses, each of another link, as messages of a morning are opened. */
const presses = 2000

export interface RedirectFigures {
  /** In milliseconds, until whoever pressed is told where to go. */
  readonly p50: number
  readonly p99: number
  readonly floor: number
  /** Presses that were written down by the end, of so many. */
  readonly written: number
  readonly of: number
}

const codeAt = (index: number): string => `bench${String(index).padStart(6, '0')}`

/** A message of one customer with so many short links. */
function fill(path: string, links: number): void {
  const { sqlite, close } = openDatabase(path)
  const customer = sqlite.prepare<[], string>('select id from customers limit 1').pluck().get() ?? ''
  const message = sqlite.prepare(
    `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient, body,
       purpose, status, created_at, sent_at, parts, cost_milli)
     values (0, ?, 'tell', 1, 'bench', 1, ?, 'sms', '13800000001', 'x', 'service', 'sent', 1, 1, 1, 0)`,
  )
  const link = sqlite.prepare(
    `insert into links (code, enrollment_id, node, visit, customer_id, place, target)
     values (?, ?, 'tell', 1, ?, 0, 'https://shop.example/gift')`,
  )
  sqlite.transaction(() => {
    for (let index = 0; index < links; index += 1) {
      message.run(-1 - index, customer)
      link.run(codeAt(index), -1 - index, customer)
    }
  })()
  close()
}

/** A bare server that answers the same without looking anything up. */
async function bare(): Promise<number[]> {
  const server = createServer((_request, answer) => {
    answer.writeHead(302, { location: 'https://shop.example/gift' })
    answer.end()
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const calls = linkCalls(`http://127.0.0.1:${port}`)
  const times: number[] = []
  for (let index = 0; index < presses / 4; index += 1) times.push(await calls.press(`/l/${codeAt(index)}`))
  calls.close()
  await new Promise((resolve) => server.close(resolve))
  return times
}

/** Presses of short links by the real server, while each is written down, beside a server that looks nothing up. */
export async function measureRedirects(links: number): Promise<RedirectFigures> {
  const { path, remove } = scratch()
  try {
    const data = path('data')
    const demo = brandPath(data, 'demo')
    if (!existsSync(demo)) seedDemoFile(demo, { members: 50 }, sealDatabase)
    fill(demo, links)
    const floor = await bare()
    const { url, child } = await startServer(data)
    const calls = linkCalls(url)
    try {
      const times: number[] = []
      for (let index = 0; index < presses; index += 1)
        times.push(await calls.press(`/l/${codeAt((index * 37) % links)}`))
      return { ...(await figuresOf(times, floor)), ...written(demo) }
    } finally {
      calls.close()
      await stopServer(child)
    }
  } finally {
    remove()
  }
}

async function figuresOf(times: number[], floor: number[]) {
  // What the last of them mean is written a moment later.
  await new Promise((resolve) => setTimeout(resolve, 3000))
  return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), floor: quantile(floor, 0.5) }
}

function written(path: string): { readonly written: number; readonly of: number } {
  const { sqlite, close } = openDatabase(path, { readonly: true })
  const sum = sqlite.prepare<[], number>('select coalesce(sum(clicks), 0) from links').pluck().get() ?? 0
  close()
  return { written: sum, of: presses }
}
