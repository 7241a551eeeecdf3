import { prohibitedWords } from '../words.ts'
import { addedClaims } from './claims.ts'
import { type Fact, type FactKind, factsOf, foldFacts } from './extract.ts'
import { addedNames } from './names.ts'

export type PolishFault =
  | 'empty'
  | 'unresolved-variable'
  | 'too-long'
  | 'prohibited-word'
  | 'added-number'
  | 'added-date'
  | 'added-url'
  | 'added-code'
  | 'added-offer'
  | 'added-claim'
  | 'added-name'
  | 'lost-number'
  | 'lost-date'
  | 'lost-url'
  | 'lost-code'

export interface PolishLimits {
  /** The written text, rendered: every fact in it must survive. */
  source: string
  /** Facts of the customer that may be used as well. */
  values: readonly string[]
  /** The longest text allowed, in UTF-16 units as SMS count them. */
  maxChars: number
  /** Further numbers that may be used, with any unit. */
  allowNumbers?: readonly number[]
}

/**
 * What is wrong with a text that a model made of a written one; nothing if it may be sent. It must keep each
 * number, date, price, address and code of the source, add none, promise nothing new, and use no word that the
 * law forbids. `detail` is for the model and for engineers.
 */
export function checkPolished(text: string, limits: PolishLimits): { code: PolishFault; detail: string }[] {
  if (text.trim() === '') return [{ code: 'empty', detail: 'there is no text' }]
  return [
    ...formFaults(text, limits),
    ...wordFaults(text, limits.source),
    ...factFaults(text, limits),
    ...claimFaults(text, limits),
  ]
}

type Fault = { code: PolishFault; detail: string }

const UNRESOLVED =
  /\{\{|\}\}|\{%|%\}|\{[\w.]+\}|[[<【（(](?:客户|顾客|用户|会员)?(?:姓名|名字|称呼|昵称|链接|日期|优惠码|name|first name|link|date|code)[\]>】）)]|X{3,}|×{2,}|_{3,}/i

function formFaults(text: string, { source, maxChars }: PolishLimits): Fault[] {
  const faults: Fault[] = []
  const open = UNRESOLVED.exec(text)?.[0]
  if (open !== undefined && !source.includes(open)) {
    faults.push({ code: 'unresolved-variable', detail: `"${open}" was left unresolved` })
  }
  if (text.length > maxChars) {
    faults.push({ code: 'too-long', detail: `${text.length} characters, at most ${maxChars} are allowed` })
  }
  return faults
}

/** Words that block do so always; those that warn are let through where the marketer wrote them. */
function wordFaults(text: string, source: string): Fault[] {
  const written = new Set(prohibitedWords(source).map((hit) => hit.word))
  return prohibitedWords(text)
    .filter((hit) => hit.severity === 'block' || !written.has(hit.word))
    .map((hit) => ({ code: 'prohibited-word', detail: `"${text.slice(hit.from, hit.to)}" is not allowed` }))
}

function faultClass(kind: FactKind): 'url' | 'code' | 'date' | 'number' {
  if (kind === 'url' || kind === 'code') return kind
  return isCalendar(kind) || kind === 'time' ? 'date' : 'number'
}

function factFaults(text: string, { source, values, allowNumbers = [] }: PolishLimits): Fault[] {
  const written = factsOf(source)
  const given = [...written, ...values.flatMap(factsOf)]
  const used = factsOf(text)
  const known = foldFacts([source, ...values].join('\n'))
  const allowed = (fact: Fact): boolean =>
    fact.soft ||
    given.some((other) => sameFact(fact, other)) ||
    ((fact.kind === 'url' || fact.kind === 'code') && holdsWord(known, fact.key)) ||
    allowNumbers.includes(amountOf(fact))
  const added = used.filter((fact) => !allowed(fact))
  const lost = written.filter((fact) => !fact.soft && !used.some((other) => sameFact(fact, other)))
  return [
    ...unique(added).map(
      (fact): Fault => ({
        code: `added-${faultClass(fact.kind)}`,
        detail: `"${fact.shown}" is neither in the source nor in the facts`,
      }),
    ),
    ...unique(lost).map(
      (fact): Fault => ({
        code: `lost-${faultClass(fact.kind)}`,
        detail: `"${fact.shown}" of the source is missing`,
      }),
    ),
  ]
}

function unique(facts: readonly Fact[]): Fact[] {
  return facts.filter((fact, i) => facts.findIndex((f) => f.kind === fact.kind && f.key === fact.key) === i)
}

/** Whether a text holds a code or an address by itself, not as the middle of a longer one. */
function holdsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const around = `${text[at - 1] ?? ' '}${text[at + word.length] ?? ' '}`
    if (!/[a-z0-9]/.test(around)) return true
  }
  return false
}

/** Whether two facts may stand for each other. A number without a unit may be said with one, and back. */
function sameFact(a: Fact, b: Fact): boolean {
  if (a.kind === b.kind && a.key === b.key) return true
  if (isCalendar(a.kind) || isCalendar(b.kind))
    return sameDate(a, b) || writtenAsNumber(a, b) || writtenAsNumber(b, a)
  if (isWord(a.kind) || isWord(b.kind)) return false
  // 20 off is not 20% off.
  if (isShare(a.kind) || isShare(b.kind)) return false
  return (a.kind === 'number' || b.kind === 'number') && amountOf(a) === amountOf(b)
}

const isCalendar = (kind: FactKind): boolean => kind === 'date' || kind === 'month' || kind === 'day'
const isShare = (kind: FactKind): boolean => kind === 'percent' || kind === 'discount'
const isWord = (kind: FactKind): boolean => kind === 'url' || kind === 'code' || kind === 'time'

/** Month and day suffice where one of the two leaves out the year; a month or day alone must fit the date. */
function sameDate(a: Fact, b: Fact): boolean {
  if (!isCalendar(a.kind) || !isCalendar(b.kind)) return false
  const [aYear, aMonth, aDay] = dateParts(a)
  const [bYear, bMonth, bDay] = dateParts(b)
  const agree = (x: string | undefined, y: string | undefined): boolean =>
    x === undefined || y === undefined || x === y
  const shared = (aMonth !== undefined && bMonth !== undefined) || (aDay !== undefined && bDay !== undefined)
  return shared && agree(aYear, bYear) && agree(aMonth, bMonth) && agree(aDay, bDay)
}

function dateParts({
  kind,
  key,
}: Fact): [year?: string | undefined, month?: string | undefined, day?: string | undefined] {
  if (kind === 'month') return [undefined, key, undefined]
  if (kind === 'day') return [undefined, undefined, key]
  const parts = key.split('-')
  return parts.length === 3 ? [parts[0], parts[1], parts[2]] : [undefined, parts[0], parts[1]]
}

/** "8.19" for the 19th of August. */
function writtenAsNumber(a: Fact, b: Fact): boolean {
  if (a.kind !== 'date' || b.kind !== 'number') return false
  const [, month, day] = dateParts(a)
  return b.key === `${month}.${day}`
}

function amountOf(fact: Fact): number {
  return Number(fact.key.split(' ')[0])
}

/** Promises, claims, deadlines and names in words that nobody has given. */
function claimFaults(text: string, { source, values }: PolishLimits): Fault[] {
  const known = [source, ...values].join('\n')
  return [
    ...addedClaims(text, known).map(
      ({ code, shown }): Fault => ({ code, detail: `"${shown}" is said nowhere in the source` }),
    ),
    ...addedNames(text, known, values).map(
      (name): Fault => ({ code: 'added-name', detail: `"${name}" is named nowhere in the source` }),
    ),
  ]
}
