import { checkPolished } from '../../shared/message/facts/check.ts'
import type { PolishRequest } from './polish.ts'

/** What is wrong with a polished text, one sentence per fault; none if it may be sent. */
export type Check = (text: string, request: PolishRequest) => readonly string[]

/** The whole check: the facts, words and length of the message, then its signature and opt-out words. */
export const checkText: Check = (text, request) => [
  ...checkPolished(text, {
    source: request.sop,
    // The brand may be called by its name, which its signature has.
    values: [...grantedValues(request.facts), ...(request.signature === null ? [] : [request.signature])],
    maxChars: request.maxChars,
  }).map((fault) => fault.detail),
  ...checkFrame(text, request),
]

/** Words by which a recipient may leave, as operators and mail laws ask for them. */
const optOut =
  /(?:回复?|发送?|拒收请回复?)\s*(?:TD|T|R|N|0000)(?![A-Za-z0-9])\s*(?:退订|拒收)?|reply\s+\w+\s+to\s+(?:stop|unsubscribe|opt out)/gi

/**
 * Signature and opt-out words are the operator's and the law's, not the model's: the polished text has exactly
 * those of the written one.
 */
export const checkFrame: Check = (text, { sop, signature }) => {
  const faults: string[] = []
  const mark = signature === null ? null : bracketed(signature)
  if (mark !== null && count(text, mark) !== count(sop, mark)) {
    faults.push(`the signature ${mark} must stand as often as in the sop`)
  } else if (edgeMark(text) !== null && edgeMark(text) !== edgeMark(sop)) {
    faults.push('a signature was added')
  }
  if (optOutWords(text) !== optOutWords(sop))
    faults.push('the opt-out words must stay as they are in the sop')
  return faults
}

/**
 * The facts whose numbers, dates and codes may appear in a text. Free text that a customer left (long, or
 * holding an address) grants nothing, or a customer could write an offer into their own message.
 */
export function grantedValues(facts: PolishRequest['facts']): string[] {
  return Object.values(facts)
    .filter((value) => value !== null && value !== '')
    .map(String)
    .filter((value) => value.length <= 40 && !/[\n\r]|https?:|www\.|\w\.(?:com|cn|net)\b/i.test(value))
}

function optOutWords(text: string): string {
  return (text.match(optOut) ?? []).map((words) => words.replace(/\s/g, '').toUpperCase()).join()
}

/** An SMS signature stands in lenticular brackets, at the beginning or the end. */
function edgeMark(text: string): string | null {
  return /^\s*(【[^】]*】)/.exec(text)?.[1] ?? /(【[^】]*】)\s*$/.exec(text)?.[1] ?? null
}

function bracketed(signature: string): string {
  return signature.startsWith('【') ? signature : `【${signature}】`
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}
