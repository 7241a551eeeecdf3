import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { beforeAll, describe, expect, test } from 'vitest'
import { type MailBlock, type MailDocument, mailDocument, usualLook } from '../../shared/mail/blocks.ts'
import { mailLayouts } from '../../shared/mail/layouts.ts'
import { structureOf } from '../../shared/mail/mjml.ts'
import { compose } from '../../shared/message/compose.ts'
import { frameOf, mailOf } from '../../shared/message/html.ts'
import { send } from '../../shared/nodes/send.ts'
import { someone } from '../../shared/testing/driver.ts'
import { sketchBrand } from '../../shared/testing/sketch.ts'
import { layOut } from './lay-out.ts'

const wayOut = 'https://magpie.example/u/token'

interface Given {
  readonly name?: string
  readonly link?: string
  readonly picks?: readonly object[]
  readonly purpose?: 'marketing' | 'service'
}

/** The mail as a customer gets it, by the way that a message goes. */
async function mailed(document: MailDocument, given: Given = {}) {
  const { name = '王芳', link = 'https://shop.example/l', picks = [], purpose = 'marketing' } = given
  const settings = send.config.parse({
    ...send.defaults(),
    channel: 'email',
    purpose,
    subject: { 'zh-CN': '新品' },
    text: { 'zh-CN': '' },
    mail: { document, laid: await layOut(document) },
  })
  const brand = sketchBrand()
  const made = compose(settings, {
    brand,
    customer: someone({}),
    variables: {
      customer: { name },
      brand: { name: '鹊桥' },
      entry: { link },
      picks,
      coupon: { code: 'SAVE20', value: 2000, name: '满减券', expires_at: 1_700_000_000_000 },
    },
    now: 0,
    zone: 'Asia/Shanghai',
  })
  if (!made.ok) throw new Error(JSON.stringify(made))
  const { text: body, format } = made.message
  return {
    body,
    format,
    ...mailOf(body, format, frameOf(brand, 'zh-CN', purpose === 'service' ? null : wayOut)),
  }
}

interface Seen {
  readonly tags: string[]
  readonly broken: string[]
  readonly addresses: string[]
  readonly alts: (string | undefined)[]
  readonly handlers: string[]
}

const empty = new Set(['meta', 'img', 'br', 'hr', 'link', 'input', 'col'])

function seen(html: string): Seen {
  const found: Seen = { tags: [], broken: [], addresses: [], alts: [], handlers: [] }
  const parser = new Parser({
    onopentag(name, given) {
      found.tags.push(name)
      if (name === 'img') found.alts.push(given.alt)
      for (const [key, value] of Object.entries(given)) {
        if (key === 'href' || key === 'src') found.addresses.push(value)
        if (key.startsWith('on')) found.handlers.push(key)
      }
    },
    onclosetag(name, implied) {
      if (implied && !empty.has(name)) found.broken.push(name)
    },
  })
  parser.end(html)
  return found
}

/** Ids one after another. */
function numbered(): () => string {
  let count = 0
  return () => {
    count += 1
    return `b${count}`
  }
}

const document = (blocks: MailBlock[]): MailDocument => ({ look: usualLook, preheader: null, blocks })

