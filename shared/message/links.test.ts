import { describe, expect, test } from 'vitest'
import { type Content, contentSchema } from '../contents/content.ts'
import { someone } from '../testing/driver.ts'
import { sketchBrand } from '../testing/sketch.ts'
import { compose, type WrittenMessage } from './compose.ts'
import { codeLength, createShortener, marks, type ShortenerInput, withUtm } from './links.ts'
import { smsLength } from './sms.ts'

const base = 'https://m.example'
const noUtm = { source: null, medium: null, campaign: null }
const origin = { channel: 'sms', journey: 'qixi', node: 'hello' }
const shortener = (more: Partial<ShortenerInput> = {}) =>
  createShortener({ base, utm: noUtm, origin, library: [], ...more })

describe('addresses of a message', () => {
  test('become short ones of a length that is known before there is a code', () => {
    const made = shortener()
    const text = made.text('看 https://shop.example/a?b=1，还有https://shop.example/c。', 'text')
    expect(text).toBe('看 https://m.example/l/~~~~~~~~~00，还有https://m.example/l/~~~~~~~~~01。')
    expect(made.links.map(({ target }) => target)).toEqual([
      'https://shop.example/a?b=1',
      'https://shop.example/c',
    ])
    for (const [mark] of text.matchAll(marks)) expect(mark).toHaveLength(codeLength)
  })

  test('that are one address are one link; what closes a sentence is no part of it', () => {
    const made = shortener()
    expect(made.text('(see https://a.example/x.) https://a.example/x!', 'text')).toBe(
      '(see https://m.example/l/~~~~~~~~~00.) https://m.example/l/~~~~~~~~~00!',
    )
    expect(made.links).toHaveLength(1)
  })

  test('of HTML are those that it leads to, and neither its pictures nor its words', () => {
    const made = shortener()
    const html =
      '<a class="b" href="https://a.example/?x=1&amp;y=2">https://a.example</a><img src="https://a.example/p.png">'
    expect(made.text(html, 'html')).toBe(
      '<a class="b" href="https://m.example/l/~~~~~~~~~00">https://a.example</a><img src="https://a.example/p.png">',
    )
    expect(made.links[0]?.target).toBe('https://a.example/?x=1&y=2')
  })

  test('that are no web addresses, or ours, stay', () => {
    const made = shortener()
    expect(made.address('mailto:a@a.example')).toBe('mailto:a@a.example')
    expect(made.address(`${base}/u/token`)).toBe(`${base}/u/token`)
    expect(made.text('{"url":"https://a.example"}', 'json')).toBe('{"url":"https://a.example"}')
  })

  test('end when the link of the library does', () => {
    const library: Content[] = [
      contentSchema.parse({
        ...{ key: 'shop', name: { en: 'Shop' }, kind: 'link' },
        default: { link: 'https://a.example/x', label: { en: 'Shop' }, until: '2026-08-19', after: null },
      }),
    ]
    const made = shortener({ library })
    made.address('https://a.example/x')
    made.address('https://a.example/y')
    expect(made.links.map(({ until }) => until)).toEqual(['2026-08-19', null])
  })
})

test('what the brand adds to an address says what the message is of, and changes nothing that is there', () => {
  const utm = { source: 'magpie', medium: '{channel}', campaign: '{journey}-{node}' }
  expect(withUtm('https://a.example/x?utm_source=own&q=1#top', utm, origin)).toBe(
    'https://a.example/x?utm_source=own&q=1&utm_medium=sms&utm_campaign=qixi-hello#top',
  )
  expect(withUtm('https://a.example/x', noUtm, origin)).toBe('https://a.example/x')
})

describe('a message with addresses', () => {
  const written: WrittenMessage = {
    ...{ channel: 'sms', purpose: 'marketing', subject: null, body: 'envelope' },
    text: { 'zh-CN': `点击 https://shop.example/${'a'.repeat(80)} 查看` },
  }
  const made = (more: Partial<WrittenMessage> = {}, linkBase: string | null = base) => {
    const result = compose(
      { ...written, ...more },
      {
        brand: { ...sketchBrand(), ...(linkBase === null ? {} : { linkBase }) },
        customer: someone({}),
        variables: {},
        now: Date.UTC(2026, 7, 19, 1),
        zone: 'Asia/Shanghai',
        origin: { journey: 'qixi', node: 'hello' },
      },
    )
    if (!result.ok) throw new Error('it cannot be written')
    return result.message
  }

  test('counts its parts as it is sent, with the short ones', () => {
    expect(made().links).toHaveLength(1)
    expect(made().parts).toBe(1)
    expect(made().parts).toBe(smsLength(made().text.replaceAll(marks, 'x'.repeat(codeLength))).parts)
    expect(made({ track: false }).parts).toBe(2)
    // A model is given what was written.
    expect(made().body).toContain('shop.example')
  })

  test('keeps them where nobody could open a short one, or as it says itself', () => {
    expect(made({}, null).links).toEqual([])
    expect(made({ track: false }).text).toContain('shop.example')
  })

  test('has the address of a card short, too', () => {
    const card = {
      kind: 'link',
      url: 'https://shop.example/b',
      title: { en: 'B' },
      description: null,
      image: null,
    } as const
    const { attachments, links } = made({ channel: 'in_app', attachments: [card] })
    expect(attachments).toMatchObject([{ url: expect.stringMatching(/^https:\/\/m\.example\/l\/~/) }])
    expect(links.map(({ target }) => target)).toContain('https://shop.example/b')
  })
})
