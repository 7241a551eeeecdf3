import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { journeyJsonSchema, parseJourney, printJourney } from '../journey/file.ts'
import type { Journey } from '../journey/graph.ts'
import { composeSms, smsLength } from '../message/sms.ts'
import { registry } from '../nodes/index.ts'
import { compile, prove } from './index.ts'

const files = import.meta.glob<string>('../../templates/*.journey.json', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const schemas = import.meta.glob<string>('../../templates/journey.schema.json', {
  query: '?raw',
  import: 'default',
  eager: true,
})
const templates = Object.entries(files).map(([path, text]) => {
  const name = path.split('/').at(-1)?.replace('.journey.json', '') ?? path
  return [name, text] as const
})
const zone = 'Asia/Shanghai'
const now = Date.parse('2026-11-01T00:00:00+08:00')
const day = 86_400_000

function journeyOf(name: string): Journey {
  const parsed = parseJourney(templates.find(([known]) => known === name)?.[1])
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.journey
}

/** Every text that has languages, with its path. */
function textsIn(value: unknown, path = ''): [path: string, text: Record<string, unknown>][] {
  if (typeof value !== 'object' || value === null) return []
  const entries: [string, unknown][] = Object.entries(value)
  if (entries.some(([key]) => key === 'zh-CN' || key === 'en')) return [[path, Object.fromEntries(entries)]]
  return entries.flatMap(([key, part]) => textsIn(part, `${path}.${key}`))
}

test('every template is known here by its name', () => {
  expect(templates.map(([name]) => name).sort()).toEqual([
    'big-order-care',
    'birthday-gift',
    'cart-rescue',
    'delivery-notice',
    'hundred-days',
    'left-in-cart',
    'member-anniversary',
    'new-member-welcome',
    'order-review',
    'qixi-gift-box',
    'referral-invite',
    'repurchase-reminder',
    'second-order',
    'store-visit',
    'vip-circle',
    'vip-leaving',
    'wecom-welcome',
    'win-back',
  ])
})

test('between them they use every node type', () => {
  const used = new Set(
    templates.flatMap(([name]) => Object.values(journeyOf(name).nodes).map(({ type }) => type)),
  )
  expect([...used].sort()).toEqual([...registry.keys()].sort())
})

test('the schema beside them is that of the node types', () => {
  const [text = ''] = Object.values(schemas)
  expect(JSON.parse(text)).toEqual(journeyJsonSchema(registry))
})

describe.each(templates)('%s', (name, text) => {
  test('bears its file’s name, is printed as Magpie prints, and passes the schema', () => {
    const journey = journeyOf(name)
    expect(journey.id).toBe(name)
    expect(printJourney(journey)).toBe(text)
    expect(z.fromJSONSchema(journeyJsonSchema(registry)).safeParse(JSON.parse(text)).success).toBe(true)
  })

  test('can be published as it is, without a warning', () => {
    const compiled = compile(journeyOf(name), { registry, now, zone, publishing: true })
    expect(compiled.diagnostics).toEqual([])
    expect(compiled.ok).toBe(true)
  })

  test('is written in both languages throughout', () => {
    const journey = journeyOf(name)
    for (const [path, words] of textsIn(journey)) {
      expect(words, path).toEqual({
        'zh-CN': expect.stringMatching(/\p{Script=Han}/u),
        en: expect.any(String),
      })
      expect(words.en, path).not.toMatch(/\p{Script=Han}/u)
      expect(String(words['zh-CN']), path).not.toMatch(/[!！]/)
    }
  })

  test('has short messages with an SMS of two parts at most in Chinese', () => {
    for (const [id, node] of Object.entries(journeyOf(name).nodes)) {
      if (node.type !== 'send' || node.config.channel !== 'sms') continue
      const [, words] = textsIn(node.config).find(([path]) => path === '.text') ?? []
      // The longest that usual values make of it: a long product name, a code with its prefix, an amount.
      const body = String(words?.['zh-CN'])
        .replaceAll(/\{\{ coupon\.code \}\}/g, 'QXABCDEFGHJK')
        .replaceAll(/\{\{ coupon\.\w+ \| money \}\}/g, '¥1,299')
        .replaceAll(/\{\{ coupon\.expires_at \| date_local \}\}/g, '12 月 31 日')
        .replaceAll(/\{\{.*?\}\}/g, '七夕香氛礼盒双人装')
      expect(body, id).not.toContain('{')
      const frame = { signature: '鹊桥礼物', optOut: '拒收请回复R', marketing: true }
      expect(smsLength(composeSms(body, frame)).parts, id).toBeLessThanOrEqual(2)
    }
  })

  test('has its boxes apart from one another', () => {
    const { layout, nodes } = journeyOf(name)
    expect(Object.keys(layout).sort()).toEqual(Object.keys(nodes).sort())
    const boxes = Object.values(layout)
    const close = boxes.filter((a, at) =>
      boxes.slice(at + 1).some((b) => Math.abs(a.x - b.x) < 240 && Math.abs(a.y - b.y) < 120),
    )
    expect(close).toEqual([])
  })
})

test('the Qixi gift box takes 14 days and 14 hours at least, 35 days at most, and five messages, one a day', () => {
  expect(prove(journeyOf('qixi-gift-box'), registry)).toEqual({
    shortestPassageMs: 14 * day + 14 * 3_600_000,
    longestPassageMs: 35 * day,
    mostMessages: 5,
    mostMessagesInDay: 1,
    mostMarketingInHour: 1,
  })
})

test('in the Qixi gift box a message that is not sent changes nobody’s way', () => {
  const { edges, nodes } = journeyOf('qixi-gift-box')
  for (const [id, { type }] of Object.entries(nodes)) {
    if (type === 'send') expect(edges[id]?.not_sent).toBe(edges[id]?.sent)
    if (type === 'coupon') expect(edges[id]?.not_issued).toBe(edges[id]?.issued)
  }
})
