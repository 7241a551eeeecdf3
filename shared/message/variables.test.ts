import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { render } from './render.ts'
import { variablesOf } from './variables.ts'

const listed = (template: string): string[] =>
  variablesOf(template).variables.map(({ name, hasDefault }) => (hasDefault ? `(${name})` : name))

describe('the variables of a template', () => {
  test('are listed once, in order, with whether the message goes out without them', () => {
    expect(listed("{{ customer.name | default: '朋友' }} {{ coupon.code }} {{ coupon.code }}")).toEqual([
      '(customer.name)',
      'coupon.code',
    ])
    expect(listed("{{ a | default: 'x' }}{{ a }}")).toEqual(['a'])
    expect(listed("{{ d['x y'] }} {{ e[0].f }} {{ g[h] }}")).toEqual(["d['x y']", 'e[0].f', 'g[h]', '(h)'])
  })

  test('that are only asked about need no default', () => {
    expect(listed("{% if customer.tier == 'gold' and a %}{{ b }}{% elsif c %}{% endif %}")).toEqual([
      '(customer.tier)',
      '(a)',
      'b',
      '(c)',
    ])
    expect(listed('{% for p in products limit: n %}{{ p.name }}{{ forloop.index }}{% endfor %}')).toEqual([
      '(products)',
      '(n)',
    ])
    expect(listed('{% case k %}{% when l %}{% endcase %}{% unless o %}{% endunless %}')).toEqual([
      '(k)',
      '(l)',
      '(o)',
    ])
  })

  test('are told where they are printed as they are kept, also by another name', () => {
    const bare = (template: string) =>
      variablesOf(template).variables.flatMap((variable) => (variable.bare ? [variable.name] : []))
    expect(bare("{{ a.b }}{{ c | default: 'x' | append: '元' }}{% echo d %}")).toEqual(['a.b', 'c', 'd'])
    expect(bare('{% assign x = a %}{% if x %}{{ x }}{% endif %}')).toEqual(['a'])
    expect(
      bare("{{ a | money }}{{ b | date: '%F' }}{{ c | divided_by: 100 }}{% if d %}1{% endif %}"),
    ).toEqual([])
    expect(bare('{% assign x = a | money %}{{ x }}')).toEqual([])
  })

  test('among the arguments of filters need a value, the default’s own included', () => {
    expect(listed('{{ a | append: b | default: c }}')).toEqual(['(a)', 'b', 'c'])
  })

  test('behind a local name need a value when the name is printed', () => {
    expect(listed('{% assign n = customer.name %}{{ n }}')).toEqual(['customer.name'])
    expect(listed("{% assign n = customer.name %}{{ n | default: 'x' }}{% if n %}{% endif %}")).toEqual([
      '(customer.name)',
    ])
    expect(listed('{% assign n = a %}{% assign m = n %}{{ m | upcase }}')).toEqual(['a'])
    expect(listed('{% capture c %}{{ a }}{% endcapture %}{{ c }}')).toEqual(['a'])
    expect(listed('{% liquid\nassign x = y\necho x %}')).toEqual(['y'])
  })

  test('do not include now, today and what the template makes', () => {
    expect(listed("{{ now }}{{ today | date: '%F' }}{% increment i %}{% assign z = 1 %}{{ z }}")).toEqual([])
  })

  test('a template that is wrong has none, and a problem', () => {
    expect(variablesOf('{{ a ')).toMatchObject({ variables: [], problems: [{ code: 'template-syntax' }] })
  })

  test('given a value for each that needs one, no message is suppressed', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd')
    const piece = fc.oneof(
      name.map((v) => `{{ ${v} }}`),
      name.map((v) => `{{ ${v} | default: 'x' | upcase }}`),
      fc.tuple(name, name).map(([v, w]) => `{{ ${v} | default: ${w} }}`),
      fc.tuple(name, name).map(([v, w]) => `{{ ${v} | append: ${w} }}`),
      fc.tuple(name, name).map(([v, w]) => `{% if ${v} %}{{ ${w} }}{% endif %}`),
      fc.tuple(name, name).map(([v, w]) => `{% assign l${v} = ${w} %}{% if l${v} %}1{% endif %}`),
      name.map((v) => `{% assign l${v} = ${v} %}{{ l${v} }}`),
      name.map((v) => `{% capture c${v} %}{{ ${v} }}{% endcapture %}{{ c${v} }}`),
      name.map((v) => `{% for i in ${v} %}{{ i }}{% endfor %}`),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const template = pieces.join('')
        const needed = variablesOf(template).variables.filter((variable) => !variable.hasDefault)
        const values = Object.fromEntries(needed.map((variable) => [variable.name, 'v']))
        expect(
          render(template, values, { now: 0, zone: 'UTC', locale: 'en', currency: 'CNY' }),
        ).toMatchObject({ ok: true })
      }),
      { seed: 9, numRuns: 400 },
    )
  })
})
