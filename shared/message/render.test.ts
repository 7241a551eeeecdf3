import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits } from '../limits.ts'
import { describeRenderProblem } from './problems.ts'
import { type MessageContext, render, renderHtml } from './render.ts'

/** 2026-08-19 09:00:05 in Shanghai. */
const at: MessageContext = {
  now: Date.UTC(2026, 7, 19, 1, 0, 5),
  zone: 'Asia/Shanghai',
  locale: 'zh-CN',
  currency: 'CNY',
}
const english: MessageContext = { ...at, locale: 'en' }

function text(template: string, variables: Record<string, unknown> = {}, context = at): string {
  const rendered = render(template, variables, context)
  return rendered.ok ? rendered.text : JSON.stringify(rendered.problems)
}

function html(template: string, variables: Record<string, unknown>): string {
  const rendered = renderHtml(template, variables, at)
  return rendered.ok ? rendered.text : JSON.stringify(rendered.problems)
}

function missing(template: string, variables: Record<string, unknown> = {}): string[] {
  const rendered = render(template, variables, at)
  if (rendered.ok) return []
  return rendered.problems.map((problem) =>
    problem.code === 'missing-value' ? problem.variable : problem.code,
  )
}

function problem(template: string, variables: Record<string, unknown> = {}): unknown {
  const rendered = render(template, variables, at)
  return rendered.ok ? rendered.text : rendered.problems[0]
}

describe('a message for one customer', () => {
  test('puts the values in', () => {
    const template =
      "亲爱的 {{ customer.name | default: '朋友' }}，礼盒立减 {{ coupon.value | money }}，码 {{ coupon.code }}"
    const variables = { customer: { name: '王芳' }, coupon: { value: 1250, code: 'QX88' } }
    expect(text(template, variables)).toBe('亲爱的 王芳，礼盒立减 ¥12.50，码 QX88')
    expect(text('{{ a | money }} {{ b | money: "USD" }}', { a: 1200, b: '-550' })).toBe('¥12 -$5.50')
  })

  test('rule 15: nobody reads "亲爱的 ，": an absent, null or blank value without a default suppresses the message', () => {
    for (const name of [undefined, null, '', '  ', '\u3000', Number.NaN, []]) {
      expect(missing('亲爱的 {{ customer.name }}，', { customer: { name } })).toEqual(['customer.name'])
      expect(text("亲爱的 {{ customer.name | default: '朋友' }}，", { customer: { name } })).toBe(
        '亲爱的 朋友，',
      )
    }
    expect(missing('{{ a.b.c }}{{ d }}{{ d }}', {})).toEqual(['a.b.c', 'd'])
    expect(text('{{ n }}{{ b }}', { n: 0, b: false })).toBe('0false')
  })

  test('a value that a filter empties, and a blank argument of a filter, suppress it too', () => {
    expect(missing("{{ a | remove: 'x' }}", { a: 'x' })).toEqual(['a'])
    expect(missing("{{ tags | where: 'vip' | first }}", { tags: [{ vip: false }] })).toEqual(['tags'])
    expect(missing('{{ a | append: b.c }}', { a: 'x' })).toEqual(['b.c'])
    expect(missing('{{ a | default: b }}', {})).toEqual(['b'])
    expect(text('{{ a | default: b }}', { b: 'y' })).toBe('y')
    expect(text('{{ a | default: b }}', { a: 'x' })).toBe('x')
    expect(missing('{{ a | append: b | default: "z" }}', { a: 'x' })).toEqual(['b'])
  })

  test('a default may be empty on purpose', () => {
    expect(text("你好{{ title | default: '' }}", {})).toBe('你好')
  })

  test('conditions and loops may read absent values', () => {
    expect(text("{% if a.b == 'x' %}1{% elsif c %}2{% else %}3{% endif %}", {})).toBe('3')
    expect(text('{% for p in products %}{{ p.name }}{% else %}无{% endfor %}', {})).toBe('无')
    expect(
      text('{% unless a %}好{% endunless %}{% case k %}{% when 1 %}一{% else %}二{% endcase %}', {}),
    ).toBe('好二')
    expect(
      missing('{% for p in products %}{{ p.name }}{% endfor %}', { products: [{ name: 'a' }, {}] }),
    ).toEqual(['p.name'])
  })

  test('a local name passes on the variable that left it blank', () => {
    expect(missing('{% assign n = customer.name %}{{ n }}')).toEqual(['customer.name'])
    expect(text("{% assign n = customer.name %}{{ n | default: '朋友' }}")).toBe('朋友')
    expect(text('{% assign n = customer.name %}{% if n %}有{% else %}无{% endif %}')).toBe('无')
    expect(text("{% assign prefix = '' %}{{ prefix }}好{% capture c %}{% endcapture %}{{ c }}")).toBe('好')
    expect(missing('{{ unknown }}{% assign other = 1 %}{{ other }}')).toEqual(['unknown'])
  })

  test('a group of values is not put into a text', () => {
    expect(problem('{{ customer }}', { customer: { name: '王芳' } })).toEqual({
      code: 'value-not-text',
      variable: 'customer',
    })
    expect(problem('{{ list }}', { list: [{}] })).toEqual({ code: 'value-not-text', variable: 'list' })
    expect(text('{{ list }}', { list: ['a', 1] })).toBe('a1')
  })

  test('prototypes are closed', () => {
    const variables = { a: { b: 1 }, s: 'x', list: [1], groups: [{}] }
    expect(
      missing(
        '{{ constructor }}{{ a.__proto__ }}{{ a.constructor.name }}{{ s.length }}{{ list.map }}',
        variables,
      ),
    ).toEqual(['constructor', 'a.__proto__', 'a.constructor.name', 's.length', 'list.map'])
    expect(text('{% if a.constructor or toString %}open{% else %}closed{% endif %}', variables)).toBe(
      'closed',
    )
    expect(text("{{ groups | where: 'constructor' | size }}", variables)).toBe('0')
    expect(text('{{ s.size }}{{ list.size }}{{ list.first }}{{ list.last }}{{ list[-1] }}', variables)).toBe(
      '11111',
    )
  })

  test('the variables are left as they were', () => {
    const variables = Object.freeze({ a: 1 })
    expect(text('{% increment c %}{% increment c %}{% decrement a %}', variables)).toBe('010')
  })

  test('the values used are told when asked for', () => {
    const template =
      "{{ a }}{{ b | default: 'x' }}{% if c %}{{ d }}{% endif %}{{ e | money }}{% assign l = a %}{{ l }}"
    const rendered = render(template, { a: 'A', c: false, d: 'D', e: 500 }, { ...at, collect: true })
    expect(rendered).toEqual({ ok: true, text: 'Ax¥5A', used: { a: 'A', b: 'x', e: '500' } })
  })
})

