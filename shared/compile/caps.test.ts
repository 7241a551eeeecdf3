import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { firstCaps } from '../journey/brand.ts'
import { parseJourney } from '../journey/file.ts'
import { registry } from '../nodes/index.ts'
import { sketch } from '../testing/sketch.ts'
import { check } from './check.ts'

const options = {
  registry,
  now: Date.parse('2026-07-01T00:00:00+08:00'),
  zone: 'Asia/Shanghai',
  publishing: false,
}
const text = (
  channel: 'sms' | 'in_app' = 'sms',
  purpose = 'marketing',
): [string, Record<string, unknown>] => ['send', { channel, purpose, text: { 'zh-CN': '你好' } }]
const rest: [string, Record<string, unknown>] = [
  'wait',
  { until: { kind: 'duration', span: { amount: 10, unit: 'hour' } } },
]

/** Three messages within twenty hours. */
const three = (last: [string, Record<string, unknown>] = text()) =>
  sketch({
    nodes: { in: ['manual'], a: text(), r: rest, b: text(), s: rest, c: last, out: ['exit'] },
    edges: {
      'in.entered': 'a',
      'a.sent': 'r',
      'a.not_sent': 'r',
      'r.done': 'b',
      'b.sent': 's',
      'b.not_sent': 's',
      's.done': 'c',
      'c.sent': 'out',
      'c.not_sent': 'out',
    },
  })
const over = (journey = three(), caps = firstCaps) =>
  check(journey, { ...options, caps }).filter(({ code }) => code === 'over-own-caps')

describe('a journey that does not fit under the brand’s ceilings', () => {
  test('is told so, with the ceiling and what it would send', () => {
    expect(over()).toMatchObject([{ severity: 'warning', field: 'caps.0' }])
    expect(over()[0]?.message.en).toBe(
      'One customer can get 3 marketing messages of this journey within 1 days; the brand’s ceiling is 2, and those beyond it are not sent',
    )
  })

  test('counts no service messages, and a channel’s own ceiling that channel alone', () => {
    expect(over(three(text('sms', 'service')))).toEqual([])
    const bySms = [{ channel: 'sms', messages: 2, days: 1 }]
    expect(over(three(text('in_app')), bySms)).toEqual([])
    expect(over(three(), bySms)).toHaveLength(1)
  })

  test('is not said of one that fits, nor where there are no ceilings', () => {
    expect(over(three(), [{ channel: null, messages: 3, days: 1 }])).toEqual([])
    expect(over(three(), [])).toEqual([])
  })

  test('the gallery’s journeys fit under those that a new brand starts with', () => {
    const folder = new URL('../../templates/', import.meta.url)
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.journey.json'))) {
      const parsed = parseJourney(readFileSync(new URL(name, folder), 'utf8'))
      if (!parsed.ok) throw new Error(name)
      expect([name, over(parsed.journey)]).toEqual([name, []])
    }
  })
})
