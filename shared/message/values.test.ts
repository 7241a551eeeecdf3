import { describe, expect, test } from 'vitest'
import { describeRenderProblem } from './problems.ts'
import { type MessageContext, render } from './render.ts'
import { variablesOf } from './variables.ts'

/** 2026-08-19 09:00:05 in Shanghai. */
const at: MessageContext = {
  now: Date.UTC(2026, 7, 19, 1, 0, 5),
  zone: 'Asia/Shanghai',
  locale: 'zh-CN',
  currency: 'CNY',
}

/** The text, or the code of what holds it. */
function said(template: string, variables: Record<string, unknown> = {}, context = at): string {
  const rendered = render(template, variables, context)
  return rendered.ok ? rendered.text : `held: ${rendered.problems.map(({ code }) => code).join()}`
}

describe('a date of a customer', () => {
  test('is read in every way that people write one, and never as seconds since 1970', () => {
    const written = [
      ...[
        20260819,
        '20260819',
        '2026-08-19',
        '2026/8/19',
        '2026.8.19',
        '2026年8月19日',
        '２０２６年８月１９日',
      ],
      ...[
        '20260819093000',
        '2026-08-19 09:30',
        '2026-08-19T00:00:00+08:00',
        'Aug 19, 2026',
        '19 August 2026',
      ],
      ...[1787068800, '1787068800', 1787068800000, '1787068800000'],
    ]
    for (const d of written) {
      expect([d, said("{{ d | date: '%Y年%-m月%-d日' }}", { d })]).toEqual([d, '2026年8月19日'])
      expect([d, said('{{ d | date_local }}', { d })]).toEqual([d, '8 月 19 日'])
      expect([d, said("{{ d | date_cn | append: '前' }}", { d })]).toEqual([d, '8 月 19 日前'])
    }
  })

  test('rule 15: a date that cannot be told holds the message: nothing is guessed', () => {
    const unclear = [
      ...[46253, '46253', 0, -1, 5.5, 202608, 20261301, '2026-02-30', '03/04/2026', '下周', 'soon', true],
      ...[2026081910, '13812345678', 178706880012345, ['2026-08-19', '2026-08-20'], { year: 2026 }],
    ]
    for (const d of unclear) {
      for (const filter of ["date: '%F'", 'date', 'date_local', 'date_cn'])
        expect([d, filter, said(`{{ d | ${filter} }}`, { d })]).toEqual([d, filter, 'held: value-not-date'])
    }
  })

  test('that cannot be told gives way to a default', () => {
    expect(said("{{ d | date: '%F' | default: '近期' }}", { d: 46253 })).toBe('近期')
    expect(said("{{ d | date_local | default: '近期' }}", {})).toBe('近期')
  })

  test('without its year says its month and day, and no year', () => {
    for (const d of ['--08-19', '08-19', '8月19日']) {
      expect(said('{{ d | date_local }}', { d })).toBe('8 月 19 日')
      expect(said("{{ d | date: '%-m/%-d' }}", { d })).toBe('8/19')
      expect(said("{{ d | date: '%Y-%m-%d' }}", { d })).toBe('held: value-not-date')
    }
  })

  test('relative words go by the engine’s time and the customer’s zone', () => {
    const days = "{{ 'yesterday' | date: '%d' }} {{ 'today' | date: '%d' }} {{ 'tomorrow' | date: '%d' }}"
    expect(said(days)).toBe('18 19 20')
    expect(said(days, {}, { ...at, zone: 'America/New_York' })).toBe('17 18 19')
    expect(said("{{ '明天' | date_local }}")).toBe('8 月 20 日')
  })

  test('the reason names the variable and the value, in both languages', () => {
    const rendered = render('{{ customer.到期 | date_local }}', { customer: { 到期: 46253 } }, at)
    const [problem] = rendered.ok ? [] : rendered.problems
    expect(problem).toEqual({ code: 'value-not-date', variable: 'customer.到期', value: '46253' })
    const { message, mend } = describeRenderProblem(problem ?? { code: 'blank-message' })
    expect(message['zh-CN']).toContain('46253')
    expect(message.en).toContain('customer.到期')
    expect(mend.en).not.toBe('')
  })
})

