import { fold, foldUnit } from './fold.ts'

// China's operators: a message of up to 70 characters is one part; a longer one is cut into parts of 67, as
// each then carries a header of 3. Chinese, letters, digits and marks all count 1; characters beyond the BMP
// (most emoji) are two UCS-2 units.
const SINGLE = 70
const JOINED = 67

export interface SmsLength {
  /** UCS-2 units, signature and opt-out words included if the text has them. */
  units: number
  /** Parts that are sent and charged; 0 for no text. */
  parts: number
  /** Units that each part holds: 70 alone, 67 in company. */
  perPart: number
}

/** How long an SMS is. */
export function smsLength(text: string): SmsLength {
  const units = text.length
  if (units <= SINGLE) return { units, parts: units === 0 ? 0 : 1, perPart: SINGLE }
  return { units, parts: smsParts(text).length, perPart: JOINED }
}

/** The text as it is cut; a surrogate pair stays whole, so a part may hold only 66. */
export function smsParts(text: string): string[] {
  if (text.length <= SINGLE) return text === '' ? [] : [text]
  const parts: string[] = []
  let from = 0
  while (from < text.length) {
    let to = Math.min(from + JOINED, text.length)
    if (to < text.length && isPair(text, to)) to -= 1
    parts.push(text.slice(from, to))
    from = to
  }
  return parts
}

/** Whether a cut before `at` would divide a surrogate pair. */
function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at - 1) ?? 0) > 0xffff
}

export interface SmsFrame {
  /** The brand's name in front, with or without its 【】. */
  signature: string
  /** The words that tell how to refuse, such as 拒收请回复R. */
  optOut: string
  /** Service messages carry no opt-out words. */
  marketing: boolean
}

/** Opt-out words as the providers list them: 回T退订, TD退订, 退订回复TD, 拒收请回复R and their like. */
const OPT_OUT =
  '(?:(?:退订|拒收)请?(?:回复|回)?\\s*(?:td|t|n|d|r)(?![a-z0-9])|(?:回复|回)\\s*(?:td|t|n|d|r)\\s*退订?|(?<![a-z0-9])(?:td|t)\\s*退订)'
const OPEN = '[\\s，,、；;：:（(「“"]*'
const CLOSE = '[\\s。．.!！~～，,、；;：:）)」”"]*'

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const ends = new RegExp(`${OPEN}${OPT_OUT}${CLOSE}$`)

/** Whether a text ends in words that tell how to refuse, as providers list them. */
export const endsInOptOut = (text: string): boolean => ends.test(fold(text))

/** Signs that part a text from what follows. */
const PARTING = /[\s，,、；;：:]/
/** A link would swallow the words that follow it. */
const LIKE_LINK = /[A-Za-z0-9/_=&?%#-]/

/** 【signature】body and, for marketing, the opt-out words: each exactly once, whatever the body already has. */
export function composeSms(body: string, { signature, optOut, marketing }: SmsFrame): string {
  const marks = marksOf(signature, optOut)
  const { name } = marks
  const bare = stripFrame(body, marks)
  if (!marketing) return `【${name}】${bare}`
  let end = bare.length
  while (end > 0 && PARTING.test(bare.charAt(end - 1))) end -= 1
  const text = bare.slice(0, end)
  const gap = LIKE_LINK.test(text.slice(-1)) ? ' ' : ''
  return `【${name}】${text}${gap}${optOut}`
}

interface Marks {
  readonly signature: string
  readonly optOut: string
  /** The signature without its 【】. */
  readonly name: string
  /** With which folded UTF-16 units opt-out words end, but for what may stand behind them; null: with any. */
  readonly lasts: ReadonlySet<number> | null
  /** The opt-out words, where a text may have them without any sign of HINT. */
  readonly plain: RegExp | null
  readonly leading: RegExp
  readonly trailing: RegExp
  readonly refusal: RegExp
}

/** Stands in every text that has a signature or the usual opt-out words; most texts have not, and are done at once. */
const HINT = /[【退拒回]/

// A brand has one signature and one opt-out text, so a few entries serve every message.
const KEPT = 64
const known: Marks[] = []

function marksOf(signature: string, optOut: string): Marks {
  for (const marks of known) if (marks.signature === signature && marks.optOut === optOut) return marks
  const name = signature.replace(/^\s*【|】\s*$/g, '').trim()
  const sign = `【\\s*${escaped(fold(name))}\\s*】`
  const refusing = escaped(fold(optOut.trim()))
  const made: Marks = {
    signature,
    optOut,
    name,
    lasts: lastsOf(fold(optOut.trim())),
    plain: HINT.test(refusing) ? null : new RegExp(refusing),
    leading: new RegExp(`^\\s*${sign}\\s*`),
    trailing: new RegExp(`\\s*${sign}[\\s，,、；;：:]*$`),
    refusal: new RegExp(`${OPEN}(?:${refusing}|${OPT_OUT})${CLOSE}$`),
  }
  if (known.length >= KEPT) known.length = 0
  known.push(made)
  return made
}

const closing = new RegExp(`^${CLOSE}$`)
/** By UTF-16 unit, whether it may stand behind opt-out words; 2 where that has not been looked at. */
const closes = new Uint8Array(0x10000).fill(2)

function isClosing(unit: number): boolean {
  if (closes[unit] === 2) closes[unit] = closing.test(String.fromCharCode(unit)) ? 1 : 0
  return closes[unit] === 1
}

/** The last folded unit of a text that may not stand behind opt-out words; null where there is none. */
function lastOf(text: string): number | null {
  for (let end = text.length - 1; end >= 0; end -= 1) {
    const unit = foldUnit(text.charCodeAt(end))
    if (!isClosing(unit)) return unit
  }
  return null
}

/** With what the usual opt-out words end, and a brand's own. */
function lastsOf(own: string): ReadonlySet<number> | null {
  const last = lastOf(own)
  return last === null
    ? null
    : new Set([...['t', 'd', 'n', 'r', '订', '退'].map((unit) => unit.charCodeAt(0)), last])
}

/** Whether a text may have a frame at either end: most have none, and need not be folded to tell. */
function mayBeFramed(text: string, { lasts }: Marks): boolean {
  if (lasts === null || text.includes('【')) return true
  const last = lastOf(text)
  return last !== null && lasts.has(last)
}

/** The body without the signature at either end and without opt-out words at its end. */
function stripFrame(body: string, marks: Marks): string {
  const { plain, leading, trailing, refusal } = marks
  let text = body.trim()
  for (;;) {
    if (!mayBeFramed(text, marks)) return text
    if (!HINT.test(text) && plain?.test(fold(text)) !== true) return text
    const folded = fold(text)
    const signed = leading.exec(folded)
    const end = trailing.exec(folded) ?? refusal.exec(folded)
    if (signed !== null) text = text.slice(signed[0].length)
    else if (end !== null) text = text.slice(0, end.index)
    else return text
    text = text.trim()
  }
}
