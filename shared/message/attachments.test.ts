import { describe, expect, test } from 'vitest'
import { withHost } from '../channels/index.ts'
import { someone } from '../testing/driver.ts'
import { sketchBrand } from '../testing/sketch.ts'
import { type Attachment, isWebAddress, textsOfAttachments } from './attachments.ts'
import { compose } from './compose.ts'

const picture = {
  key: 'box',
  name: { en: 'Box' },
  alt: { en: 'A box' },
  hash: 'a'.repeat(64),
  type: 'image/png',
  width: 600,
  height: 400,
  bytes: 1000,
} as const

const card: Attachment = {
  kind: 'link',
  url: '{{ picks[0].link }}',
  title: { 'zh-CN': '{{ picks[0].name }}', en: 'For you: {{ picks[0].name }}' },
  description: { 'zh-CN': '{{ picks[0].price | money }}' },
  image: '{{ picks[0].image }}',
}
const pick = {
  id: 'p1',
  name: '七夕礼盒',
  price: 19900,
  link: 'https://shop.example/p1',
  image: 'https://shop.example/p1.png',
}

function made(
  attachments: readonly Attachment[],
  variables: Record<string, unknown> = { picks: [pick] },
  { channel = 'in_app', text = '看看这个', language = null as string | null } = {},
) {
  return compose(
    { channel, purpose: 'marketing', subject: null, text: { 'zh-CN': text }, body: 'envelope', attachments },
    {
      brand: { ...sketchBrand(), assets: [picture] },
      customer: someone({ language }),
      variables,
      now: Date.UTC(2026, 7, 19, 1),
      zone: 'Asia/Shanghai',
    },
  )
}
const problems = (result: ReturnType<typeof made>) =>
  result.ok ? null : result.gate === 'render' ? result.problems.map(({ code }) => code) : result.words

describe('what goes with a message', () => {
  test('says each customer what is picked for them, in their language', () => {
    const zh = made([card])
    expect(zh.ok && zh.message.attachments).toEqual([
      {
        kind: 'link',
        title: '七夕礼盒',
        description: '¥199',
        url: 'https://shop.example/p1',
        imageUrl: 'https://shop.example/p1.png',
      },
    ])
    const en = made([card], { picks: [pick] }, { language: 'en' })
    expect(en.ok && en.message.attachments[0]).toMatchObject({ title: 'For you: 七夕礼盒' })
  })

  test('shows a picture of the store under its own address, wherever this server stands', () => {
    const result = made([{ kind: 'image', asset: 'box' }])
    const [first] = result.ok ? result.message.attachments : []
    expect(first).toEqual({ kind: 'image', url: `/a/${picture.hash}.png` })
    expect(first && withHost(first, 'https://m.example')).toEqual({
      kind: 'image',
      url: `https://m.example/a/${picture.hash}.png`,
    })
  })

  test('opens a page of a mini-program', () => {
    const result = made([
      {
        kind: 'mini_program',
        appId: 'wx0123456789abcdef',
        path: 'pages/item?id={{ picks[0].id }}',
        title: { 'zh-CN': '去看看' },
        image: 'box',
      },
    ])
    expect(result.ok && result.message.attachments).toEqual([
      {
        kind: 'mini_program',
        appId: 'wx0123456789abcdef',
        path: 'pages/item?id=p1',
        title: '去看看',
        imageUrl: `/a/${picture.hash}.png`,
      },
    ])
  })

  test('may be all that is said; nothing at all still goes nowhere', () => {
    expect(made([{ kind: 'image', asset: 'box' }], {}, { text: '' }).ok).toBe(true)
    expect(problems(made([], {}, { text: '' }))).toEqual(['blank-message'])
  })

  test('is strict: without a value, a picture or a proper address there is no message', () => {
    expect(problems(made([card], { picks: [] }))).toContain('missing-value')
    expect(problems(made([{ kind: 'image', asset: 'lost' }]))).toEqual(['asset-unknown'])
    expect(problems(made([{ ...card, url: 'javascript:alert(1)', image: null }]))).toEqual([
      'not-web-address',
    ])
    expect(problems(made([{ ...card, title: { 'zh-CN': ' ' } }]))).toEqual(['attachment-blank'])
    const leaked = made([{ ...card, title: { 'zh-CN': '{{ a }}' } }], { picks: [pick], a: 'x undefined' })
    expect(problems(leaked)).toEqual(['leaked-value'])
  })

  test('is held to the words that the law forbids as the text is', () => {
    expect(problems(made([{ ...card, title: { 'zh-CN': '全国第一品牌' } }]))).not.toBeNull()
  })

  test('stays away where its channel does not carry it', () => {
    const result = made([card], {}, { channel: 'sms' })
    expect(result.ok && result.message.attachments).toEqual([])
  })

  test('tells its texts by the fields where they stand', () => {
    expect(textsOfAttachments([card]).map(({ field }) => field)).toEqual([
      'attachments.0.url',
      'attachments.0.title.zh-CN',
      'attachments.0.title.en',
      'attachments.0.description.zh-CN',
      'attachments.0.image',
    ])
  })
})

test('an address that a stranger may open has http or https, and no name or password', () => {
  expect(['https://a.example/x?y=1', 'http://a.example'].map(isWebAddress)).toEqual([true, true])
  const none = [
    'javascript:alert(1)',
    'data:text/html,x',
    'https://u:p@a.example',
    'https:// a',
    '/x',
    'a.example',
  ]
  expect(none.map(isWebAddress)).toEqual(none.map(() => false))
})