describe('time in a message', () => {
  test('rule 15: now and today in a message are the engine’s, on the zone’s clock', () => {
    expect(text("{{ now }} {{ today }} {{ 'now' | date: '%H:%M' }} {{ 'today' | date }}")).toBe(
      '2026-08-19 09:00:05 2026-08-19 09:00 2026-08-19',
    )
    expect(text('{{ now }}', {}, { ...at, zone: 'America/New_York' })).toBe('2026-08-18 21:00:05')
    expect(text("{{ now | date: '%s' }}")).toBe(String(at.now / 1000))
  })

  test('days are said in the message’s language', () => {
    const template = "{{ d | date_local }}|{{ d | date: '%B %b %A %a %p' }}"
    expect(text(template, { d: '2026-08-19' })).toBe('8 月 19 日|8月 8月 星期三 周三 上午')
    expect(text(template, { d: '2026-08-19' }, english)).toBe('Aug 19|August Aug Wednesday Wed AM')
    expect(text('{{ d | date_cn }}', { d: '2026-08-19' }, english)).toBe('8 月 19 日')
  })

  test('every form of a date means the same instant', () => {
    const forms = [
      at.now,
      at.now / 1000,
      '2026-08-19 09:00:05',
      '2026-08-19T01:00:05Z',
      '2026-08-19T09:00:05+08:00',
    ]
    for (const d of forms)
      expect(text("{{ d | date: '%Y-%m-%d %H:%M:%S %z' }}", { d })).toBe('2026-08-19 09:00:05 +0800')
    expect(text("{{ d | date: '%Y/%-m/%-d %j %u %y %I%P %:z %%' }}", { d: '2026-01-05' }, english)).toBe(
      '2026/1/5 005 1 26 12am +08:00 %',
    )
    expect(text("{{ 'March 14, 2016' | date: '%F' }}")).toBe('2016-03-14')
  })
})

