import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filledIn, piecesOf, variableSource, withWritten } from './template.ts'

describe('a text with variables', () => {
  test('is cut at its variables', () => {
    expect(piecesOf('{{ customer.name | default: "亲爱的会员" }}，您好')).toEqual([
      {
        kind: 'variable',
        source: '{{ customer.name | default: "亲爱的会员" }}',
        path: 'customer.name',
        filter: null,
        fallback: '亲爱的会员',
      },
      { kind: 'text', source: '，您好' },
    ])
  })

  test('names a value that is written as money or as a date, and keeps it so', () => {
    expect(piecesOf('满{{ coupon.min_spend | money }}')[1]).toMatchObject({
      kind: 'variable',
      path: 'coupon.min_spend',
      filter: 'money',
    })
    const until = variableSource('coupon.expires_at', '月底', 'date_local')
    expect(until).toBe('{{ coupon.expires_at | date_local | default: "月底" }}')
    expect(piecesOf(until)).toMatchObject([{ filter: 'date_local', fallback: '月底' }])
    expect(piecesOf('{{ now | date_local: "%Y" }}')).toMatchObject([{ kind: 'code' }])
    expect(piecesOf('{{ coupon.value | money | default: "x" }}')).toMatchObject([
      { kind: 'variable', filter: 'money', fallback: 'x' },
    ])
  })

  test('shows what it cannot name as it is written', () => {
    const kinds = piecesOf('{% if a %}x{{ a | upcase }}{% endif %}').map(({ kind }) => kind)
    expect(kinds).toEqual(['code', 'text', 'code', 'code'])
  })

  test('loses nothing on the way', () => {
    const part = fc.oneof(
      fc.string(),
      fc.constantFrom('{{ a }}', '{{ b.c | default: "x" }}', '{% if a %}', '{{', '}}', '\n'),
    )
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const template = parts.join('')
        return (
          piecesOf(template)
            .map(({ source }) => source)
            .join('') === template
        )
      }),
      { seed: 11, numRuns: 300 },
    )
  })

  test('is written so that it is read again', () => {
    expect(piecesOf(variableSource('customer.name', '朋友'))).toMatchObject([
      { path: 'customer.name', fallback: '朋友' },
    ])
    expect(piecesOf(variableSource('customer.name', 'a "b"'))).toMatchObject([{ fallback: "a 'b'" }])
    expect(variableSource('today', '')).toBe('{{ today }}')
  })

  test('is measured with the values of a customer, else with defaults', () => {
    expect(filledIn('{{ a }}-{{ b | default: "bb" }}', { a: 'xyz' })).toBe('xyz-bb')
  })
})

describe('a text in two languages', () => {
  test('keeps no empty one beside what is written', () => {
    expect(withWritten({ 'zh-CN': '', en: '' }, 'zh-CN', '你好')).toEqual({ 'zh-CN': '你好' })
    expect(withWritten({ 'zh-CN': '你好' }, 'en', 'Hello')).toEqual({ 'zh-CN': '你好', en: 'Hello' })
    expect(withWritten({ 'zh-CN': '你好', en: 'Hello' }, 'zh-CN', '')).toEqual({ en: 'Hello' })
  })

  test('is an empty one when all of it has been deleted', () => {
    expect(withWritten({ 'zh-CN': '你好' }, 'zh-CN', '')).toEqual({ 'zh-CN': '' })
  })
})
