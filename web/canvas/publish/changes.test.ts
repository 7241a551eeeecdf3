import i18next from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { registry } from '../../../shared/nodes/index.ts'
import { type Sketch, sketch } from '../../../shared/testing/sketch.ts'
import type { Locale } from '../../../shared/text.ts'
import en from '../../locales/en/index.ts'
import zh from '../../locales/zh-CN/index.ts'
import { allCards } from '../../nodes/index.ts'
import { laidOver, marksOf, sayDifference, type Wording, whereTheyDiffer } from './changes.ts'

const i18n = i18next.createInstance()
beforeAll(() =>
  i18n.init({ lng: 'en', resources: { en, 'zh-CN': zh }, interpolation: { escapeValue: false } }),
)

const wording = (locale: Locale): Wording => ({
  locale,
  currency: 'CNY',
  types: registry,
  cards: allCards,
  t: i18n.getFixedT(locale, 'difference'),
  nodes: i18n.getFixedT(locale, 'nodes'),
})

const rest = (days: number): Sketch['nodes'][string] => [
  'wait',
  { until: { kind: 'duration', span: { amount: days, unit: 'day' } } },
]
const drawn: Sketch = {
  nodes: {
    in: ['manual'],
    rest: rest(3),
    hello: ['send', { channel: 'sms', text: { en: 'three dais', 'zh-CN': '三填' } }],
    out: ['exit'],
  },
  edges: { 'in.entered': 'rest', 'rest.done': 'hello', 'hello.sent': 'out', 'hello.not_sent': 'out' },
}
const before = { ...sketch(drawn), layout: { rest: { x: 10, y: 20 } } }
const withNodes = (nodes: Sketch['nodes'], edges = drawn.edges) =>
  sketch({ ...drawn, nodes: { ...drawn.nodes, ...nodes }, ...(edges === undefined ? {} : { edges }) })

describe('two long texts', () => {
  const text =
    '亲爱的会员，还有三天就是七夕。礼盒附手写卡片，现在下单，我们替你把想说的话一起送到，路上也会好好照看。'
  test.each([
    ['at the end', `${text}拒收请回复R`, `${text}期待您的光临。拒收请回复R`],
    ['at the beginning', `您好，${text.repeat(2)}`, `早上好，${text.repeat(2)}`],
    ['in the middle', `${text}甲${text}`, `${text}乙${text}`],
    ['by what one of them has not', `${text}${text}`, `${text}王小明${text}`],
    ['by a whole text', text.repeat(2), '短'],
  ])('are cut down to where they differ %s', (_where, before, after) => {
    const [old, now] = whereTheyDiffer(before, after)
    expect(old).not.toBe(now)
    for (const one of [old, now]) expect([...one].length).toBeLessThanOrEqual(62)
    expect(before).toContain(old.replaceAll('…', ''))
    expect(after).toContain(now.replaceAll('…', ''))
  })
})

describe('the difference of two versions in words', () => {
  test('a corrected text is told as the reader reads it, in the form’s words', () => {
    const after = withNodes({
      hello: ['send', { channel: 'sms', text: { en: 'three days', 'zh-CN': '三天' } }],
    })
    expect(sayDifference(before, after, wording('en'))).toMatchObject({
      change: 'words',
      changes: [
        { mark: 'changed', node: 'hello', words: true, fields: [{ values: ['three dais', 'three days'] }] },
      ],
      lines: [],
    })
    expect(sayDifference(before, after, wording('zh-CN')).changes[0]?.fields).toEqual([
      { name: expect.stringMatching(/\p{Script=Han}/u), values: ['三填', '三天'] },
    ])
  })

  test('a longer wait is told by what its card says before and after', () => {
    expect(sayDifference(before, withNodes({ rest: rest(5) }), wording('en'))).toMatchObject({
      change: 'structure',
      changes: [{ node: 'rest', sentences: ['Wait 3 days', 'Wait 5 days'], fields: [{ values: null }] }],
    })
  })

  test('a node that is gone and one that is new are marked, with their lines, where each stands', () => {
    const { rest: _gone, ...others } = drawn.nodes
    const after = sketch({
      ...drawn,
      nodes: { ...others, gift: ['tag', { add: ['vip'] }] },
      edges: { 'in.entered': 'gift', 'gift.done': 'hello', 'hello.sent': 'out', 'hello.not_sent': 'out' },
    })
    const difference = sayDifference(before, after, wording('en'))
    expect(Object.fromEntries(marksOf(difference))).toEqual({ rest: 'removed', gift: 'added' })
    expect(difference.lines.map(({ mark, from, to }) => `${mark} ${from} ${to}`)).toEqual([
      'removed in rest',
      'removed rest hello',
      'added in gift',
      'added gift hello',
    ])
    const both = laidOver(before, after)
    expect(Object.keys(both.nodes).sort()).toEqual(['gift', 'hello', 'in', 'out', 'rest'])
    expect(both.layout.rest).toEqual({ x: 10, y: 20 })
    expect(both.edges.rest).toEqual({ done: 'hello' })
    expect(both.edges.in).toEqual({ entered: 'gift' })
  })

  test('what is said of the journey itself has names of its own', () => {
    const after = { ...before, settings: { ...before.settings, mostPerHour: 5 } }
    expect(sayDifference(before, after, wording('en')).changes).toMatchObject([
      { node: null, name: 'The journey itself', fields: [{ name: 'Most messages in an hour' }] },
    ])
  })
})
