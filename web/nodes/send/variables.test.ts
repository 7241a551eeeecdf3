import { expect, test } from 'vitest'
import type { VocabularyAnswer } from '../../../shared/api/customers.ts'
import { check } from '../../../shared/compile/index.ts'
import { journeySchema } from '../../../shared/journey/graph.ts'
import { registry } from '../../../shared/nodes/index.ts'
import { piecesOf, variableSource } from './template.ts'
import { offeredVariables, sayVariable } from './variables.ts'

const empty = journeySchema.parse({ format: 1, id: 'spring', name: { en: 'Spring' }, nodes: {} })
const attribute = (name: string) => ({ name, examples: [] })
const vocabulary = (...names: string[]): VocabularyAnswer => ({
  attributes: names.map(attribute),
  events: [],
  tags: [],
})
const offered = (...names: string[]) =>
  offeredVariables(empty, vocabulary(...names)).flatMap(({ path, undeclared }) => (undeclared ? [path] : []))

test('attributes are offered in the language of the brand’s own columns, where a text can name them', () => {
  expect(offered('会员等级', 'tier', '客单价（元）', '会员 等级', 'a-b', '2024', 'phone')).toEqual([
    'customer.会员等级',
    'customer.tier',
  ])
})

test('an attribute in Chinese is a chip, is declared, and passes the check', () => {
  const source = variableSource('customer.会员等级', '会员')
  expect(piecesOf(source)).toMatchObject([{ kind: 'variable', path: 'customer.会员等级', fallback: '会员' }])
  const journey = journeySchema.parse({
    ...empty,
    variables: { 'customer.会员等级': {} },
    nodes: {
      in: { type: 'manual', name: { en: 'In' }, config: {} },
      note: { type: 'send', name: { en: 'Note' }, config: { channel: 'in_app', text: { 'zh-CN': source } } },
      out: { type: 'exit', name: { en: 'Out' }, config: {} },
    },
    edges: { in: { entered: 'note' }, note: { sent: 'out', not_sent: 'out' } },
  })
  expect(check(journey, { registry, now: 0, zone: 'Asia/Shanghai', publishing: false })).toEqual([])
})

test('known attributes are called by their words', () => {
  expect(sayVariable('customer.points', empty, 'zh-CN')).toBe('积分')
  expect(sayVariable('customer.registration_channel', empty, 'en')).toBe('registered by')
  expect(sayVariable('customer.会员等级', empty, 'zh-CN')).toBe('会员等级')
})