describe('a date format', () => {
  test('with a code that there is not, or with none, is told before there is any customer', () => {
    for (const format of ['%Q', '%Y-%E', '%', '%月', 'YYYY-MM-DD', '%:d', '50%', '%%']) {
      const { problems } = variablesOf(`你好\n{{ d | date: '${format}' }}`)
      expect([format, problems[0]]).toMatchObject([
        format,
        { code: 'unknown-date-format', line: 2, column: 1 },
      ])
      expect(said('{{ d | date: f }}', { d: 20260819, f: format })).toBe('held: unknown-date-format')
    }
  })

  test('knows the usual codes', () => {
    const d = '2026-01-05 15:04:09'
    const english: MessageContext = { ...at, locale: 'en' }
    const of = (format: string) => said(`{{ d | date: '${format}' }}`, { d }, english)
    expect(of('%c')).toBe('Mon Jan  5 15:04:09 2026')
    expect(of('%D %x %X %r %R %h %C')).toBe('01/05/26 01/05/26 15:04:09 03:04:09 PM 15:04 Jan 20')
    expect(of('%U %W %V %G %e %_m %^a %#p %0e')).toBe('01 01 02 2026  5  1 MON pm 05')
    expect(said("{{ d | date: '%c' }}", { d })).toBe('2026年1月5日 15:04:09')
  })
})

describe('a number in a text', () => {
  test('rule 15: a number in a text is reckoned in decimals, with no more of them than by hand', () => {
    const cases: [string, string][] = [
      ['{{ 0.1 | plus: 0.2 }}', '0.3'],
      ['{{ 129.70 | times: 100 }}', '12970'],
      ['{{ 19.99 | times: 100 }}', '1999'],
      ['{{ 1.1 | times: 1.1 }}', '1.21'],
      ['{{ 10.1 | minus: 2.2 }}', '7.9'],
      ['{{ 10.1 | modulo: 7 }}', '3.1'],
      ['{{ 1250 | divided_by: 100 }}', '12.5'],
      ['{{ 1299 | divided_by: 100.0 }}', '12.99'],
      ['{{ 10 | divided_by: 3 }}', '3'],
      ['{{ 10.50 | divided_by: 3.3 }}', '3.2'],
      ['{{ 1.005 | round: 2 }}', '1.01'],
      ['{{ -2.5 | round }}', '-3'],
      ['{{ 4.35 | times: 100 | floor }}', '435'],
      ['{{ 59.699999999999996 }}', '59.7'],
      ['{{ "0.1,0.2,0.3" | split: "," | sum }}', '0.6'],
      ['{{ 8.7 | at_least: 8.65 }}', '8.7'],
      ['{{ -0.29 | abs | times: 100 }}', '29'],
      ['{{ "1,280.50" | plus: 1 }}', '1281.5'],
      ['{{ "1234567890123456789" | plus: 1 }}', '1234567890123456790'],
    ]
    for (const [template, text] of cases) expect([template, said(template)]).toEqual([template, text])
    expect(said('{{ n }} {{ m }} {{ k }}', { n: 59.699999999999996, m: 1e21, k: 1e-7 })).toBe(
      '59.7 1000000000000000000000 0.0000001',
    )
  })

  test('that is none, or is divided by nothing, holds the message', () => {
    for (const filter of ['plus: 1', 'times: 2', 'divided_by: 2', 'round', 'ceil', 'at_most: 3'])
      expect([filter, said(`{{ a | ${filter} }}`, { a: '很多' })]).toEqual([filter, 'held: value-not-number'])
    expect(said('{{ 10 | divided_by: a }}', { a: 0 })).toBe('held: value-not-number')
    expect(said('{{ 10 | modulo: 0 }}')).toBe('held: value-not-number')
    expect(said("{{ a | times: 2 | default: '若干' }}", { a: '很多' })).toBe('若干')
    expect(said('{{ a }}', { a: Number.POSITIVE_INFINITY })).toBe('held: missing-value')
  })

  test('counts up from nothing', () => {
    expect(said('{% for i in (1..3) %}{% assign n = n | plus: i %}{% endfor %}{{ n }}', { n: 0 })).toBe('6')
  })
})

