import { fold } from './fold.ts'

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

/** 【signature】body and, for marketing, the opt-out words: each exactly once, whatever the body already has. */
export function composeSms(body: string, { signature, optOut, marketing }: SmsFrame): string {
  const name = signature.replace(/^\s*【|】\s*$/g, '').trim()
  const bare = stripFrame(body, name, optOut)
  if (!marketing) return `【${name}】${bare}`
  const text = bare.replace(/[\s，,、；;：:]+$/, '')
  // A link would swallow the words that follow it.
  const gap = /[A-Za-z0-9/_=&?%#-]$/.test(text) ? ' ' : ''
  return `【${name}】${text}${gap}${optOut}`
}

interface Marks {
  /** Stands in every text that has any of the others; most texts have not, and are done at once. */
  hint: RegExp
  leading: RegExp
  trailing: RegExp
  refusal: RegExp
}

// A brand has one signature and one opt-out text, so a few entries serve every message.
const KEPT = 64
const marks = new Map<string, Marks>()

function marksOf(name: string, optOut: string): Marks {
  const key = `${name}\n${optOut}`
  const known = marks.get(key)
  if (known !== undefined) return known
  const sign = `【\\s*${escaped(fold(name))}\\s*】`
  const refusing = escaped(fold(optOut.trim()))
  const made = {
    hint: new RegExp(`[【退拒回]|${refusing}`),
    leading: new RegExp(`^\\s*${sign}\\s*`),
    trailing: new RegExp(`\\s*${sign}[\\s，,、；;：:]*$`),
    refusal: new RegExp(`${OPEN}(?:${refusing}|${OPT_OUT})${CLOSE}$`),
  }
  if (marks.size >= KEPT) marks.clear()
  marks.set(key, made)
  return made
}

/** The body without the signature at either end and without opt-out words at its end. */
function stripFrame(body: string, name: string, optOut: string): string {
  const { hint, leading, trailing, refusal } = marksOf(name, optOut)
  let text = body.trim()
  for (;;) {
    const folded = fold(text)
    if (!hint.test(folded)) return text
    const signed = leading.exec(folded)
    const end = trailing.exec(folded) ?? refusal.exec(folded)
    if (signed !== null) text = text.slice(signed[0].length)
    else if (end !== null) text = text.slice(0, end.index)
    else return text
    text = text.trim()
  }
}
