import { describe, expect, test } from 'vitest'
import { someone } from '../testing/driver.ts'
import { sketchBrand } from '../testing/sketch.ts'
import { type ComposeInput, compose, languageOf, priceOf } from './compose.ts'

const input = (variables: Record<string, unknown>, more: Partial<ComposeInput> = {}): ComposeInput => ({
  brand: sketchBrand(),
  customer: someone({}),
  variables,
  now: Date.UTC(2026, 7, 19, 1),
  zone: 'Asia/Shanghai',
  ...more,
})

/** The text, or what holds it. */
function outcome(text: string, variables: Record<string, unknown> = {}, more: Partial<ComposeInput> = {}) {
  const made = compose(
    { channel: 'in_app', purpose: 'marketing', subject: null, text: { 'zh-CN': text }, body: 'envelope' },
    input(variables, more),
  )
  if (made.ok) return made.message.text
  return made.gate === 'compliance' ? made.words : made.problems.map((problem) => problem.code)
}

describe('the last gate before a message leaves', () => {
  test('holds half a character, a control character and a broken sign, however they came in', () => {
    const broken = [
      '小\ud83d红',
      '\udc00',
      '小\u0000明',
      '\u001b[31m',
      '小\u0085明',
      '\ufffd小明',
      '小\u202e明',
      '\uffff',
    ]
    for (const name of broken) {
      expect([name, outcome('{{ name }}您好', { name })]).toEqual([name, ['broken-text']])
      expect([name, outcome('您好', {}, { polished: `${name}您好` })]).toEqual([name, ['broken-text']])
    }
    expect(outcome('{{ name }}\n\t您好', { name: '👨‍👩‍👧 é́ 𠮷' })).toBe('👨‍👩‍👧 é́ 𠮷\n\t您好')
  })

  test('holds what programs write for no value, wherever it got in', () => {
    expect(outcome("亲爱的{{ name | append: '，' }}", { name: 'Mr null' })).toEqual(['leaked-value'])
    expect(outcome('{{ a }}', { a: '姓名undefined' })).toEqual(['leaked-value'])
    expect(outcome('{{ list }}', { list: [Number.NaN, 'x', 'NaN'] })).toEqual(['leaked-value'])
    expect(outcome('您好', {}, { polished: '[object Object]您好' })).toEqual(['leaked-value'])
    expect(outcome('您好', {}, { polished: '{{ name }}您好' })).toEqual(['leaked-value'])
    expect(outcome('{{ a }}', { a: '{{ b }}' })).toEqual(['leaked-value'])
  })

  test('lets stand what the marketer wrote, and what only looks alike', () => {
    expect(outcome('Terms are null and void after {{ d }}', { d: '8/19' })).toBe(
      'Terms are null and void after 8/19',
    )
    expect(outcome('{{ name }}', { name: 'Nancy 小NANA annulled' })).toBe('Nancy 小NANA annulled')
  })
})

test('a customer is written to in the language of their own that there is, else in the brand’s', () => {
  const brand = sketchBrand()
  const of = (language: string | null) => languageOf(someone({ language }), brand)
  expect(['zh-TW', 'ZH', 'en-GB', 'fr', null].map(of)).toEqual(['zh-CN', 'zh-CN', 'en', 'zh-CN', 'zh-CN'])
  expect(languageOf(someone({ language: 'zh-HK' }), { ...brand, language: 'en' })).toBe('zh-CN')
})

test('a usual price is one of yuan: in another currency nobody has said what a message costs until the brand does', () => {
  const yen = { prices: {}, currency: 'JPY' }
  expect(priceOf('sms', { prices: {}, currency: 'CNY' })).toBe(45)
  expect([priceOf('sms', yen), priceOf('in_app', yen)]).toEqual([null, 0])
  expect(priceOf('sms', { ...yen, prices: { sms: 8000 } })).toBe(8000)
})