describe('money in a text', () => {
  test('rule 15: money in a text is exact for every cent', () => {
    for (let fen = 0; fen <= 20_000; fen += 1) {
      const yuan = fen / 100
      const whole = String(Math.floor(fen / 100)).replace(/\B(?=(\d{3})+$)/, ',')
      const shown = fen % 100 === 0 ? `¥${whole}` : `¥${whole}.${String(fen % 100).padStart(2, '0')}`
      expect(said('{{ 余额 | times: 100 | money }}', { 余额: yuan })).toBe(shown)
    }
    expect(said('{{ 余额 | times: 100 | money }}', { 余额: '129.70' })).toBe('¥129.70')
    expect(said('{{ fen | money }}', { fen: 12969.999999999998 })).toBe('¥129.70')
  })

  test('has no half a fen, and nothing that is no amount', () => {
    for (const amount of [11110.5, '11110.5', '很多', true, [1]])
      expect([amount, said('{{ a | money }}', { a: amount })]).toEqual([amount, 'held: value-not-amount'])
  })

  test('rule 15: money in a text is in the brand’s currency, unless the text names another', () => {
    const usd = { ...at, currency: 'USD' }
    const jpy = { ...at, currency: 'JPY' }
    expect(said('Take {{ v | money }} off over {{ m | money }}', { v: 1500, m: 9900 }, usd)).toBe(
      'Take $15 off over $99',
    )
    expect(said('{{ v | money }}', { v: 1500 }, jpy)).toBe('¥1,500')
    expect(said("{{ v | money: 'EUR' }}", { v: 1500 }, usd)).toBe('€15')
  })
})

describe('a text that is cut', () => {
  const names = ['😀小红', '𠮷田', '小明', '👨‍👩‍👧家', '🇨🇳队', 'é́a', '👍🏽好']

  test('is cut between the characters that its reader sees', () => {
    const first = (template: string) => names.map((name) => said(template, { name }))
    const expected = ['😀', '𠮷', '小', '👨‍👩‍👧', '🇨🇳', 'é́', '👍🏽']
    for (const template of [
      "{{ name | split: '' | first }}",
      '{{ name | slice: 0 }}',
      "{{ name | truncate: 1, '' }}",
      '{{ name | first }}',
      "{{ name | split: '' | reverse | last }}",
      '{{ name | slice: 0, 1 }}',
      '{{ name.first }}',
    ])
      expect([template, first(template)]).toEqual([template, expected])
    expect(first('{{ name.size }} {{ name | size }}')).toEqual([
      '3 3',
      '2 2',
      '2 2',
      '2 2',
      '2 2',
      '2 2',
      '2 2',
    ])
    expect(said("{{ '𠮷田' | replace: '', '-' }}")).toBe('-𠮷-田-')
    expect(said("{{ '祝您七夕快乐' | truncate: 4 }}")).toBe('祝...')
  })
})

describe('a value that shows nothing', () => {
  test('is blank, however it is written, and its default stands in', () => {
    const invisible = [
      '\u3164',
      '\u200b',
      '\u2800',
      '\ufeff \u00ad',
      '\ufe0f',
      '\u115f',
      '\u0007',
      '\u{e0061}',
    ]
    for (const name of [
      ...invisible,
      'null',
      'undefined',
      'NaN',
      ' NULL ',
      '[object Object]',
      'None',
      'N/A',
      '#N/A',
      '#REF!',
      '(null)',
      '\\N',
    ]) {
      expect([name, said('亲爱的{{ name }}', { name })]).toEqual([name, 'held: missing-value'])
      expect([name, said("亲爱的{{ name | default: '朋友' }}", { name })]).toEqual([name, '亲爱的朋友'])
      expect([name, said("{{ name | append: '先生' | default: '朋友' }}", { name })]).toEqual([name, '朋友'])
    }
    expect(said('{{ name }}', { name: '小\u200b明' })).toBe('小\u200b明')
  })
})

describe('a filter that is written wrongly', () => {
  test('is told before there is any customer', () => {
    for (const filter of [
      'upcase: 5',
      'append',
      "date: '%F', 'UTC', 'x'",
      'round: 1, 2',
      'truncate: 1, 2, 3',
    ]) {
      const [problem] = variablesOf(`{{ a | ${filter} }}`).problems
      expect([filter, problem?.code]).toEqual([filter, 'filter-arguments'])
    }
  })
})
