import { describe, expect, test } from 'vitest'
import { terminalActor } from '../../shared/audit/actor.ts'
import { countsSql, historySql } from '../store/sqlite/delivery/counts.ts'
import { oldestSql, queuedSql, sendingSql } from '../store/sqlite/delivery/queues.ts'
import { type FakeChannel, fakeChannel, lostAnswer, refused } from '../testing/fake-channel.ts'
import { drive, type JourneyDriver } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'

const hello = {
  nodes: { hand: by.hand(), hello: by.sms('您好'), done: by.exit() },
  flow: ['hand -> hello', 'hello -> done'],
}
const over = (...channels: readonly FakeChannel[]) => ({
  channels: () => new Map(channels.map((channel) => [channel.id, channel])),
})
const pause = ({ brand }: JourneyDriver, reason = '签名在报备') =>
  brand.stores.delivery.pause(brand.act(terminalActor), 'sms', reason)
const goOn = async ({ brand }: JourneyDriver) => {
  await brand.stores.delivery.continue(brand.act(terminalActor), 'sms')
  await brand.settle()
}
const states = (story: JourneyDriver) =>
  story.rows<{ status: string; attempts: number; n: number }>(
    'select status, attempts, count(*) as n from messages group by status, attempts order by 1, 2',
  )
const counts = (story: JourneyDriver) =>
  story.rows<{ outcome: string; code: string; n: number }>(
    'select outcome, code, sum(count) as n from delivery_counts group by 1, 2 order by 1, 2',
  )

describe('a channel that a person has paused', () => {
  test('keeps its messages as they are, spends no attempt, and sends all of them when it goes on', () => {
    const sms = fakeChannel('sms')
    return drive(over(sms))
      .publish(hello)
      .do((story) => pause(story))
      .enter('王芳', '李雷')
      .advance('3 days')
      .do((story) => {
        expect(sms.handed).toEqual([])
        expect(states(story)).toEqual([{ status: 'queued', attempts: 0, n: 2 }])
      })
      .do(goOn)
      .do((story) => {
        expect(states(story)).toEqual([{ status: 'sent', attempts: 1, n: 2 }])
        expect(counts(story)).toEqual([{ outcome: 'sent', code: '', n: 2 }])
      })
      .run()
  })

  test('holds back no other, and journeys go on deciding', () => {
    const [sms, email] = [fakeChannel('sms'), fakeChannel('email')]
    return drive(over(sms, email))
      .publish({
        nodes: {
          hand: by.hand(),
          hello: by.sms('您好'),
          mail: by.sms('您好', { channel: 'email', subject: { 'zh-CN': '您好' } }),
          done: by.exit(),
        },
        flow: ['hand -> hello', 'hello -> mail', 'mail -> done'],
      })
      .do((story) => pause(story))
      .enter('王芳')
      .do(() => expect([sms.handed.length, email.handed.length]).toEqual([0, 1]))
      .run()
  })

  test('asks the gates again of what has waited: whoever cannot be reached any more gets nothing', () => {
    const sms = fakeChannel('sms')
    return drive(over(sms))
      .publish(hello)
      .do((story) => pause(story))
      .enter('王芳', '李雷')
      .do(({ db }) => {
        db.sqlite.prepare(`update customers set phone = null where id = '王芳'`).run()
        db.sqlite.prepare(`update addresses set former_at = 1 where customer_id = '王芳'`).run()
      })
      .do(goOn)
      .do((story) => {
        expect(sms.handed.map(({ customerId }) => customerId)).toEqual(['李雷'])
        expect(counts(story)).toEqual([
          { outcome: 'held', code: 'no_address', n: 1 },
          { outcome: 'sent', code: '', n: 1 },
        ])
      })
      .run()
  })

  test('is told in the log: by whom, and why', () =>
    drive(over(fakeChannel('sms')))
      .do((story) => pause(story))
      .do(goOn)
      .do((story) => {
        const rows = story.rows<{ action: string; actor: string; detail: string }>(
          `select action, actor_id as actor, detail from audit where object_kind = 'channel' order by seq`,
        )
        expect(rows).toEqual([
          { action: 'channel.paused', actor: 'local', detail: '{"reason":"签名在报备"}' },
          { action: 'channel.continued', actor: 'local', detail: '{}' },
        ])
      })
      .run())
})

describe('what becomes of messages is counted by their channel', () => {
  test('by the provider’s code, with the last messages as examples', () =>
    drive(over(fakeChannel('sms', [refused, lostAnswer, refused], { idempotent: false })))
      .publish(hello)
      .enter('王芳', '李雷', '张三', '赵敏')
      .do(async (story) => {
        const { brand } = story
        expect(counts(story)).toEqual([
          { outcome: 'failed', code: 'http-400', n: 2 },
          { outcome: 'sent', code: '', n: 1 },
          { outcome: 'unknown', code: 'ECONNRESET', n: 1 },
        ])
        const counted = await brand.stores.delivery.counts(0)
        const failed = counted.find(({ outcome }) => outcome === 'failed')
        const failures = story.rows<{ id: number }>(
          `select id from messages where status = 'failed' order by id desc`,
        )
        expect(failed?.examples).toEqual(failures.map(({ id }) => id))
      })
      .run())

  test('a report that it arrived takes back that nothing was known of it', () =>
    drive(over(fakeChannel('sms', [lostAnswer], { idempotent: false })))
      .publish(hello)
      .enter('王芳')
      .do(async ({ db, brand }) => {
        const id = db.sqlite.prepare('select id from messages').pluck().get()
        const event = { id: 'r1', name: 'message_delivered', at: brand.now(), amount: null }
        await brand.ingest([
          { customerId: '王芳', event: { ...event, properties: { message_id: String(id), channel: 'sms' } } },
        ])
      })
      .do((story) =>
        expect(counts(story)).toEqual([
          { outcome: 'delivered', code: '', n: 1 },
          { outcome: 'sent', code: '', n: 1 },
          { outcome: 'unknown', code: 'ECONNRESET', n: 0 },
        ]),
      )
      .run())
})

test('no look at the channels goes through the messages', () =>
  drive(over(fakeChannel('sms')))
    .publish(hello)
    .do(({ db }) => {
      const planOf = (query: string, given: object | number) =>
        db.sqlite
          .prepare<unknown[], { detail: string }>(`explain query plan ${query}`)
          .all(given)
          .map(({ detail }) => detail)
      const plans = [
        ...planOf(queuedSql, { now: 0 }),
        ...planOf(sendingSql, []),
        ...planOf(oldestSql, { channels: '["sms"]' }),
      ].filter((line) => /\b(?:m|messages)\b/.test(line))
      expect(plans.length).toBeGreaterThan(2)
      for (const line of plans)
        expect(line).toMatch(/SEARCH .*USING (?:COVERING )?INDEX messages_(?:due|status)/)
      for (const line of [...planOf(countsSql, 0), ...planOf(historySql, 0)])
        expect(line).not.toMatch(/SCAN delivery_counts/)
    })
    .run())
