import { foldUnit } from '../fold.ts'
import { FIGURES, NUMBER, NUMERALS, numberOf } from './numerals.ts'

export type FactKind =
  | 'url'
  | 'code'
  | 'date'
  | 'month'
  | 'day'
  | 'time'
  | 'price'
  | 'percent'
  | 'discount'
  | 'count'
  | 'number'

/** Something in a text that must be right: an address, a code, a date, an amount. */
export interface Fact {
  kind: FactKind
  /** What is compared: the same for "8 折", "八折" and "８折". */
  key: string
  /** As the text has it. */
  shown: string
  /** A numeral that is often just speech ("一份心意"): it may stand for a fact, but is none by itself. */
  soft: boolean
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH_NAME = `(${MONTHS.join('|')})[a-z]*\\.?`
const DAY_NUMBER = `(\\d{1,2}|[一二三四五六七八九十]{1,3})`

/** Units that make a numeral a fact, those of a group being the same thing said differently. */
const UNITS: readonly [group: string, words: string][] = [
  ['day', '天|days?'],
  ['week', '周|星期|weeks?'],
  ['months', '个月|months?'],
  ['year', '年|years?'],
  ['hour', '个?小时|hours?'],
  ['minute', '分钟|minutes?'],
  ['second', '秒|seconds?'],
  ['person', '位|名|人'],
  ['points', '积分|分|points?'],
  ['times', '倍'],
  ['uses', '次'],
  ['gram', '克|g'],
  ['kilogram', '千克|公斤|kg'],
  ['millilitre', '毫升|ml'],
  ['piece', '份|件|张|个|盒|套|款|瓶|支|只|次|组|单|枚|束|朵|杯|箱'],
]
const UNIT = UNITS.map(([, words]) => words).join('|')

/** Those that make a fact of a Chinese numeral; "两个人" and "十分感谢" state none. */
const NUMERAL_UNIT = '天|周|个月|年|个?小时|分钟|积分|倍|份|件|张|盒|套|瓶|支|箱|克|次'

function unitGroup(unit: string): string {
  return UNITS.find(([, words]) => new RegExp(`^(?:${words})$`).test(unit))?.[0] ?? unit
}

type Found = Omit<Fact, 'shown' | 'soft'> & { soft?: boolean }
type Rule = readonly [pattern: RegExp, read: (match: readonly (string | undefined)[]) => Found | undefined]

const num = (text: string | undefined): number => numberOf(text ?? '')
const found = (kind: FactKind, value: number): Found => ({ kind, key: String(value) })

const isDay = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31

function date(year: string | undefined, month: number, day: number): Found | undefined {
  if (!isDay(month, day)) return undefined
  return { kind: 'date', key: `${year === undefined ? '' : `${num(year)}-`}${month}-${day}` }
}

function time(
  half: string | undefined,
  hour: string | undefined,
  minute: string | undefined,
): Found | undefined {
  const h = num(hour)
  const m = minute === undefined || minute === '' ? 0 : minute === '半' ? 30 : num(minute)
  if (!(h <= 24 && m < 60)) return undefined
  const later = half !== undefined && /下午|晚|傍晚|夜|pm/.test(half) && h < 12
  const key = `${later ? h + 12 : h}:${String(m).padStart(2, '0')}`
  return { kind: 'time', key, soft: half === undefined && isSpeech(hour ?? '') }
}

function discount(text: string | undefined): Found {
  const value = num(text)
  // 八五折 and 85 折 are 8.5 折.
  return found('discount', value >= 10 ? value / 10 : value)
}

/** 一 before a unit, and 百年, 千年 and the like, are rarely meant as figures. */
const isSpeech = (numeral: string): boolean => /^[一百千万亿]+$/.test(numeral)

function count(number: string | undefined, unit: string | undefined): Found {
  const key = `${num(number)} ${unitGroup(unit ?? '')}`
  return { kind: 'count', key, soft: isSpeech(number ?? '') }
}

const HALF = '(上午|早上|早|中午|下午|傍晚|今晚|晚上|晚|凌晨)?'

/** In this order; what one rule takes, the next do not see. Texts are folded: half-width and lower case. */
const rules: readonly Rule[] = [
  [
    /https?:\/\/[^\s\u3000-\u9fff，。！？；：、（）【】“”<>"]+|(?<![a-z0-9@.-])(?:[a-z0-9-]+\.)+(?:com|cn|net|org|cc|io|me|top|shop|co|app|link|ly|xyz|vip|site|club|info|example)(?![a-z0-9-])(?:[/?#][^\s\u3000-\u9fff，。！？；：、（）【】“”<>"]*)?/g,
    ([whole = '']) => ({ kind: 'url', key: urlKey(whole) }),
  ],
  [
    /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*[日号]?/g,
    ([, y, m, d]) => date(y, num(m), num(d)),
  ],
  [
    new RegExp(
      `(?:(\\d{4}|[二〇零一三四五六七八九]{4})\\s*年\\s*)?${DAY_NUMBER}\\s*月\\s*${DAY_NUMBER}(?!\\d)\\s*[日号]?`,
      'g',
    ),
    ([, y, m, d]) => date(y, num(m), num(d)),
  ],
  [
    new RegExp(`(?<![a-z])${MONTH_NAME}\\s+(\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s+(\\d{4}))?`, 'g'),
    ([, m, d, y]) => date(y, MONTHS.indexOf(m ?? '') + 1, num(d)),
  ],
  [/(?<![\d/.])(\d{1,2})\/(\d{1,2})(?![\d/.])/g, ([, m, d]) => date(undefined, num(m), num(d))],
  [
    new RegExp(
      `(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH_NAME}(?![a-z])(?:,?\\s+(\\d{4}))?`,
      'g',
    ),
    ([, d, m, y]) => date(y, MONTHS.indexOf(m ?? '') + 1, num(d)),
  ],
  [
    new RegExp(`${HALF}\\s*(\\d{1,2}):(\\d{2})(?!\\d)\\s*(am|pm)?`, 'g'),
    ([, half, h, m, pm]) => time(half ?? pm, h, m),
  ],
  [
    new RegExp(
      `${HALF}\\s*(\\d{1,2}|[一二两三四五六七八九十]{1,3})\\s*点(?!击|亮|赞|心|餐)(?:\\s*(\\d{1,2}|半)分?)?`,
      'g',
    ),
    ([, half, h, m]) => time(half, h, m),
  ],
  [/(?<!\d)(\d{1,2})\s*(am|pm)(?![a-z])/g, ([, h, half]) => time(half, h, undefined)],
  [
    new RegExp(`(?:${DAY_NUMBER})\\s*月(?!老|亮|光|球)份?`, 'g'),
    ([, m]) => ({ ...found('month', num(m)), soft: !/\d/.test(m ?? '') }),
  ],
  [
    new RegExp(`(?<!\\d)${DAY_NUMBER}\\s*[日号](?!常|子|记|期)`, 'g'),
    ([, d]) => ({ ...found('day', num(d)), soft: !/\d/.test(d ?? '') }),
  ],
  [
    new RegExp(`(${FIGURES})\\s*(?:%|percent)|百分之(${NUMBER})`, 'g'),
    ([, a, b]) => found('percent', num(a ?? b)),
  ],
  [new RegExp(`(${NUMBER})\\s*折(?!叠|扣|腾|返|射)`, 'g'), ([, n]) => discount(n)],
  [
    new RegExp(
      `(?:[¥￥$€£]|rmb|cny)\\s*((?:${FIGURES})\\s*[万千]?)|(${NUMBER})\\s*(?:元|块钱|块|rmb|cny|yuan)`,
      'g',
    ),
    ([, a, b]) => found('price', num(a ?? b)),
  ],
  [new RegExp(`(?<![\\d.,])(${FIGURES})\\s*(${UNIT})(?![a-z])`, 'g'), ([, n, unit]) => count(n, unit)],
  [
    /(?<![a-z0-9])(?=[a-z0-9-]*[a-z])(?=[a-z0-9-]*\d)[a-z0-9]+(?:-[a-z0-9]+)*(?![a-z0-9])/g,
    ([whole = '']) => (whole.length >= 3 ? { kind: 'code', key: whole } : undefined),
  ],
  [
    /(?<!\d)\d{3,4}-\d{3,4}(?:-\d{3,4})?(?!\d)/g,
    ([whole = '']) => ({ kind: 'code', key: whole.replaceAll('-', '') }),
  ],
  [new RegExp(`(?<!第)(${NUMERALS})\\s*(${NUMERAL_UNIT})`, 'g'), ([, n, unit]) => count(n, unit)],
  [new RegExp(FIGURES, 'g'), ([whole]) => found('number', num(whole))],
]

