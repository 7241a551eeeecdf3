import { describe, expect, test } from 'vitest'
import { Mentions } from './mentions.ts'

const mentions = new Mentions({
  ids: ['KX-1'],
  contacts: [
    { kind: 'phone', address: '+8613912345678' },
    { kind: 'email', address: 'muxue@example.org' },
  ],
})

describe('what names somebody', () => {
  test.each([
    ['KX-1'],
    ['13912345678'],
    ['0086 139 1234 5678'],
    ['打她电话 139-1234-5678 转 2'],
    ['Muxue@Example.org'],
    ['备用邮箱 Muxue@Example.ORG，请勿群发'],
  ])('%s does', (cell) => expect(mentions.in(cell)).toBe(true))

  test.each([[''], ['KX-12'], ['13912345679'], ['xue@example.org']])('%s does not', (cell) =>
    expect(mentions.in(cell)).toBe(false),
  )

  test('is taken out of what stays, however it was written', () => {
    expect(mentions.without('sent to Muxue@Example.ORG, +8613912345678')).toBe('sent to …, …')
    expect(mentions.inJson('{"to":"MUXUE@example.org"}')).toBe(true)
  })
})