describe('a mail of blocks', () => {
  // The library takes a second to load, which is no matter of the first test.
  beforeAll(() => layOut(document([])))

  test('is laid out by MJML, with a table of its own for Outlook, and says each word once', async () => {
    const made = await mailed(
      document([
        { id: 'b1', kind: 'heading', text: { 'zh-CN': '上新 <今天>' }, level: 1, align: 'left' },
        {
          id: 'b2',
          kind: 'text',
          text: { 'zh-CN': '{{ customer.name }}，**您好**' },
          size: 'normal',
          align: 'left',
        },
        {
          id: 'b3',
          kind: 'columns',
          together: false,
          columns: [
            [{ id: 'b4', kind: 'text', text: { 'zh-CN': '左边' }, size: 'small', align: 'left' }],
            [{ id: 'b5', kind: 'text', text: { 'zh-CN': '右边' }, size: 'small', align: 'left' }],
          ],
        },
        {
          id: 'b6',
          kind: 'button',
          label: { 'zh-CN': '去看看' },
          href: 'https://shop.example/?a=1&b=2',
          align: 'center',
          wide: false,
        },
      ]),
    )
    expect(made.format).toBe('html')
    expect(made.html).toContain('<!--[if mso')
    expect(made.html).toContain('上新 &lt;今天&gt;')
    expect(made.html).toContain('王芳，<strong>您好</strong>')
    expect(made.html).toContain('href="https://shop.example/?a=1&amp;b=2"')
    expect(made.html.match(/左边/g)).toHaveLength(1)
    expect(made.html).not.toContain('mpslot_')
    expect(made.html).toContain(wayOut)
    expect(made.text).toContain('去看看 (https://shop.example/?a=1&b=2)')
  })

  test('shows what is picked for the customer, and leaves the cards out for which there is nothing', async () => {
    const card = (id: string, pick: number): MailBlock => ({
      id,
      kind: 'product',
      pick,
      layout: pick === 0 ? 'beside' : 'stacked',
      label: { 'zh-CN': '看看' },
      price: true,
      reason: true,
    })
    const picks = [
      {
        name: '茶"<杯>',
        price: 5900,
        link: 'https://shop.example/cup',
        image: 'https://shop.example/cup.png',
        reason: '常买',
      },
    ]
    const { html, text, body } = await mailed(document([card('b1', 0), card('b2', 1)]), { picks })
    expect(body).toContain('alt="茶&#34;&lt;杯&gt;"')
    expect(html.match(/shop\.example\/cup\.png/g)).toHaveLength(1)
    expect(text).toContain('茶"<杯>')
    expect(text.match(/看看/g)).toHaveLength(1)
    expect(seen(html).broken).toEqual([])
  })

  test('has its own way to unsubscribe in the footer, and a plain one where it has no footer', async () => {
    const words: MailBlock = {
      id: 'b1',
      kind: 'text',
      text: { 'zh-CN': '好' },
      size: 'normal',
      align: 'left',
    }
    const footer: MailBlock = { id: 'b2', kind: 'footer', text: { 'zh-CN': '来自 {{ brand.name }}' } }
    for (const blocks of [[words], [words, footer]]) {
      const made = await mailed(document(blocks))
      expect(made.html.split(wayOut)).toHaveLength(2)
      expect(made.text).toContain(wayOut)
    }
    const service = await mailed(document([words, footer]), { purpose: 'service' })
    expect(service.html).not.toContain('退订')
  })

  test('needs no new layout for other words, and another one for another look', () => {
    const [first] = mailLayouts
    const blocks = first?.blocks(() => 'x') ?? []
    const other = blocks.map((one) =>
      one.kind === 'button' ? { ...one, label: { en: 'Other' }, href: 'https://x.example' } : one,
    )
    expect(structureOf(document(other))).toBe(structureOf(document(blocks)))
    expect(structureOf({ ...document(blocks), look: { ...usualLook, accent: '#123456' } })).not.toBe(
      structureOf(document(blocks)),
    )
  })

  test('of each layout that one may begin with is sound', async () => {
    for (const { blocks, id } of mailLayouts) {
      const made = document(blocks(numbered()))
      expect(mailDocument.safeParse(made).success, id).toBe(true)
      const mail = { document: made, laid: await layOut(made) }
      const settings = send.config.parse({
        ...send.defaults(),
        channel: 'email',
        subject: { en: 'x' },
        text: { en: '' },
        mail,
      })
      const codes = send.check?.(settings, { now: 0, zone: 'UTC' }).map(({ code }) => code) ?? []
      expect(codes, id).not.toContain('mail-not-laid')
      expect(codes, id).not.toContain('mail-heavy')
    }
  })

  test('whose layout is another’s, or holds what could run, is refused', async () => {
    const blocks: MailBlock[] = [{ id: 'b1', kind: 'text', text: { en: 'x' }, size: 'normal', align: 'left' }]
    const made = document(blocks)
    const laid = await layOut(made)
    const codes = (html: string, of: string) =>
      send
        .check?.(
          send.config.parse({
            ...send.defaults(),
            channel: 'email',
            subject: { en: 'x' },
            text: { en: '' },
            mail: { document: made, laid: { of, html } },
          }),
          { now: 0, zone: 'UTC' },
        )
        .map(({ code }) => code)
    expect(codes(laid.html, laid.of)).not.toContain('mail-not-laid')
    expect(codes(laid.html, '1-other')).toContain('mail-not-laid')
    for (const bad of [
      '<script>1</script>',
      '<p onclick="x">',
      '<iframe></iframe>',
      '<a href="javascript:x">',
    ])
      expect(codes(laid.html.replace('</body>', `${bad}</body>`), laid.of), bad).toContain('mail-not-laid')
  })
})