function urlKey(url: string): string {
  return url
    .replace(/^https?:\/\//, '')
    .replace(/[.,;:!?)'\]]+$/, '')
    .replace(/\/$/, '')
}

/** Letters, figures and the marks inside facts in half width; the marks between sentences stay as they are. */
export function foldFacts(text: string): string {
  return text.replace(/[\uff21-\uff3a\uff41-\uff5aA-Z０-９％：．－／＿]/g, (mark) =>
    String.fromCharCode(foldUnit(mark.charCodeAt(0))),
  )
}

/** The facts of a text, in no particular order. */
export function factsOf(text: string): Fact[] {
  let rest = foldFacts(text)
  const facts: Fact[] = []
  for (const [pattern, read] of rules) {
    rest = rest.replace(pattern, (...match) => {
      const groups: (string | undefined)[] = match.slice(0, -2)
      const whole = groups[0] ?? ''
      const fact = read(groups)
      if (fact === undefined) return whole
      const at: number = match.at(-2)
      facts.push({ soft: false, ...fact, shown: text.slice(at, at + whole.length).trim() })
      return '\u0000'.repeat(whole.length)
    })
  }
  return [...facts, ...capitalCodes(text)]
}

/** Codes of capitals alone, such as QIXIGIFT, which folding would hide. */
function capitalCodes(text: string): Fact[] {
  const words = text.normalize('NFKC').match(/(?<![A-Za-z0-9./:_-])[A-Z]{5,}(?![A-Za-z0-9.-])/g) ?? []
  return words.map((word) => ({ kind: 'code', key: word.toLowerCase(), shown: word, soft: false }))
}
