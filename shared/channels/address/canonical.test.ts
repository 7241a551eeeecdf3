import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalAddress, canonicalOrNull } from './canonical.ts'

describe('a phone in its one form', () => {
  test.each([
    '13800000001',
    '+8613800000001',
    '+86 138-0000-0001',
    '+86 (138) 0000 0001',
    '0086 13800000001',
    '86 138 0000 0001',
    '8613800000001',
    '013800000001',
    '１３８０００００００１',
    '＋８６１３８０００００００１',
    '138\u200b0000\u00a00001',
    '\u202a13800000001\u202c',
    '\ufeff13800000001',
    '138‑0000–0001',
    '138.0000.0001',
    '13800000001.0',
    "'13800000001",
    '="13800000001"',
    'tel:+86-138-0000-0001',
    '١٣٨٠٠٠٠٠٠٠١',
    ' 13800000001\n',
    '086 13800000001',
    '+0086 13800000001',
    '++86 13800000001',
    '8686 13800000001',
    '17951 13800000001',
    '1252013800000001',
    'sms:+8613800000001',
    'tel:+8613800000001;ext=1',
    'Mobile No. 13800000001',
    '手机：13800000001',
    '手机号13800000001',
    '13800000001（微信同号）',
    '13800000001转8002',
    '<13800000001>',
    '「13800000001」',
    '138~0000~0001',
    '13800000001；',
    '13800000001,',
  ])('%j is 13800000001', (text) => {
    expect(canonicalAddress('phone', text)).toEqual({ ok: true, address: '13800000001' })
  })

  test.each([
    ['+852 9123 4567', '+85291234567'],
    ['00852 91234567', '+85291234567'],
    ['85291234567', '+85291234567'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['+44 20 7946 0958', '+442079460958'],
    ['+1 (415) 555-2671', '+14155552671'],
    ['+15550000001', '+15550000001'],
    ['+65 8123 4567', '+6581234567'],
    ['6581234567', '+6581234567'],
    ['16502530000', '16502530000'],
    ['001 650 253 0000', '+16502530000'],
    ['+86 10 12345678 ext. 8', '01012345678'],
    ['010-12345678转8', '01012345678'],
    ['+81 090-1234-5678', '+819012345678'],
    ['010-12345678', '01012345678'],
    ['+86 10 12345678', '01012345678'],
    ['400-123-4567', '4001234567'],
    ['95188', '95188'],
    ['+8695188', '95188'],
  ])('%s of another country or no mobile is %s', (text, address) => {
    expect(canonicalOrNull('phone', text)).toBe(address)
  })

  test.each([
    ['', 'blank'],
    ['\u200b ', 'blank'],
    ['138****0001', 'masked'],
    ['138xxxx0001', 'masked'],
    ['1.38E+10', 'scientific'],
    ['13800000001/13900000002', 'several'],
    ['13800000001，13900000002', 'several'],
    ['无', 'letters'],
    ['手机', 'letters'],
    ['13800000001#', 'letters'],
    ['微信 wang13800000001', 'letters'],
    ['13800000001a', 'letters'],
    ['123', 'too-short'],
    ['1234567890123456', 'too-long'],
  ])('%j is none: %s', (text, fault) => {
    expect(canonicalAddress('phone', text)).toEqual({ ok: false, fault })
  })

  test('its one form is the form of itself', () => {
    const digits = fc.stringMatching(/^\+?\d{5,15}$/)
    fc.assert(
      fc.property(digits, (text) => {
        const once = canonicalOrNull('phone', text)
        if (once !== null) expect(canonicalOrNull('phone', once)).toBe(once)
      }),
    )
  })
})

describe('a mailbox in its one form', () => {
  test.each([
    'wang@example.com',
    ' Wang@Example.COM ',
    'ｗａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ',
    'wang@example。com',
    'wang\u200b@example.com',
    'mailto:wang@example.com?subject=hi',
    '王芳 <wang@example.com>',
    'wang@example.com;',
    "'wang@example.com",
    'wang@example.com.',
    '邮箱：wang@example.com',
    'E-mail: wang@example.com',
    'wang@example.com (Wang Fang)',
    '(wang@example.com)',
    'wang @ example.com',
  ])('%j is wang@example.com', (text) => {
    expect(canonicalAddress('email', text)).toEqual({ ok: true, address: 'wang@example.com' })
  })

  test.each([
    ['', 'blank'],
    ['w***@example.com', 'masked'],
    ['a@example.com,b@example.com', 'several'],
    ['wang', 'not-an-address'],
    ['wang@localhost', 'not-an-address'],
    ['wang@@example.com', 'several'],
    ['wa ng@example.com', 'not-an-address'],
    ['wang..li@example.com', 'not-an-address'],
    ['wang@-example.com', 'not-an-address'],
    ['@example.com', 'not-an-address'],
  ])('%j is none: %s', (text, fault) => {
    expect(canonicalAddress('email', text)).toEqual({ ok: false, fault })
  })

  test('dots and tags of the local part tell people apart', () => {
    const forms = ['wangfang@gmail.com', 'wang.fang@gmail.com', 'wangfang+a@gmail.com']
    expect(forms.map((text) => canonicalOrNull('email', text))).toEqual(forms)
  })

  test('two writings of a domain of another script are one', () => {
    expect(canonicalOrNull('email', 'a@bücher.example')).toBe(
      canonicalOrNull('email', 'A@xn--bcher-kva.example'),
    )
  })
})

test('an id is kept as it is, even one that looks like a phone', () => {
  expect(canonicalOrNull('customer', ' +86 138 ')).toBe('+86 138')
})

test.each([' ', ',', '(', '"', '> ', '@ ', '1(', '。', '\u200b'])(
  'a text far longer than any address is none, be it of nothing but %j',
  (part) => {
    for (const kind of ['phone', 'email', 'customer'] as const)
      expect(canonicalAddress(kind, `1${part.repeat(200_000)}a`)).toEqual({ ok: false, fault: 'too-long' })
  },
)

test('blanks around an address are no part of it, however many there are', () => {
  expect(canonicalOrNull('phone', `${' '.repeat(1000)}13800000001${'\n'.repeat(1000)}`)).toBe('13800000001')
  expect(canonicalAddress('email', ' '.repeat(1000))).toEqual({ ok: false, fault: 'blank' })
})