const hostile = fc.constantFrom(
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='x",
  '{{ customer.name }}',
  '{{ customer.name | raw }}',
  '<!--[if mso]>',
  ']]> --> </table>',
  '**{{ customer.name }}** [x]({{ entry.link }})',
  '[x](javascript:alert(1))',
  'mpslot_b1_text_0_',
  '你好',
)
/** What a customer may be called; Liquid within a value is refused whatever the mail. */
const hostileValue = hostile.filter((text) => !/[{}]/.test(text))
const words = fc.oneof(
  hostile,
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll(/[{}]/g, '')),
)
const written = words.map((text) => ({ 'zh-CN': `${text} 好`, en: text }))
const address = fc.constantFrom(
  'https://shop.example/a?b="c&d=<e>',
  '{{ entry.link }}',
  'javascript:alert(1)',
  'https://shop.example/{{ customer.name | raw }}',
  '',
)
const linkValue = fc.constantFrom(
  'https://shop.example/a?b="c&d=<e>',
  'java\nscript:alert(1)',
  '"><script>1</script>',
  'data:text/html,x',
)
const align = fc.constantFrom('left' as const, 'center' as const, 'right' as const)

type Body<B> = B extends MailBlock ? Omit<B, 'id'> : never
const leaf: fc.Arbitrary<Body<Exclude<MailBlock, { kind: 'columns' } | { kind: 'footer' }>>> = fc.oneof(
  fc.record({
    kind: fc.constant('heading' as const),
    text: written,
    level: fc.integer({ min: 1, max: 3 }),
    align,
  }),
  fc.record({
    kind: fc.constant('text' as const),
    text: written,
    size: fc.constantFrom('small' as const, 'large' as const),
    align,
  }),
  fc.record({
    kind: fc.constant('image' as const),
    src: address,
    alt: written,
    href: address,
    width: fc.integer({ min: 16, max: 600 }),
    align,
    rounded: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('button' as const),
    label: written,
    href: address,
    align,
    wide: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('product' as const),
    pick: fc.integer({ min: 0, max: 1 }),
    layout: fc.constantFrom('stacked' as const, 'beside' as const),
    label: written,
    price: fc.boolean(),
    reason: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('coupon' as const), title: written, note: written }),
  fc.constant({ kind: 'divider' as const }),
  fc.record({ kind: fc.constant('spacer' as const), height: fc.integer({ min: 4, max: 200 }) }),
)
const anyDocument = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: leaf.map((one) => [one]) },
      { weight: 1, arbitrary: fc.array(leaf, { minLength: 2, maxLength: 2 }) },
    ),
    {
      minLength: 1,
      maxLength: 6,
    },
  )
  .map((groups): MailDocument => {
    const next = numbered()
    const named = <B extends object>(body: B) => ({ ...body, id: next() })
    const blocks = groups.map((group): MailBlock => {
      const [first] = group
      if (group.length === 1 && first !== undefined) return named(first)
      return named({ kind: 'columns' as const, together: false, columns: group.map((one) => [named(one)]) })
    })
    return { look: usualLook, preheader: { 'zh-CN': '<b>' }, blocks }
  })

test('whatever stands in the blocks and whatever a value holds, the mail is whole, leads to the web alone, and runs nothing', async () => {
  await fc.assert(
    fc.asyncProperty(anyDocument, hostileValue, linkValue, async (made, name, link) => {
      const picks = [{ name, price: 100, link, image: link, reason: name }]
      const { html } = await mailed(made, { name: `${name}x`, link, picks })
      const { tags, broken, addresses, alts, handlers } = seen(html)
      expect(broken).toEqual([])
      expect(handlers).toEqual([])
      expect(tags).not.toContain('script')
      expect(alts.every((alt) => alt !== undefined)).toBe(true)
      for (const one of addresses) expect(one).toMatch(/^(?:https?:\/\/|mailto:|tel:|#$)/)
    }),
    { numRuns: 40, seed: 20261130 },
  )
}, 60_000)
