import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimalOf, plainValue, writeDecimal } from './decimal.ts'
import { currencies, minorDigits, minorOf, sayMilli, sayMoney } from './money.ts'

describe('money', () => {
  test('is written in its currency, with the decimals that it has', () => {
    expect(sayMoney(1200, 'CNY')).toBe('¥12')
    expect(sayMoney(1250, 'CNY')).toBe('¥12.50')
    expect(sayMoney(-550, 'USD')).toBe('-$5.50')
    expect(sayMoney(123_456_700, 'USD')).toBe('$1,234,567')
    expect(sayMoney(1500, 'JPY')).toBe('¥1,500')
    expect(sayMoney(45_000, 'KRW')).toBe('₩45,000')
    expect(sayMoney(1_500, 'KWD')).toBe('KWD 1.500')
    expect(sayMoney(1_005, 'KWD')).toBe('KWD 1.005')
    expect(sayMoney(700, 'CLP')).toBe('CLP 700')
    expect(sayMoney(700, 'SEK')).toBe('SEK 7')
  })

  test('rounds as a whole: 99.6 fen are a yuan, and nothing is not negative', () => {
    expect(sayMoney(99.6, 'CNY')).toBe('¥1')
    expect(sayMoney(-0.2, 'CNY')).toBe('¥0')
  })

  test('costs are thousandths of the main unit in every currency', () => {
    expect(sayMilli(45, 'CNY')).toBe('¥0.045')
    expect(sayMilli(90, 'USD')).toBe('$0.09')
    expect(sayMilli(1_234_567, 'CNY')).toBe('¥1,234.567')
    expect(sayMilli(3_500, 'JPY')).toBe('¥3.5')
    expect(sayMilli(8_000, 'JPY')).toBe('¥8')
    expect(sayMilli(45, 'KWD')).toBe('KWD 0.045')
  })

  test('every cent of every currency goes from its writing to minor units and back', () => {
    const currency = fc.constantFrom(...Object.keys(currencies))
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), currency, (minor, code) => {
        const text = (minor / 10 ** minorDigits(code)).toFixed(minorDigits(code))
        for (const value of [text, Number(text)]) {
          const amount = decimalOf(value)
          expect(amount && minorOf(amount, code)).toBe(minor)
        }
      }),
      { seed: 1 },
    )
  })

  test('has no amount between two minor units', () => {
    const amount = (text: string) => decimalOf(text) ?? { units: 0n, scale: 0 }
    expect(minorOf(amount('111.105'), 'CNY')).toBeUndefined()
    expect(minorOf(amount('12.5'), 'JPY')).toBeUndefined()
    expect(minorOf(amount('0.005'), 'KWD')).toBe(5)
  })
})

describe('a decimal', () => {
  test('is read from numbers and from what writes one plainly, and from nothing else', () => {
    const written = (value: unknown) => {
      const read = decimalOf(value)
      return read && writeDecimal(read)
    }
    expect(['12.50', ' -3 ', '1,280.00', '１２', '.5', 1e21, 1e-7].map(written)).toEqual([
      ...['12.5', '-3', '1280', '12', '0.5', '1000000000000000000000', '0.0000001'],
    ])
    for (const other of ['', '.', '12 元', '1,28', '0x10', Number.NaN, Infinity, null, true, '1e9999'])
      expect([other, written(other)]).toEqual([other, undefined])
  })

  test('drops what binary fractions add, and keeps every true digit', () => {
    expect(plainValue(decimalOf(0.1 + 0.2) ?? { units: 0n, scale: 0 })).toBe(0.3)
    expect(plainValue(decimalOf(59.699999999999996) ?? { units: 0n, scale: 0 })).toBe(59.7)
    expect(plainValue(decimalOf('1234567890123456789') ?? { units: 0n, scale: 0 })).toBe(
      '1234567890123456789',
    )
    expect(plainValue(decimalOf(0.333) ?? { units: 0n, scale: 0 })).toBe(0.333)
  })
})
