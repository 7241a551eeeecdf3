import { describe, expect, it } from 'vitest'
import { contentSchema, type Library } from '../contents/content.ts'
import { nestingFault } from '../message/contents-named.ts'
import { registry } from '../nodes/index.ts'
import { sketch } from '../testing/sketch.ts'
import { check } from './check.ts'

const content = (key: string, kind: string, body: object, ...variants: object[]) =>
  contentSchema.parse({ key, name: { en: key }, kind, default: body, variants })
const text = (zh: string) => ({ text: { 'zh-CN': zh } })
const forGold = (body: object) => ({ id: 'gold', labels: { tier: ['gold'] }, body })

const library: Library = [
  content('hello', 'text', text('你好')),
  content('bold', 'text', text('你好'), forGold(text('全国第一的你好'))),
  content('nick', 'text', text('你好'), forGold(text('{{ customer.nick }}你好'))),
  content('odd', 'text', text('{{ journy.name }}你好')),
  content('long', 'text', text('你好'), forGold(text('很长的话'.repeat(80)))),
  content('html', 'text', text('你好'), forGold(text('<p>你好</p>'))),
  content('outer', 'text', text('{{ content.bold }}')),
  content('banner', 'image', { image: 'https://img.example/a.png', alt: { en: 'A' } }),
  content(
    'gift',
    'offer',
    { name: { en: 'Gift' }, until: '2026-08-31' },
    forGold({ name: { en: 'Gold' }, code: 'G' }),
  ),
]

function found(written: string, more: object = {}, contents: Library | null = library) {
  const journey = sketch({
    nodes: {
      in: ['manual'],
      it: ['send', { channel: 'sms', text: { 'zh-CN': written }, ...more }],
      out: ['exit'],
    },
    edges: { 'in.entered': 'it', 'it.sent': 'out', 'it.not_sent': 'out' },
    variables: { 'customer.nick': {} },
  })
  const now = Date.parse('2026-08-01T10:00:00+08:00')
  return check(journey, {
    registry,
    now,
    zone: 'Asia/Shanghai',
    publishing: true,
    contents: contents ?? undefined,
  }).filter(({ node }) => node === 'it')
}
const codes = (...args: Parameters<typeof found>) => found(...args).map(({ code }) => code)

describe('a text that shows contents', () => {
  it('is told of what the library does not hold, and how to mend it, in both languages', () => {
    expect(found('{{ content.gone }}')).toMatchObject([
      {
        ...{ code: 'content-unknown', severity: 'error', node: 'it', field: 'text.zh-CN' },
        message: { 'zh-CN': '内容库里没有“gone”，这条消息要用它' },
        mend: { en: expect.stringContaining('content library under the key gone') },
      },
    ])
    expect(codes('{{ content.hello }}')).toEqual([])
  })

  it('is told nothing where nobody knows the library, as in a file by itself', () => {
    expect(codes('{{ content.gone }}', {}, null)).toEqual([])
  })

  it.each([
    ['{{ content.gift }}', 'content-whole'],
    ['{{ content.gift.colour }}', 'content-field'],
    ['{{ content.hello.name }}', 'content-field'],
    ['{{ content }}', 'content-unknown'],
  ])('%s: %s', (written, code) => {
    expect(codes(written)).toEqual([code])
  })

  it('is told which variants lack a part, and of an offer that ends', () => {
    const told = found('{{ content.gift.code }}')
    expect(told.map(({ code }) => code)).toEqual(['content-part-blank', 'content-dated'])
    expect(told[0]?.message.en).toContain('variant “default” of the content “gift” has no “code”')
    expect(codes("{{ content.gift.code | default: '-' }}")).toEqual([])
  })

  it.each([
    ['a word that the law forbids', '{{ content.bold }}', 'error', 'gold'],
    ['the same within a content within it', '{{ content.outer }}', 'error', 'gold'],
    ['a value that may be missing', '{{ content.nick }}', 'warning', 'gold'],
    ['a variable that there is not', '{{ content.odd }}', 'error', 'default'],
  ])('is told of %s, and in which variant', (_, written, severity, variant) => {
    const [told] = found(written)
    expect(told).toMatchObject({ code: 'in-content', severity, field: 'text.zh-CN' })
    expect(told?.message.en).toContain(`variant “${variant}”`)
  })

  it('is told which variant makes an SMS long, and of what an SMS does not carry', () => {
    expect(found('{{ content.long }}')).toMatchObject([{ code: 'content-sms-long', severity: 'warning' }])
    expect(found('{{ content.long }}')[0]?.message.en).toContain('variant “gold” of the content “long”')
    expect(codes('{{ content.html }}')).toEqual(['content-html'])
    expect(codes('{{ content.banner.image }}')).toEqual(['content-image-sms'])
    const mail = { channel: 'email', subject: { 'zh-CN': '信' } }
    expect(
      codes('<p>{{ content.html }}</p><img src="{{ content.banner.image }}" alt="七夕" width="600">', mail),
    ).toEqual([])
  })
})

describe('contents within contents', () => {
  it('may not go round in a circle, nor too deep, whichever of them closes it', () => {
    const within = (key: string, inner: string) => content(key, 'text', text(`{{ content.${inner} }}`))
    const chain = [within('a', 'b'), within('b', 'c'), content('c', 'text', text('end'))]
    const [, , end] = chain
    expect(end && nestingFault(end, chain)).toBeNull()
    const round = [...chain.slice(0, 2), within('c', 'a')]
    expect(nestingFault(within('c', 'a'), round)).toEqual({
      code: 'content-circle',
      way: ['c', 'a', 'b', 'c'],
    })
    const deeper = [...chain.slice(0, 2), within('c', 'd'), content('d', 'text', text('end'))]
    expect(nestingFault(within('c', 'd'), deeper)).toMatchObject({ code: 'content-deep' })
  })
})