describe('a template that is wrong', () => {
  test('is told with line and column', () => {
    expect(problem('你好\n  {{ name | nosuch }}')).toMatchObject({
      code: 'template-syntax',
      line: 2,
      column: 3,
    })
    expect(problem('{% if a %}')).toMatchObject({ code: 'template-syntax', line: 1, column: 1 })
    expect(problem('{{ a ')).toMatchObject({ code: 'template-syntax', line: 1 })
    expect(problem("{{ a | default：'x' }}")).toMatchObject({ code: 'template-syntax' })
    expect(problem('{{ a | url_decode }}', { a: '%' })).toMatchObject({
      code: 'template-filter',
      line: 1,
      column: 1,
    })
  })

  test('has no operators but Liquid’s, so that no condition holds for everybody by mistake', () => {
    for (const condition of [
      "tier is 'gold'",
      "tier in 'gold,silver'",
      "name startswith '王'",
      'a - b',
      '-a',
    ])
      expect([condition, problem(`{% if ${condition} %}1{% endif %}`)]).toMatchObject([
        condition,
        { code: 'template-syntax', line: 1 },
      ])
    expect(
      text("{% if tier == 'gold' and name contains '王' %}1{% endif %}", { tier: 'gold', name: '王芳' }),
    ).toBe('1')
  })

  test('walks the lines of an order', () => {
    const items = [
      { title: '香薰', price: 12900, qty: 1 },
      { title: '茶礼', price: 6650, qty: 2 },
    ]
    const lines =
      '{% for item in entry.items %}{{ item.title }} {{ item.price | money }}×{{ item.qty }}；{% endfor %}'
    expect(text(lines, { entry: { items } })).toBe('香薰 ¥129×1；茶礼 ¥66.50×2；')
    expect(text("{{ entry.items | map: 'price' | sum | money }}", { entry: { items } })).toBe('¥195.50')
  })

  test('writes nothing for a block that only assigns', () => {
    expect(text('A\n{% if a %}\n  {% assign b = a %}\n{% endif %}\n{{ b }}', { a: 1 })).toBe('A\n\n1')
  })

  test('rule 15: a template cannot read files, run code from strings or draw lots', () => {
    for (const tag of ["include 'x'", "render 'x'", "layout 'x'", 'block x']) {
      expect(problem(`{% ${tag} %}`)).toMatchObject({ code: 'template-syntax' })
    }
    for (const filter of ['sample', "where_exp: 'i', 'i'", 'sha256']) {
      expect(problem(`{{ a | ${filter} }}`, { a: [1] })).toMatchObject({ code: 'template-syntax' })
    }
    expect(text("{{ a | where: 'x[(1..9)]' | size }}", { a: [{ x: [1] }] })).toBe('0')
  })

  test('is explained in both languages', () => {
    const explained = describeRenderProblem({ code: 'missing-value', variable: 'customer.name' })
    expect(explained.message).toEqual({
      'zh-CN': '这位客户没有“customer.name”的值',
      en: 'This customer has no value for "customer.name"',
    })
    expect(explained.mend.en).toContain("{{ customer.name | default: 'friend' }}")
  })
})

describe('a template that is too heavy', () => {
  const heavy = { code: 'template-too-heavy' }

  test('stops before it fills the memory', () => {
    expect(problem('{% for i in (1..100000000) %}x{% endfor %}')).toEqual(heavy)
    const doubling = '{% capture s %}{{ s }}{{ s }}{% endcapture %}'.repeat(40)
    const either = { code: expect.stringMatching(/^template-too-(?:heavy|long-to-run)$/) }
    expect(problem(`{% assign s = "xxxxxxxx" %}${doubling}{{ s }}`)).toEqual(expect.objectContaining(either))
    expect(
      problem(`{% assign s = "xxxxxxxx" %}${'{% assign s = s | append: s %}'.repeat(40)}{{ s }}`),
    ).toEqual(expect.objectContaining(either))
  })

  test('stops after so many steps, the same on every machine and however long they take', () => {
    const spent = { code: 'template-too-long-to-run', limit: limits.templateSteps.value }
    const half = limits.templateSteps.value / 2
    // A turn and what is written in it: two steps.
    const loop = (turns: number) => `{% for i in (1..${turns}) %}x{% endfor %}`
    const few = Math.floor(half * 0.95)
    expect(text(loop(few))).toBe('x'.repeat(few))
    expect(problem(loop(half))).toEqual(spent)
    expect(problem('{% for i in (1..2000) %}{% for j in (1..2000) %}{% endfor %}{% endfor %}')).toEqual(spent)
    expect(problem('{% tablerow i in (1..30000) cols: 3 %}{% endtablerow %}')).toEqual(spent)
    expect(problem(`{% for i in list %}${loop(1000)}{% endfor %}`, { list: Array(200).fill('x') })).toEqual(
      spent,
    )
  })

  test.each([
    ['looks through a long text', `{% for i in (1..5000) %}{% if s contains 'zz' %}{% endif %}{% endfor %}`],
    ['compares long texts', '{% for i in (1..5000) %}{% if s == s %}{% endif %}{% endfor %}'],
    ['counts the characters of a long text', '{% for i in (1..5000) %}{{ s.size }}{% endfor %}'],
    ['counts them by a filter', '{% for i in (1..5000) %}{% assign n = s | size %}{% endfor %}'],
    ['looks for the last of many', '{% for i in (1..5000) %}{% assign n = s | last %}{% endfor %}'],
    ['goes through a list', '{% for i in (1..5000) %}{% assign n = list | compact %}{% endfor %}'],
    ['sums a list', '{% for i in (1..5000) %}{% assign n = list | sum %}{% endfor %}'],
    ['sorts a list', '{% for i in (1..5000) %}{% assign n = list | sort %}{% endfor %}'],
    [
      'puts other words into a text',
      `{% for i in (1..5000) %}{% assign n = s | replace: 'x', '' %}{% endfor %}`,
    ],
    ['writes it in other letters', '{% for i in (1..5000) %}{% assign n = s | url_encode %}{% endfor %}'],
  ])('counts what is gone through: a loop that %s', (_what, template) => {
    const long = { s: 'x'.repeat(20_000), list: Array(10_000).fill(1) }
    expect(problem(template, long)).toMatchObject({ code: expect.stringMatching(/^template-too-/) })
    expect(text(template.replaceAll('5000', '3'), long)).toMatch(/^(?:20000)*$/)
  })

  test('stops where adding one changes nothing', () => {
    expect(problem('{% for i in (9007199254740992..9007199254740994) %}x{% endfor %}')).toEqual(heavy)
    expect(problem('{% for i in (a..b) %}x{% endfor %}', { a: 2 ** 53, b: 2 ** 53 + 2 })).toEqual(heavy)
    expect(problem('{{ (a..b) | size }}', { a: 2 ** 53, b: 2 ** 53 + 2 })).toEqual(heavy)
    expect(problem('{% liquid\nfor i in (a..b)\necho i\nendfor %}', { a: 2 ** 53, b: 2 ** 53 + 2 })).toEqual(
      heavy,
    )
    expect(text('{% for i in (a..3) %}{{ i }}{% endfor %}', { a: '1' })).toBe('123')
  })

  test('stops when nested too deeply, or written too long', () => {
    expect(problem('{% if a %}'.repeat(15_000))).toEqual(heavy)
    expect(problem('x'.repeat(200_001))).toEqual(heavy)
  })
})

