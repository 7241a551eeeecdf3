import { describe, expect, test } from 'vitest'
import type { Value } from '../value.ts'
import { readAs } from './read.ts'
import {
  type AttributeType,
  attributeTypes,
  type Declared,
  type Format,
  formatNames,
  formats,
  types,
  unreadableReasons,
  unreadableWords,
} from './type.ts'

const shanghai = { zone: 'Asia/Shanghai', currency: 'CNY' }
const declared = (type: AttributeType, format: Format | null = null): Declared => ({ type, format })

/** The value that a text is read as, or the reason why it is not. */
function read(type: AttributeType, value: Value, format: Format | null = null, context = shanghai) {
  const reading = readAs(declared(type, format), value, context)
  return reading.ok ? reading.value : { reason: reading.reason }
}

describe('a number', () => {
  test.each<[string, number]>([
    ['1280', 1280],
    ['1,280.00', 1280],
    ['¥2000', 2000],
    ['￥2,000.50', 2000.5],
    ['2,000元', 2000],
    ['１２８', 128],
    ['-3', -3],
    ['−3', -3],
    ['-¥3', -3],
    ['¥-3', -3],
    ['.5', 0.5],
    ['15%', 15],
    ['010', 10],
    [' 10 ', 10],
    ['$1,234,567.8', 1_234_567.8],
    ['-0', 0],
  ])('%s is %d', (text, value) => {
    expect(read('number', text)).toBe(value)
  })

  test.each([
    ['1,2', 'not-a-number'],
    ['1,2345', 'not-a-number'],
    ['1.280,00', 'not-a-number'],
    ['A10', 'not-a-number'],
    ['12E', 'not-a-number'],
    ['--3', 'not-a-number'],
    ['.', 'not-a-number'],
    ['¥', 'not-a-number'],
    ['1.79346E+18', 'digits-lost'],
    ['1e3', 'digits-lost'],
    ['2781230000000000123', 'too-many-digits'],
  ])('%s is none: %s', (text, reason) => {
    expect(read('number', text)).toEqual({ reason })
  })

  test('that came as a number stays what it is', () => {
    expect(read('number', 0.1)).toBe(0.1)
    expect(read('number', 1e21)).toBe(1e21)
  })
})

describe('money', () => {
  test.each<[string | number, number]>([
    ['1,280.00', 128_000],
    ['¥2000', 200_000],
    ['2,000元', 200_000],
    ['19.995', 2_000],
    ['0.29', 29],
    ['-5.5', -550],
    [12.5, 1_250],
    ['人民币5元', 500],
    ['5块钱', 500],
    ['5元整', 500],
    ['CN¥ 1,280.00', 128_000],
    ['￥５.５０', 550],
    [0.07, 7],
  ])('%s is %d minor units, exactly', (text, value) => {
    expect(read('money', text)).toBe(value)
  })

  test('has the decimals of its currency', () => {
    expect(read('money', '¥1,280', null, { ...shanghai, currency: 'JPY' })).toBe(1_280)
  })

  test('in another currency is not taken for the brand’s', () => {
    for (const text of ['$5', 'US$ 5', '5 USD', '€5', '5美元', 'HK$5', 'JPY 500', '¥5 USD'])
      expect([text, read('money', text)]).toEqual([text, { reason: 'other-currency' }])
    const dollars = { ...shanghai, currency: 'USD' }
    for (const text of ['$5', 'US$5', '5 USD', '5.00'])
      expect([text, read('money', text, null, dollars)]).toEqual([text, 500])
    expect(read('money', '¥5', null, dollars)).toEqual({ reason: 'other-currency' })
    expect(read('money', 'RM5.50', null, { ...shanghai, currency: 'MYR' })).toBe(550)
    expect(read('money', '₩5,000', null, { ...shanghai, currency: 'KRW' })).toBe(5_000)
    expect(read('money', 'HK$5', null, { ...shanghai, currency: 'HKD' })).toBe(500)
  })

  test('is no percentage', () => {
    expect(read('money', '15%')).toEqual({ reason: 'not-a-number' })
  })
})

