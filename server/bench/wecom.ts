import { setTimeout as pause } from 'node:timers/promises'
import { channelSettings } from '../../shared/channels/index.ts'
import { type Journey, journeySchema } from '../../shared/journey/graph.ts'
import { buildWecom } from '../channels/index.ts'
import { createEngine } from '../engine/engine.ts'
import { seedDemoFile } from '../sandbox/seeding.ts'
import { type BrandDatabase, brandPath } from '../store/sqlite/database.ts'
import { shardOf } from '../store/sqlite/enrollments/shard.ts'
import { sealDatabase } from '../store/sqlite/seed.ts'
import { wecomBook } from '../store/sqlite/wecom/book.ts'
import { wecomWork } from '../store/sqlite/wecom/store.ts'
import { callbackCall, friendAdded } from '../testing/peers/wecom-callbacks.ts'
import { startWecomPeer } from '../testing/peers/wecom-peer.ts'
import { createBroadcaster } from '../wecom/broadcasts.ts'
import { runtimeOf } from './engine.ts'
import { startServer, stopServer } from './memory.ts'
import { quantile } from './quantile.ts'
import { saveSettings } from './settings.ts'
import { benchAct, benchJourney, goLive, memberId, openWorld, scratch } from './world.ts'

const corp = {
  corpId: 'ww1234567890abcdef',
  token: 'QDG6eK',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
}
const secret = 'a secret of the benchmark'

const settingsFor = (apiUrl: string) => ({
  ...{ corpId: corp.corpId, contactSecret: secret, callbackToken: corp.token, callbackAesKey: corp.aesKey },
  ...{ apiUrl, allowPrivate: true },
})

/** Friends of so many employees, each with the same message handed over. */
function gather({ sqlite }: BrandDatabase, customers: number, employees: number): void {
  const follow = sqlite.prepare(
    'insert into wecom_follows (external_user_id, user_id, customer_id, added_at) values (?, ?, ?, 1)',
  )
  const message = sqlite
    .prepare<unknown[], number>(
      `insert into messages (shard, enrollment_id, node, visit, journey_id, version, customer_id, channel, recipient,
         body, purpose, status, created_at, sent_at, parts, cost_milli)
       values (?, ?, 'tell', 1, 'bench', 1, ?, 'wecom', ?, '新品到了', 'service', 'sent', 1, 1, 1, 0) returning id`,
    )
    .pluck()
  const recipient = sqlite.prepare(
    `insert into wecom_recipients (message_id, customer_id, external_user_id, hash, gathered_at) values (?, ?, ?, 'h', 1)`,
  )
  const all = sqlite.transaction(() => {
    for (let index = 0; index < customers; index += 1) {
      const id = memberId(index)
      const friend = `wm${index}`
      follow.run(friend, `employee${index % employees}`, id)
      recipient.run(message.get(shardOf(id), -1 - index, id, friend), id, friend)
    }
  })
  all.immediate()
}

/** Broadcasts made of messages that were handed over, until WeCom has them all. */
export async function measureBroadcasts(
  customers: number,
  employees: number,
): Promise<{ readonly seconds: number; readonly calls: number }> {
  const { path, remove } = scratch()
  const peer = await startWecomPeer({ corpId: corp.corpId, secret })
  const db = openWorld(path('own.sqlite'), customers)
  try {
    gather(db, customers, employees)
    const settings = channelSettings.parse({ wecom: settingsFor(peer.url) })
    const reach = buildWecom(settings, {
      ...{ mode: 'live', now: Date.now },
      ...{ deliverPhone: async () => undefined, deliverInbox: async () => undefined },
      wecomBook: wecomBook(db),
    })
    if (reach === null) throw new Error('WeCom is not set up')
    const work = wecomWork(db)
    const { run } = createBroadcaster({
      ...{ work, client: () => reach.client, speaker: () => reach.speaker, now: Date.now },
      ...{ ingest: async () => undefined, act: () => benchAct, host: () => 'http://127.0.0.1' },
    })
    const began = performance.now()
    while ((await work.gathering()) !== null) await run()
    const seconds = (performance.now() - began) / 1000
    reach.client.close()
    return { seconds, calls: peer.callsOf('externalcontact/add_msg_template').length }
  } finally {
    db.close()
    await peer.close()
    remove()
  }
}

const text = (zh: string, en: string) => ({ 'zh-CN': zh, en })
const welcome: Journey = journeySchema.parse({
  format: 1,
  id: 'welcome',
  name: text('欢迎', 'Welcome'),
  nodes: {
    added: {
      type: 'event',
      name: text('加好友', 'Added'),
      config: { filter: { event: 'wecom_friend_added' } },
    },
    hello: {
      type: 'send',
      name: text('欢迎语', 'Greeting'),
      config: {
        channel: 'wecom',
        way: 'greeting',
        text: text('{{ customer.name }}，您好', 'Hello {{ customer.name }}'),
      },
    },
    end: { type: 'exit', name: text('结束', 'End'), config: {} },
  },
  edges: { added: { entered: 'hello' }, hello: { sent: 'end', not_sent: 'end' } },
})

/** Friends who are added while so many enrollments wait, from WeCom's call until the greeting comes to it (ms). */
export async function measureGreetings(
  waiting: number,
  friends = 300,
): Promise<{ readonly p50: number; readonly p99: number; readonly greeted: number; readonly of: number }> {
  const { path, remove } = scratch()
  const peer = await startWecomPeer({ corpId: corp.corpId, secret })
  try {
    const data = path('data')
    seedDemoFile(brandPath(data, 'demo'), { members: 50 }, sealDatabase)
    const world = openWorld(brandPath(data, 'own'), waiting)
    // Whoever waits came in a moment ago, so that nobody is due while friends are greeted.
    goLive(world, benchJourney)
    goLive(world, welcome)
    const ids = Array.from({ length: waiting }, (_, index) => memberId(index))
    const now = Date.now()
    await createEngine(runtimeOf(world)).enter({ ...benchAct, at: now, realAt: now }, benchJourney.id, ids)
    world.close()
    const { url, child } = await startServer(data, { MAGPIE_MODE: 'live' })
    try {
      await saveSettings(url, 'wecom', settingsFor(peer.url))
      const began = new Map<string, number>()
      for (let index = 0; index < friends; index += 1) {
        const customer = `wm${index}`
        const code = peer.befriend(customer, `employee${index % 20}`, { name: `客户${index}` })
        const at = Date.now()
        const told = friendAdded({ customer, employee: `employee${index % 20}`, at, code })
        const { query, body } = callbackCall(corp, told, at)
        began.set(customer, at)
        const answer = await fetch(`${url}/hooks/own/wecom?${query}`, {
          method: 'POST',
          headers: { 'content-type': 'text/xml' },
          body,
        })
        if (!answer.ok) throw new Error(`the callback: ${answer.status} ${await answer.text()}`)
        await pause(50)
      }
      await pause(5000)
      const times = peer.calls.flatMap(({ path: called, at, body }) => {
        if (called !== 'externalcontact/send_welcome_msg') return []
        const code = JSON.stringify(body).match(/code-(\d+)/)?.[1]
        const from = began.get(`wm${Number(code) - 1}`)
        return from === undefined ? [] : [at - from]
      })
      return { p50: quantile(times, 0.5), p99: quantile(times, 0.99), greeted: times.length, of: friends }
    } finally {
      await stopServer(child)
    }
  } finally {
    await peer.close()
    remove()
  }
}