describe('a message in HTML', () => {
  const n = '<b>"A" & \'B\'\n</b>'

  test('shows values, never lets them be tags', () => {
    const safe = '&lt;b&gt;&#34;A&#34; &amp; &#39;B&#39;\n&lt;/b&gt;'
    expect(html('<p>{{ n }}</p>', { n })).toBe(`<p>${safe}</p>`)
    expect(html('{{ n | escape }}', { n })).toBe(safe)
    expect(html('{% echo n %}{% cycle n %}', { n })).toBe(safe + safe)
    expect(html('{% for i in list %}{{ i }}{% endfor %}', { list: [n] })).toBe(safe)
    expect(html('{{ n | upcase | append: n }}', { n: '<' })).toBe('&lt;&lt;')
  })

  test('keeps what the template makes into HTML', () => {
    expect(html('{{ n | newline_to_br }}', { n: 'a<\nb' })).toBe('a&lt;<br />\nb')
    expect(html('{{ n | escape | newline_to_br }}', { n: 'a<\nb' })).toBe('a&lt;<br />\nb')
    expect(html('{% capture c %}<i>{{ n }}</i>{% endcapture %}{{ c }}', { n: '<' })).toBe('<i>&lt;</i>')
    expect(html('{% capture c %}x{% endcapture %}{% assign c = n %}{{ c }}', { n: '<' })).toBe('&lt;')
    expect(html('{{ n | raw }}', { n: '<i>' })).toBe('<i>')
  })

  test('no value makes a tag, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '\n', '<br />') }),
        (value) => {
          fc.pre(value.trim() !== '')
          expect(html('{{ v }}{{ v | upcase }}', { v: value })).not.toMatch(/[<>"']/)
        },
      ),
      { seed: 3 },
    )
  })
})

describe('rendering is a function', () => {
  test('the same template and values give the same text, first and later', () => {
    const piece = fc.constantFrom(
      '七夕',
      '{{ a }}',
      "{{ b | default: 'B' }}",
      '{% if a %}{{ c.d }}{% endif %}',
      '{% for i in list %}{{ i | upcase }}{% endfor %}',
      "{{ now | date: '%F' }}",
      '{% assign x = a %}{{ x }}',
      '{% capture y %}{{ a }}{% endcapture %}{{ y | size }}',
    )
    const value = fc.constantFrom(undefined, null, '', 'x', 'ß', 3)
    fc.assert(
      fc.property(fc.array(piece), value, value, fc.array(value), (pieces, a, d, list) => {
        const variables = { a, c: { d }, list }
        const first = render(pieces.join(''), variables, at)
        expect(render(pieces.join(''), structuredClone(variables), { ...at })).toEqual(first)
      }),
      { seed: 5, numRuns: 200 },
    )
  })

  test('a thousand templates do not push out the results', () => {
    for (let i = 0; i < 1000; i++) expect(text(`${i} {{ a }}`, { a: i })).toBe(`${i} ${i}`)
    expect(text('0 {{ a }}', { a: 'again' })).toBe('0 again')
  })
})
