import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PreviewAnswer } from '../../../shared/api/preview.ts'
import { type Journey, journeySchema } from '../../../shared/journey/graph.ts'
import { openTestApp, publishJourney, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const name = (text: string) => ({ en: text, 'zh-CN': text })
const day = 86_400_000

function journey(nodes: Record<string, object>, edges: Journey['edges']): Journey {
  return journeySchema.parse({ format: 1, id: 'seen', name: name('Seen'), nodes, edges })
}

const node = (type: string, config: object = {}) => ({ type, name: name(type), config })
const sms = (text: string) => node('send', { channel: 'sms', text: { 'zh-CN': text } })
const rest = (amount: number, unit: string) =>
  node('wait', { until: { kind: 'duration', span: { amount, unit } } })
const both = (to: string) => ({ sent: to, not_sent: to })

/** A coupon after some days, a hint of it days later, and before them a choice of two texts. */
const seen = journey(
  {
    picked: node('manual'),
    ask: node('branch', {
      branches: [
        { id: 'known', name: name('Known'), when: { kind: 'attribute', name: 'name', op: 'is_set' } },
      ],
    }),
    known: sms('您好，{{ customer.name }}'),
    stranger: sms('您好'),
    days: rest(3, 'day'),
    gift: node('coupon', { name: { 'zh-CN': '回礼券' }, value: 2000, validDays: 7, prefix: 'QX' }),
    night: rest(107, 'hour'),
    hint: sms('券 {{ coupon.value | money }}，有效至 {{ coupon.expires_at | date_local }}'),
    out: node('exit'),
  },
  {
    picked: { entered: 'ask' },
    ask: { known: 'known', otherwise: 'stranger' },
    known: both('days'),
    stranger: both('days'),
    days: { done: 'gift' },
    gift: { issued: 'night', not_issued: 'night' },
    night: { done: 'hint' },
    hint: both('out'),
  },
)

describe('the preview of one customer’s way', () => {
  const preview = async (customerId: string) =>
    (await server.ask<PreviewAnswer>('POST', '/preview', { journey: seen, customerId })).body.messages

  test('has the texts, coupon dates and times of the messages that are sent then', async () => {
    const foreseen = (await preview('m1')).filter(({ onPath }) => onPath)
    expect(foreseen.map(({ node: id }) => id)).toEqual(['known', 'hint'])
    const { id } = await publishJourney(server, seen)
    await server.ask('POST', `/journeys/${id}/enter`, { customerIds: ['m1'] })
    const end = server.own.now() + 12 * day
    await server.ask('POST', '/clock/advance', { to: end })
    const sent = server.db.sqlite
      .prepare('select node, body as text, created_at as at from messages order by id')
      .all()
    expect(foreseen.map(({ node: id, text, at }) => ({ node: id, text, at }))).toEqual(sent)
  })

  test('shows the other branch apart, and what quiet hours put off at the time of the morning', async () => {
    const quietHours = { from: '20:00', to: '09:00' }
    const set = await server.ask('PUT', '/settings/brand', { ...server.own.brand(), quietHours })
    expect(set.status).toBe(200)
    const messages = await preview('m1')
    expect(messages.find(({ node: id }) => id === 'stranger')).toMatchObject({ onPath: false, ok: true })
    expect(messages.find(({ node: id }) => id === 'hint')).toMatchObject({
      onPath: true,
      gate: 'quiet_hours',
      at: Date.parse('2026-08-19T09:00:00+08:00'),
    })
  })
})
