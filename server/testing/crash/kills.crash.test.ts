import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unit } from '../../../shared/stats/hash.ts'
import { messageIdOf } from '../../channels/email.ts'
import { type BrandDatabase, openDatabase } from '../../store/sqlite/database.ts'
import { soak } from '../patience.ts'
import { type GatewayPeer, startHttpGatewayPeer } from '../peers/http-gateway-peer.ts'
import { type SmtpPeer, startSmtpPeer } from '../peers/smtp-peer.ts'
import { bundleProgram } from './bundle.ts'
import { prepare } from './journey.ts'
import { beginLife, type Life } from './life.ts'
import { fastNow, type SentEvent, type Start } from './protocol.ts'

const kills = 60 * soak
const members = 3000
const seed = 20_270_808
/** Ten minutes of the journey pass in a second. */
const speed = 600
const secret = 'a secret between gateway and shop'
const random = (...parts: readonly (string | number)[]) => unit(seed, ...parts)

const folder = mkdtempSync(join(tmpdir(), 'magpie-crash-'))
const path = join(folder, 'own.sqlite')
const clock = { from: Date.parse('2027-03-01T10:00:00+08:00'), since: Date.now(), speed }
const start: Start = { path, clock }
const now = fastNow(start)

let program: string
let gateway: GatewayPeer
let hooks: GatewayPeer
let smtp: SmtpPeer
let db: BrandDatabase

/** Everyone joins; half of them order, some of these before they are asked to. */
const joins = Array.from({ length: members }, (_, index) => `m${index}`)
const given = new Set<string>()

function eventFor(customerId: string, name: string): SentEvent {
  const amount = name === 'order' ? 9900 : null
  return { customerId, event: { id: `${name}-${customerId}`, name, at: now(), amount, properties: {} } }
}

/** Gives events in small batches for as long as the life lasts; what was not taken is given again. */
async function feed(life: Life, share: number): Promise<void> {
  const fresh = joins.filter((id) => !given.has(`joined-${id}`)).slice(0, share)
  const buyers = joins.filter(
    (id) => given.has(`joined-${id}`) && !given.has(`order-${id}`) && random('buys', id) < 0.5,
  )
  const events = [
    ...fresh.map((id) => eventFor(id, 'joined')),
    ...buyers.slice(0, share).map((id) => eventFor(id, 'order')),
  ]
  for (let at = 0; at < events.length; at += 20) {
    const batch = events.slice(at, at + 20)
    await life.give(batch)
    for (const { event } of batch) given.add(event.id)
  }
}

/** Starts it, loads it with events, and kills it: now and then before it is even up. */
async function liveAndDie(nth: number): Promise<void> {
  const life = beginLife(program, start)
  if (random('early', nth) < 0.1) {
    await rest(random('early-for', nth) * 250)
    return life.kill()
  }
  await life.ready
  const share = Math.ceil(members / (kills * 0.7))
  const feeding = feed(life, share)
  await Promise.race([feeding, rest(2000)])
  await rest(random('lives', nth) * 250)
  await life.kill()
}

function count(sql: string, ...values: readonly unknown[]): number {
  return db.sqlite.prepare<unknown[], { n: number }>(sql).get(...values)?.n ?? 0
}

async function finish(): Promise<void> {
  const life = beginLife(program, start)
  await life.ready
  for (const _ of [1, 2]) await feed(life, members)
  const open = `select (select count(*) from enrollments where ended_at is null)
    + (select count(*) from messages where status in ('queued', 'sending'))
    + (select count(*) from events where pending = 1) as n`
  const until = Date.now() + 60_000
  while (count(open) > 0 && Date.now() < until) await rest(100)
  await life.kill()
}

beforeAll(async () => {
  program = await bundleProgram('process')
  gateway = await startHttpGatewayPeer({ secret })
  hooks = await startHttpGatewayPeer({ secret })
  smtp = await startSmtpPeer()
  // Providers fail in their own ways meanwhile.
  for (const [name, peer] of Object.entries({ gateway, hooks }))
    peer.behave((nth) => {
      const draw = random(name, nth)
      return draw < 0.02 ? 'reset-after' : draw < 0.03 ? 'unavailable' : draw < 0.04 ? 'error' : 'accept'
    })
  smtp.behave((nth) => {
    const draw = random('smtp', nth)
    return draw < 0.01 ? 'drop-after-data' : draw < 0.03 ? 'defer' : 'accept'
  })
  prepare({
    path,
    members,
    now: now(),
    sms: { url: gateway.url, secret },
    hooks: { url: hooks.url, secret },
    email: { host: smtp.host, port: smtp.port },
  })
  for (let nth = 1; nth <= kills; nth += 1) await liveAndDie(nth)
  db = openDatabase(path)
  await finish()
})

