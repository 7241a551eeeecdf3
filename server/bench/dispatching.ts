import { setTimeout as pause } from 'node:timers/promises'
import { seedDemoFile } from '../sandbox/seeding.ts'
import { brandPath, openDatabase } from '../store/sqlite/database.ts'
import { shardOf } from '../store/sqlite/enrollments/shard.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { respond, startHttpPeer } from '../testing/peers/sms-peer.ts'
import { startServer, stopServer } from './memory.ts'
import { saveSettings } from './settings.ts'
import { benchJourney, goLive, memberId, openWorld, scratch } from './world.ts'

export interface DispatchFigures {
  /** Messages a second, from when the first came to the gateway until the last did. */
  readonly rate: number
  readonly limit: number
  readonly messages: number
}

const limit = 2000
/** How long the gateway takes over a message (ms). */
const answersAfter = 50

/** A gateway that answers late, and when each message came to it. */
async function slowGateway() {
  const came: number[] = []
  const peer = await startHttpPeer((_request, _body, response) => {
    came.push(performance.now())
    const id = `g${came.length}`
    setTimeout(() => respond(response, { status: 200, body: { id } }), answersAfter)
  })
  return { ...peer, came }
}

/** A text message to each of so many members, due now. */
function queue(path: string, messages: number): void {
  const { sqlite, close } = openDatabase(path)
  const insert = sqlite.prepare(
    `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient, body,
       purpose, status, created_at, due_at, parts, cost_milli)
     select ?, ?, 'all-1', 1, ?, 1, id, 'sms', phone, '礼盒到了', 'service', 'queued', ?, ?, 1, 0
     from customers where id = ?`,
  )
  const now = Date.now()
  const all = sqlite.transaction(() => {
    for (let index = 0; index < messages; index += 1) {
      const id = memberId(index)
      insert.run(shardOf(id), -1 - index, benchJourney.id, now, now, id)
    }
  })
  all.immediate()
  close()
}

/** Text messages by the real server to a gateway that answers after 50 ms, held to a rate. */
export async function measureDispatch(messages: number): Promise<DispatchFigures> {
  const { path, remove } = scratch()
  const gateway = await slowGateway()
  try {
    const data = path('data')
    const own = brandPath(data, 'own')
    seedDemoFile(brandPath(data, 'demo'), { members: 50 }, sealDatabase)
    const world = openWorld(own, messages)
    goLive(world, benchJourney)
    world.close()
    const { url, child } = await startServer(data, { MAGPIE_MODE: 'live' })
    try {
      const settings = { url: gateway.url, secret: 'a secret of the benchmark', allowPrivate: true }
      await saveSettings(url, 'sms', settings, { sms: limit })
      queue(own, messages)
      while (gateway.came.length < messages) await pause(100)
      const [first = 0] = gateway.came
      const last = gateway.came.at(-1) ?? 0
      return { rate: ((messages - 1) * 1000) / (last - first), limit, messages }
    } finally {
      await stopServer(child)
    }
  } finally {
    await gateway.close()
    remove()
  }
}