describe('a date', () => {
  test.each([
    '2026-08-19',
    '2026/8/19',
    '2026.8.19',
    '20260819',
    '2026年8月19日',
    '2026-08-19 00:00:00',
    '2026-08-19T00:00:00Z',
    '2026-08-18T16:00:00.000Z',
    '2026-08-19 09:30:00 +0800',
    '19/08/2026',
    'August 19, 2026',
    '２０２６年８月１９日',
  ])('%s is 19 August 2026', (text) => {
    expect(read('date', text)).toBe('2026-08-19')
  })

  test.each([
    '2026/8/10 星期一',
    '2026-08-10(周一)',
    '2026年8月10日星期一',
    'Mon, 10 Aug 2026',
    '2026–08–10',
    "'2026-08-10",
    '="2026/8/10"',
    '1786327200',
    1_786_327_200_000,
  ])('%s is 2026-08-10 too', (text) => {
    expect(read('date', text)).toBe('2026-08-10')
  })

  test('that an earlier release stored as a number is read as it is written', () => {
    expect(read('date', 20260819)).toBe('2026-08-19')
    expect(read('date', 46253)).toEqual({ reason: 'not-a-date' })
  })

  test.each(['08/19', '08-19', '8月19日', '19/08'])('%s is the day without a year', (text) => {
    expect(read('date', text)).toBe('--08-19')
  })

  test('without a year may be the 29th of February', () => {
    expect(read('date', '02/29')).toBe('--02-29')
    expect(read('date', '02/30')).toEqual({ reason: 'not-a-date' })
    expect(read('date', '2026-02-29')).toEqual({ reason: 'not-a-date' })
  })

  test('that may be two is read by the order of its column alone', () => {
    expect(read('date', '08/10/2026')).toEqual({ reason: 'ambiguous-date' })
    expect(read('date', '08/10/2026', 'day-first')).toBe('2026-10-08')
    expect(read('date', '08/10/2026', 'month-first')).toBe('2026-08-10')
    expect(read('date', '08/08/2026')).toBe('2026-08-08')
    expect(read('date', '19/08/2026', 'month-first')).toEqual({ reason: 'not-a-date' })
  })

  test('is a count of days only where the column is known to hold them', () => {
    expect(read('date', '46253')).toEqual({ reason: 'not-a-date' })
    expect(read('date', '46253', 'serial')).toBe('2026-08-19')
    expect(read('date', '46253.5', 'serial')).toBe('2026-08-19')
    expect(read('date', '2026-08-19', 'serial')).toBe('2026-08-19')
    expect(read('time', '46253.5', 'serial')).toBe(Date.parse('2026-08-19T12:00:00+08:00'))
    expect(read('time', '20000.25', 'serial')).toBe(Date.parse('1954-10-03T06:00:00+08:00'))
  })

  test.each(['', 'N/A', '无', '—'])('“%s” is no date, and none that is wrong', (text) => {
    expect(read('date', text)).toBe(null)
  })

  test.each(['whenever', '2026-13-01', '3.15', '1/2/3', '123'])('%s is none', (text) => {
    expect(read('date', text)).toEqual({ reason: 'not-a-date' })
  })
})

describe('a time', () => {
  test('is an instant, in the brand’s zone where it bears no offset', () => {
    expect(read('time', '2026-08-19 10:00')).toBe(Date.parse('2026-08-19T10:00:00+08:00'))
    expect(read('time', '2026-08-19T10:00:00Z')).toBe(Date.parse('2026-08-19T10:00:00Z'))
    expect(read('time', '2026-08-19')).toBe(Date.parse('2026-08-19T00:00:00+08:00'))
  })

  test.each([
    ['2026/8/10 下午3:00', '15:00'],
    ['2026-8-10 上午10:30:00', '10:30'],
    ['2026年8月10日上午10点', '10:00'],
    ['2026年8月10日 中午12点', '12:00'],
    ['2026-08-10 凌晨12:05', '00:05'],
    ['2026-08-10 10时30分', '10:30'],
    ['2026年8月10日 晚上8点30分', '20:30'],
    ['2026/8/10 下午15:00', '15:00'],
  ])('%s is at %s', (text, clock) => {
    expect(read('time', text)).toBe(Date.parse(`2026-08-10T${clock}:00+08:00`))
  })

  test('is seconds or milliseconds since 1970 where it is so many digits', () => {
    expect(read('time', '1786327200')).toBe(1_786_327_200_000)
    expect(read('time', 1_786_327_200_000)).toBe(1_786_327_200_000)
    expect(read('time', '2786327200')).toEqual({ reason: 'not-a-date' })
  })

  test('needs a year', () => {
    expect(read('time', '08/19')).toEqual({ reason: 'no-year' })
  })
})

describe('yes or no', () => {
  test.each(['是', 'true', 'TRUE', '1', 'yes', 'Y', '√', '有'])('%s is yes', (text) => {
    expect(read('yes_no', text)).toBe(true)
  })
  test.each(['否', 'false', '0', 'no', 'N', '×', '无'])('%s is no', (text) => {
    expect(read('yes_no', text)).toBe(false)
  })
  test('is nothing else', () => {
    expect(read('yes_no', '也许')).toEqual({ reason: 'not-yes-or-no' })
    expect(read('yes_no', '')).toBe(null)
    expect(read('yes_no', true)).toBe(true)
  })
})

describe('a list', () => {
  test('is divided by the mark of its column', () => {
    expect(read('list', '箱包| 文具|')).toEqual(['箱包', '文具'])
    expect(read('list', 'a,b，c', ',')).toEqual(['a', 'b', 'c'])
    expect(read('list', 'c、d', '、')).toEqual(['c', 'd'])
    expect(read('list', 'a,b；c', ';')).toEqual(['a,b', 'c'])
  })
})

describe('text', () => {
  test('stays exactly as it is', () => {
    for (const text of ['010', '2781230000000000123', ' 10', 'N/A', '1e3', '１０'])
      expect(read('text', text)).toBe(text)
    expect(read('text', 10)).toBe('10')
  })
})

test('every type, format and reason has its words in both languages', () => {
  const words = [
    ...attributeTypes.map((type) => types[type].name),
    ...formats.map((format) => formatNames[format]),
    ...unreadableReasons.map((reason) => unreadableWords[reason]),
  ]
  for (const text of words) expect([text['zh-CN'], text.en].every((word) => word.trim() !== '')).toBe(true)
})