afterAll(async () => {
  db?.close()
  await Promise.all([gateway?.close(), hooks?.close(), smtp?.close()])
  rmSync(folder, { recursive: true, force: true })
})

/** What a soak prints, that passes in silence otherwise. */
const told = (figures: string) => process.stdout.write(`      after ${kills} kills, ${figures}\n`)
const repeatsOf = (peer: GatewayPeer) =>
  [...peer.received.values()].reduce((sum, { repeats }) => sum + repeats, 0)

interface MessageRow {
  id: number
  enrollment: number
  node: string
  visit: number
  status: string
  channel: string
  life: string
}
const messagesOf = (channel: string) =>
  db.sqlite
    .prepare<[string], MessageRow>(
      'select id, enrollment_id as enrollment, node, visit, status, channel, life from messages where channel = ?',
    )
    .all(channel)

describe(`after ${kills} kills under load`, () => {
  test('rule 23: after a kill at any instruction no event is lost, and each was taken once', () => {
    expect(given.size).toBeGreaterThan(members * 1.4)
    expect(count('select count(*) as n from events')).toBe(given.size)
    expect(count('select count(*) as n from events where pending = 1')).toBe(0)
  })

  test('rule 23: after a kill no enrollment is lost: everyone came in once and reached the end', () => {
    expect(count('select count(*) as n from enrollments')).toBe(members)
    expect(count('select count(distinct customer_id) as n from enrollments')).toBe(members)
    expect(count(`select count(*) as n from enrollments where status = 'ended' and ending = 'done'`)).toBe(
      members,
    )
  })

  test('every way is told without a gap, and has its one message for each sending', () => {
    const broken = count(
      `select count(*) as n from enrollments e where e.steps <> (select count(*) from traces t where t.enrollment_id = e.id)
         or e.steps <> (select max(t.seq) + 1 from traces t where t.enrollment_id = e.id)`,
    )
    expect(broken).toBe(0)
    expect(count('select count(*) as n from messages')).toBe(
      count(`select count(*) as n from traces where outcome = 'sent'`),
    )
    expect(
      count('select count(*) as n from (select distinct enrollment_id, node, visit from messages)'),
    ).toBe(count('select count(*) as n from messages'))
  })

  test.each([
    ['sms', 'the gateway has each text message', () => gateway, members],
    ['webhook', 'the other system has each call', () => hooks, members * 0.2],
  ] as const)('%s: %s once, under one key, and always in the same words', (channel, _, peerOf, least) => {
    const messages = messagesOf(channel)
    const peer = peerOf()
    const ids = [...peer.received.values()].map(({ body }) => (body as { id: string }).id)
    expect(messages.length).toBeGreaterThan(least)
    expect(messages.filter(({ status }) => status !== 'sent')).toEqual([])
    expect(peer.received.size).toBe(messages.length)
    expect(new Set(ids).size).toBe(ids.length)
    expect(peer.clashes).toEqual([])
    expect(peer.unsigned).toEqual([])
    told(`${channel}: sent ${messages.length}, taken ${peer.received.size}, asked again ${repeatsOf(peer)}`)
  })

  test('no e-mail was sent twice, and each is sent, or unknown and listed', () => {
    const letters = messagesOf('email')
    const publicId = [...gateway.received.keys()][0]?.split('-')[0]
    for (const { enrollment, node, visit, status, life } of letters) {
      const key = `${publicId}-${life}-${enrollment}-${node}-${visit}`
      const taken = smtp.count(messageIdOf(key, 'shop@example.com'))
      if (status === 'sent') expect(taken).toBe(1)
      else expect(taken).toBeLessThanOrEqual(1)
    }
    const unknown = letters.filter(({ status }) => status === 'unknown').length
    expect(letters.filter(({ status }) => status !== 'sent' && status !== 'unknown')).toEqual([])
    expect(unknown).toBeGreaterThan(0)
    told(`email: sent ${letters.length - unknown}, unknown and listed ${unknown}, twice 0`)
    expect(count(`select sum(count) as n from figures where kind = 'message:unknown'`)).toBe(unknown)
    expect(new Set(smtp.received.map(({ messageId }) => messageId)).size).toBe(smtp.received.length)
  })

  test('each purchase on the way is counted once for the goal', () => {
    const hits = count('select count(*) as n from goal_hits')
    expect(hits).toBeGreaterThan(members * 0.2)
    expect(count(`select count(*) as n from traces where outcome = 'reached'`)).toBe(hits)
    expect(count(`select sum(count) as n from figures where kind = 'out:reached'`)).toBe(hits)
    const uncounted = count(
      `select count(*) as n from traces t where t.outcome = 'happened'
         and not exists (select 1 from goal_hits g where g.enrollment_id = t.enrollment_id)`,
    )
    expect(uncounted).toBe(0)
  })
})
