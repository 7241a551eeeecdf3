import { describe, expect, test } from 'vitest'
import { amountReader } from './money.ts'
import { Refusal } from './reasons.ts'
import {
  dateReader,
  instantReader,
  type Read,
  readConsent,
  readEmail,
  readGender,
  readId,
  readLanguage,
  readPhone,
  readZone,
} from './values.ts'

function read<T>(reader: Read<T>, text: string): T | string {
  const value = reader(text, 'column')
  return value instanceof Refusal ? value.code : value
}

describe('a cell', () => {
  test.each([
    ['129.70', 12_970],
    ['0', 0],
    ['-0.00', 0],
    ['8', 800],
    ['12.5', 1_250],
    ['1,234.56', 123_456],
    ['¥99', 9_900],
    ['￥ 1,000', 100_000],
    ['99元', 9_900],
    ['１２．３４', 1_234],
    ['129.70000000000002', 12_970],
    ['0.295', 30],
    ['-5', -500],
    ['-¥5', -500],
    ['12,34', 'invalid-amount'],
    ['1e3', 'invalid-amount'],
    ['abc', 'invalid-amount'],
    ['.', 'invalid-amount'],
    ['99999999999999999', 'amount-too-large'],
    ['20260819100000', 'amount-too-large'],
  ])('reads the amount %s as %s fen', (text, fen) => {
    expect(read(amountReader({ currency: 'CNY', digits: 2 }), text)).toBe(fen)
  })

  test.each([
    ['19900000001', '19900000001'],
    ['+86 199 0000 0001', '19900000001'],
    ['0086-199-0000-0001', '19900000001'],
    ['8619900000001', '19900000001'],
    ['199.0000.0001', '19900000001'],
    ['19900000001.0', '19900000001'],
    ['１９９００００００１', '1990000001'],
    ['(010) 1234-5678', '01012345678'],
    ['+1 415 555 0100', '+14155550100'],
    ['199****0001', 'invalid-phone'],
    ['1.99E+10', 'invalid-phone'],
    ['没有', 'invalid-phone'],
    ['123', 'invalid-phone'],
  ])('reads the phone %s as %s', (text, phone) => {
    expect(read(readPhone, text)).toBe(phone)
  })

  test.each([
    ['Zhinv@Example.COM', 'zhinv@example.com'],
    ['a＠b.cn', 'a@b.cn'],
    ['a@b', 'invalid-email'],
    ['a b@c.cn', 'invalid-email'],
    ['a@b.cn,c@d.cn', 'invalid-email'],
  ])('reads the e-mail %s as %s', (text, email) => {
    expect(read(readEmail, text)).toBe(email)
  })

  test.each([
    ['1990-02-03', '1990-02-03'],
    ['1990/2/3', '1990-02-03'],
    ['1990年2月3日', '1990-02-03'],
    ['1990-02-03 00:00:00', '1990-02-03'],
    ['1990-02-30', 'invalid-date'],
    ['32906', 'invalid-date'],
  ])('reads the birthday %s as %s', (text, date) => {
    expect(read(dateReader(), text)).toBe(date)
  })

  test('reads a time without a zone in the brand’s, and a date alone as its midnight', () => {
    const shanghai = instantReader('Asia/Shanghai')
    expect(read(shanghai, '2026-08-19')).toBe(Date.parse('2026-08-19T00:00:00+08:00'))
    expect(read(shanghai, '2026/8/19 9:30')).toBe(Date.parse('2026-08-19T09:30:00+08:00'))
    expect(read(shanghai, '2026-08-19T09:30:00Z')).toBe(Date.parse('2026-08-19T09:30:00Z'))
    expect(read(instantReader('America/New_York'), '2026-08-19')).toBe(
      Date.parse('2026-08-19T00:00:00-04:00'),
    )
    expect(read(shanghai, '昨天')).toBe('invalid-date')
  })

  test.each([
    ['女', 'female'],
    ['F', 'female'],
    ['先生', 'male'],
    ['Male', 'male'],
    ['保密', null],
    ['x', 'invalid-gender'],
  ])('reads the gender %s as %s', (text, gender) => {
    expect(read(readGender, text)).toBe(gender)
  })

  test.each([
    ['是', 'yes'],
    ['Y', 'yes'],
    ['1', 'yes'],
    ['TRUE', 'yes'],
    ['同意', 'yes'],
    ['否', 'no'],
    ['n', 'no'],
    ['0', 'no'],
    ['拒绝', 'no'],
    ['subscribed', 'yes'],
    ['Not subscribed', 'no'],
    ['pending', 'no'],
    ['unsubscribed', 'out'],
    ['已退订', 'out'],
    ['maybe', 'invalid-consent'],
  ])('reads the consent %s as %s', (text, consent) => {
    expect(read(readConsent, text)).toBe(consent)
  })

  test('keeps an id as text, its zeros too', () => {
    expect(read(readId, '00042')).toBe('00042')
    expect(read(readId, 'x'.repeat(201))).toBe('invalid-id')
    expect(read(readId, 'a\nb')).toBe('invalid-id')
  })

  test('takes zones and languages by their names', () => {
    expect(read(readZone, 'Asia/Urumqi')).toBe('Asia/Urumqi')
    expect(read(readZone, '北京')).toBe('unknown-zone')
    expect(['中文', 'zh_CN', 'English', 'en-GB', 'fr'].map((text) => read(readLanguage, text))).toEqual([
      'zh-CN',
      'zh-CN',
      'en',
      'en',
      'fr',
    ])
  })
})
