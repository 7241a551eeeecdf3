import type { LocalText } from '../text.ts'
import { behindFillers, plainUnit } from './disguise.ts'
import { foldUnit } from './fold.ts'
import {
  innocentPhrases,
  type ProhibitedWord,
  prohibitedWordList,
  type WordCategoryId,
  wordCategories,
} from './words-data.ts'

/** A listed word in a text, at [from, to) in UTF-16 units. */
export interface WordHit {
  /** As the list has it; the text may have it spaced out or in full width. */
  word: string
  category: WordCategoryId
  severity: 'block' | 'warn'
  from: number
  to: number
  law: string
  advice: LocalText
}

interface Node {
  next: Map<number, Node>
  entry: ProhibitedWord | undefined
  innocent: boolean
}

interface Match {
  entry: ProhibitedWord
  from: number
  to: number
}

const node = (): Node => ({ next: new Map(), entry: undefined, innocent: false })

function insert(root: Node, word: string): Node {
  let at = root
  for (let i = 0; i < word.length; i++) {
    const unit = foldUnit(word.charCodeAt(i))
    let next = at.next.get(unit)
    if (next === undefined) {
      next = node()
      at.next.set(unit, next)
    }
    at = next
  }
  return at
}

function build(): Node {
  const root = node()
  for (const entry of prohibitedWordList) insert(root, entry.word).entry = entry
  for (const phrase of innocentPhrases) insert(root, phrase).innocent = true
  return root
}

const root = build()

/** 1: no word begins with this UTF-16 unit. Found out once for each, as most characters of most texts begin none. */
const beginsNone = new Uint8Array(0x10000)

/**
 * The prohibited advertising words of a text, in order. Width, case, traditional characters, and what is put
 * between its characters do not hide a word; words that stand there innocently, and offers that state their term or quantity, are passed over.
 */
export function prohibitedWords(text: string): WordHit[] {
  let found: Match[] | undefined
  let innocent: { from: number; to: number }[] | undefined
  for (let i = 0; i < text.length; i++) {
    if (beginsNone[text.charCodeAt(i)] === 1) continue
    const first = step(root, text, i)
    if (first === undefined) {
      beginsNone[text.charCodeAt(i)] = 1
      continue
    }
    const { match, innocentTo } = matchAt(text, i, first)
    if (innocentTo > 0) {
      innocent ??= []
      innocent.push({ from: i, to: innocentTo })
    }
    if (match !== undefined) {
      found ??= []
      found.push(match)
    }
  }
  return found === undefined ? [] : judge(text, found, innocent ?? [])
}

/** The longest word that begins at a place, and the end of the longest innocent phrase there (0: none). */
function matchAt(text: string, from: number, first: Node): { match: Match | undefined; innocentTo: number } {
  let match: Match | undefined
  let innocentTo = 0
  let at: Node | undefined = first
  let to = from + 1
  let depth = 1
  // After how many characters of the word a mark of sentences stands.
  const crossings: number[] = []
  while (at !== undefined) {
    if (at.entry !== undefined && bounded(text, from, to) && isDisguise(crossings, depth, text, from)) {
      match = { entry: at.entry, from, to }
    }
    if (at.innocent) innocentTo = to
    const next: Node | undefined = to < text.length ? step(at, text, to) : undefined
    if (next !== undefined) {
      at = next
      to += 1
    } else {
      const { at: behind, crossed } = behindFillers(text, to)
      if (behind === to || behind >= text.length) break
      at = step(at, text, behind)
      if (crossed) crossings.push(depth)
      to = behind + 1
    }
    depth += 1
  }
  return { match, innocentTo }
}

const ONE = '1'.charCodeAt(0)
const CHINESE_ONE = '一'.charCodeAt(0)

/** The node for the character at a place; 第1 is 第一. */
function step(at: Node, text: string, place: number): Node | undefined {
  const unit = plainUnit(text.charCodeAt(place))
  const next = at.next.get(unit)
  if (next !== undefined || (unit !== ONE && unit !== CHINESE_ONE)) return next
  return at.next.get(unit === ONE ? CHINESE_ONE : ONE)
}

const lexicon = new Intl.Segmenter('zh', { granularity: 'word' })
/** Characters before a place in which its word is looked for. */
const CONTEXT = 6

/** Whether a character is a word by itself where it stands, as 顶 in 本店顶 and not in 屋顶. */
function standsAlone(text: string, place: number): boolean {
  const clause = text.slice(Math.max(0, place - CONTEXT), place + 1)
  return Array.from(lexicon.segment(clause), ({ segment }) => segment).at(-1) === text[place]
}

/**
 * Whether marks of sentences within a word hide it rather than part two sentences: they stand more than once
 * ("国，家，级"), or cut off a single character ("最，佳"); "服务第一，品牌至上" and "走向南极，品味" have two words.
 */
function isDisguise(crossings: readonly number[], length: number, text: string, from: number): boolean {
  const [only, second] = crossings
  if (only === undefined || second !== undefined) return true
  return only === 1 ? standsAlone(text, from) : length - only === 1
}

const isLatin = (unit: number): boolean => (unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x7a)

/** Latin words and figures must not be the middle of longer ones: "no1" in "casino 100". */
function bounded(text: string, from: number, to: number): boolean {
  const latin = (at: number): boolean => isLatin(foldUnit(text.charCodeAt(at)))
  if (from > 0 && latin(from) && latin(from - 1)) return false
  return !(to < text.length && latin(to - 1) && latin(to))
}

function judge(
  text: string,
  found: readonly Match[],
  innocent: readonly { from: number; to: number }[],
): WordHit[] {
  const hits: WordHit[] = []
  let end = 0
  const dated = statesItsTerm(text, found)
  for (const { entry, from, to } of found) {
    if (to <= end) continue
    if (isExcused({ entry, from, to }, innocent, found) || (entry.category === 'urgency' && dated)) continue
    end = to
    const { severity, law, advice } = wordCategories[entry.category]
    hits.push({
      word: entry.word,
      category: entry.category,
      severity,
      from,
      to,
      law: entry.law ?? law,
      advice,
    })
  }
  return hits
}

/**
 * A phrase excuses a word that it holds whole, and one that it reads differently ("全国第一时间"), but not a
 * longer claim around the word that it is about ("全网最好的礼物").
 */
function isExcused(
  word: Match,
  innocent: readonly { from: number; to: number }[],
  found: readonly Match[],
): boolean {
  return innocent.some((phrase) => {
    if (phrase.from >= word.to || phrase.to < word.to) return false
    if (phrase.from <= word.from) return true
    return !found.some((inner) => inner.from === phrase.from && inner.to <= word.to)
  })
}

const TERM =
  /\d{1,2}\s*月\s*\d{1,2}|\d{1,2}[./-]\d{1,2}(?!\d)|\d{1,2}\s*[日号]|\d+\s*(?:天|小时|分钟|份|件|名|套|盒|张|位|只|瓶|台|组|单)|[一二三四五六七八九十两百]+(?:天|小时|份|件|名|套|盒|张)|今[天日晚]|明[天日]|本周[一二三四五六日天末]|\d{1,2}[:：]\d{2}/

/** Whether a text says until when, or how many, apart from the urging words themselves ("最后一天"). */
function statesItsTerm(text: string, found: readonly Match[]): boolean {
  if (!found.some(({ entry }) => entry.category === 'urgency')) return false
  let rest = ''
  let at = 0
  for (const { entry, from, to } of found) {
    if (entry.category !== 'urgency' || from < at) continue
    rest += `${text.slice(at, from)}\n`
    at = to
  }
  return TERM.test(rest + text.slice(at))
}
