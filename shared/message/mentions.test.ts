import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mentionsIn, mentionsInAll } from './mentions.ts'
import { render } from './render.ts'

describe('what a text may speak of', () => {
  const roots = ['customer', 'owner', 'brand', 'festival', 'coupon', 'picks']
  const named = (text: string) => roots.filter((root) => mentionsIn(text).names(root))
  const fields = (...texts: string[]) => {
    const { ofCustomer } = mentionsInAll(texts)
    return ofCustomer === null ? 'any' : [...ofCustomer].sort()
  }

  test('is what it names', () => {
    expect(named('{{ customer.name }}，{{ brand.name }}祝您七夕快乐')).toEqual(['customer', 'brand'])
    expect(named('您好')).toEqual([])
  })

  test('is anything where names are reckoned, or contents have texts of their own', () => {
    expect(named('{{ picks[0].name }}')).toEqual(roots)
    expect(named('{{ content.spring }}')).toEqual(roots)
  })

  test('of the customer what stands behind the point, in any of the texts', () => {
    expect(fields('{{ customer.name | default: customer.会员等级 }}')).toEqual(['name', '会员等级'])
    expect(fields('{{customer.name-}}')).toEqual(['name', 'name-'])
    expect(fields('{{ customer.name }}', '{% if customer.tier == "gold" %}金{% endif %}')).toEqual([
      ...['name', 'tier'],
    ])
    expect(fields('您好')).toEqual([])
  })

  test.each([
    '{% for one in customer %}{{ one }}{% endfor %}',
    '{{ customer.size }}',
    '{{ customer | json }}',
    'Dear customer {{ customer.name }}',
    '{{ customer.vip? }}',
    '{{ customer["name"] }}',
  ])('of the customer anything where there is no telling: %s', (text) => {
    expect(fields(text)).toBe('any')
  })
})

test('a text that is given what it names alone says what it says with everything', () => {
  const piece = fc.constantFrom(
    ...[
      '{{ customer.name }}',
      '{{customer.name-}} ',
      '{{ customer.tier | default: "-" }}',
      '{{ brand.name }}',
    ],
    ...['{% if customer.points > 3 %}A{% else %}B{% endif %}', '{{ owner.name | default: customer.name }}'],
    ...['{% assign who = customer.name %}{{ who }}', '{{ customer.size }}', 'customer', '您好'],
    ...[
      '{% for one in customer %}{{ one[0] }}{% endfor %}',
      '{% case customer.tier %}{% when "金" %}J{% endcase %}',
    ],
  )
  const context = { now: 0, zone: 'UTC', locale: 'en', currency: 'CNY' } as const
  const all: Record<string, Record<string, unknown>> = {
    customer: { name: '王芳', tier: '金', points: 5 },
    owner: { name: '小李' },
    brand: { name: '鹊桥' },
  }
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
      const text = pieces.join('，')
      const { names, ofCustomer } = mentionsIn(text)
      const given = Object.fromEntries(
        Object.entries(all)
          .filter(([root]) => names(root))
          .map(([root, of]) => [
            root,
            root === 'customer' && ofCustomer !== null
              ? Object.fromEntries(Object.entries(of).filter(([field]) => ofCustomer.has(field)))
              : of,
          ]),
      )
      expect(render(text, given, context)).toEqual(render(text, all, context))
    }),
    { seed: 20_261_130, numRuns: 300 },
  )
})
