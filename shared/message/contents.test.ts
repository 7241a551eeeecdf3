import { describe, expect, it } from 'vitest'
import { contentSchema, type Library } from '../contents/content.ts'
import { someone } from '../testing/driver.ts'
import { sketchBrand } from '../testing/sketch.ts'
import { type ComposeResult, compose, type WrittenMessage } from './compose.ts'

const now = Date.parse('2026-08-19T10:00:00+08:00')
const zone = 'Asia/Shanghai'
const content = (key: string, kind: string, body: object, ...variants: object[]) =>
  contentSchema.parse({ key, name: { en: key }, kind, default: body, variants })
const text = (zh: string) => ({ text: { 'zh-CN': zh } })
const forGold = (body: object) => ({ id: 'gold', labels: { tier: ['gold'] }, body })

const library: Library = [
  content('hello', 'text', text('{{ customer.name }}，你好'), forGold(text('尊敬的{{ customer.name }}'))),
  content('letter', 'text', text('<p>亲爱的 {{ customer.name }}</p>')),
  content('outer', 'text', text('{{ content.hello }}！')),
  content('nick', 'text', text('{{ customer.nick }}，你好')),
  content('banner', 'image', {
    image: 'https://img.example/a.png',
    alt: { 'zh-CN': '给{{ customer.name }}的图' },
  }),
  content('shop', 'link', { link: 'https://shop.example/', label: { 'zh-CN': '去看看' } }),
  content(
    'gift',
    'offer',
    { name: { 'zh-CN': '满减' }, code: 'MORE', value: 2000, until: '2026-08-31' },
    forGold({ name: { 'zh-CN': '金卡礼' }, code: 'GOLD', value: 5000 }),
  ),
  content('past', 'offer', { name: { 'zh-CN': '旧' }, until: '2026-08-18' }),
]
const brand = { ...sketchBrand(), contents: library }

function made(
  written: Partial<WrittenMessage>,
  attributes: Record<string, string> = {},
  name = '王芳',
): ComposeResult {
  const customer = someone({ attributes, name })
  return compose(
    { channel: 'sms', purpose: 'service', subject: null, text: {}, body: 'envelope', ...written },
    { brand, customer, variables: { customer: { id: 'c1', name, nick: null } }, now, zone },
  )
}
const zh = (written: string) => ({ text: { 'zh-CN': written } })
const textOf = (result: ComposeResult) => (result.ok ? result.message.text : result)

describe('a message that names contents', () => {
  it.each<[string, Partial<WrittenMessage>, string]>([
    ['an SMS', zh('{{ content.hello }}'), '【鹊桥礼物】王芳，你好'],
    ['an in-app message', { channel: 'in_app', ...zh('{{ content.hello }}') }, '王芳，你好'],
    [
      'a webhook',
      { channel: 'webhook', body: 'json', ...zh('{"say": "{{ content.hello }}"}') },
      '{"say": "王芳，你好"}',
    ],
    [
      'an e-mail',
      {
        channel: 'email',
        subject: { 'zh-CN': '{{ content.shop.label }}' },
        ...zh('<p>{{ content.hello }}</p>'),
      },
      '<p>王芳，你好</p>',
    ],
  ])('%s shows the variant that is for the customer', (_, written, expected) => {
    expect(textOf(made(written))).toBe(expected)
    expect(made(written, { tier: 'gold' })).toMatchObject({
      message: {
        contents: expect.arrayContaining([
          { key: 'hello', variant: 'gold', why: { code: 'labels', matched: { tier: 'gold' } } },
        ]),
      },
    })
  })

  it('shows the parts of pictures, links and offers, an amount as money', () => {
    const parts =
      '{{ content.banner.image }} {{ content.banner.alt }} {{ content.shop.link }} {{ content.gift.name }} {{ content.gift.code }} {{ content.gift.value }}'
    expect(textOf(made({ channel: 'in_app', ...zh(parts) }, { tier: 'gold' }))).toBe(
      'https://img.example/a.png 给王芳的图 https://shop.example/ 金卡礼 GOLD ¥50',
    )
  })

  it('tells each content once, those within contents too, and none that it does not come to', () => {
    const written = zh(
      '{{ content.outer }}{{ content.hello }}{% if false %}{{ content.gift.name }}{% endif %}',
    )
    const result = made({ channel: 'in_app', ...written })
    expect(result.ok && result.message.contents.map(({ key }) => key)).toEqual(['outer', 'hello'])
  })

  it('escapes what customers wrote within HTML of a content, which stands as it is', () => {
    const mail = { channel: 'email', subject: { 'zh-CN': '信' } }
    const hostile = '<b>x</b>'
    expect(textOf(made({ ...mail, ...zh('<div>{{ content.letter }}</div>') }, {}, hostile))).toBe(
      '<div><p>亲爱的 &lt;b&gt;x&lt;/b&gt;</p></div>',
    )
    expect(textOf(made({ ...mail, ...zh('<div>{{ content.hello }}</div>') }, {}, hostile))).toBe(
      '<div>&lt;b&gt;x&lt;/b&gt;，你好</div>',
    )
  })

  it('cannot be written without what a content needs, and says so by its name', () => {
    expect(made(zh('{{ content.nick }}'))).toMatchObject({
      ok: false,
      problems: [{ code: 'missing-value', variable: 'customer.nick' }],
    })
    expect(textOf(made({ channel: 'in_app', ...zh('{{ content.nick | default: "你好" }}') }))).toBe('你好')
  })

  it('is held where its offer is over, unless it says something else then', () => {
    expect(made(zh('{{ content.past.name }}'))).toMatchObject({
      problems: [{ code: 'content-closed', variable: 'content.past' }],
    })
    const else_ = '{% if content.past %}{{ content.past.name }}{% else %}下次见{% endif %}'
    expect(textOf(made({ channel: 'in_app', ...zh(else_) }))).toBe('下次见')
  })

  it('does not know what the library does not hold', () => {
    expect(made(zh('{{ content.none }}'))).toMatchObject({
      problems: [{ code: 'missing-value', variable: 'content.none' }],
    })
  })

  it('ends where contents go round in a circle', () => {
    const round = [
      content('a', 'text', text('a{{ content.b }}')),
      content('b', 'text', text('b{{ content.a }}')),
    ]
    const input = { customer: someone(), variables: {}, now, zone, brand: { ...brand, contents: round } }
    const written = { channel: 'sms', purpose: 'service', subject: null, body: 'envelope' } as const
    expect(compose({ ...written, ...zh('{{ content.a }}') }, input)).toMatchObject({
      ok: false,
      problems: [{ code: 'template-too-heavy' }],
    })
  })

  it('a journey’s own value by the name of content stands before the library', () => {
    const input = { brand, customer: someone(), now, zone, variables: { content: { hello: '自己的' } } }
    const written = { channel: 'in_app', purpose: 'service', subject: null, body: 'envelope' } as const
    expect(textOf(compose({ ...written, ...zh('{{ content.hello }}') }, input))).toBe('自己的')
  })
})
