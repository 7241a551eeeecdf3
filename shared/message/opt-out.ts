import type { LocalText } from '../text.ts'
import { fold } from './fold.ts'
import { foldedReply, type PieceKind, pieceKinds, pieces } from './opt-out-words.ts'

/** Why a reply is taken for an opt-out, or may be one. */
export const replyReasons = {
  asked: { 'zh-CN': '要求不再发送', en: 'asks for no more' },
  keyword: { 'zh-CN': '只回复了退订的关键词', en: 'is an opt-out word and nothing else' },
  code: { 'zh-CN': '按退订说明回复', en: 'is what the opt-out words ask for' },
  within: { 'zh-CN': '话里提到了退订，但还说了别的', en: 'speaks of opting out among other things' },
  unasked_code: {
    'zh-CN': '像退订的字母，但退订说明里没有',
    en: 'is a letter of opt-outs that the words do not ask for',
  },
  curt: { 'zh-CN': '可能是不想再收到', en: 'may mean that no more is wanted' },
} as const satisfies Record<string, LocalText>
export type ReplyReason = keyof typeof replyReasons

export type ReplyVerdict =
  | { readonly kind: 'opt_out' | 'doubtful'; readonly reason: ReplyReason }
  | { readonly kind: 'none' }

const pattern = new RegExp(
  `${pieceKinds.map((kind) => `(?<${kind}>${pieces[kind].map((one) => `(?:${one})`).join('|')})`).join('|')}|(?<blank>\\s+)|(?<other>.)`,
  'gsu',
)

interface Piece {
  readonly kind: PieceKind | 'other'
  readonly text: string
}

function piecesOf(text: string): Piece[] {
  const found: Piece[] = []
  for (const match of text.matchAll(pattern)) {
    const kind = ([...pieceKinds, 'other'] as const).find((one) => match.groups?.[one] !== undefined)
    if (kind !== undefined) found.push({ kind, text: match[0].replace(/\s/g, '') })
  }
  return found
}

/** What a mail program puts below the customer's own words begins with such a line. */
const quoted =
  /^(?:>|-{3,}|_{5,}|on .{5,200} wrote:|from:\s|sent from |发件人[:：]|在.{3,120}写道[:：]|发自我的|获取 ?outlook)/iu

/** Nobody who wants no more says so only after more than this. */
const mostRead = 2000

/** The customer's own words, looked at line by line: however many blanks there are, each is gone over once. */
function ownWords(text: string): string {
  const lines = text.slice(0, mostRead).split('\n')
  const end = lines.findIndex((line) => quoted.test(line.trimStart()))
  return (end === -1 ? lines : lines.slice(0, end)).join('\n')
}

/** Letters that ask for no more whatever the brand's own words are. */
const always = /^(?:t|(?:td)+)$/

/** What opt-out words ask a customer to write back: R of 拒收请回复R, STOP of "Reply STOP to opt out". */
const ASKED = /(?:回复|回|发送|发|reply|text|send)[\s"“「『']*([a-z0-9]+|退订|拒收)|^([a-z]+)\s*退订/

function askedFor(words: string): string | null {
  const asked = ASKED.exec(fold(words))
  return asked?.[1] ?? asked?.[2] ?? null
}

const opted = (reason: ReplyReason): ReplyVerdict => ({ kind: 'opt_out', reason })
const doubted = (reason: ReplyReason): ReplyVerdict => ({ kind: 'doubtful', reason })
const none: ReplyVerdict = { kind: 'none' }

/** A reply that says nothing besides. */
function verdictOfWhole(found: readonly Piece[], asks: boolean, asked: string | null): ReplyVerdict {
  const of = (kind: PieceKind) => found.filter((piece) => piece.kind === kind)
  if (of('demand').length > 0) return opted('asked')
  const codes = of('code')
  if (codes.length > 0)
    return codes.every(({ text }) => always.test(text) || text === asked)
      ? opted('code')
      : doubted('unasked_code')
  if (of('weak').length > 0) return asks ? doubted('curt') : opted('keyword')
  return of('curt').length > 0 ? doubted('curt') : none
}

/** A reply that says other things too: at most it may be one. */
function verdictOfPart(found: readonly Piece[], asks: boolean): ReplyVerdict {
  if (found.some(({ kind }) => kind === 'demand')) return doubted('within')
  const first = found.find(({ kind }) => kind !== 'filler')
  const stops = first?.kind === 'weak' && /^sto+p+$/.test(first.text)
  const codes = found.some(({ kind, text }) => kind === 'code' && text.startsWith('td'))
  return !asks && (stops || codes) ? doubted('within') : none
}

/**
 * Rule 20: whether a customer's reply asks for no more marketing, in Chinese or English. A reply made of
 * nothing but such a demand and small talk is an opt-out; one that says other things too, or might be meant
 * otherwise, is doubtful: in doubt the answer is to hold back and ask a person. `words` are the brand's own,
 * which name the letter that is to be sent back.
 */
export function readReply(text: string, words: string): ReplyVerdict {
  const own = ownWords(text)
  const asked = askedFor(words)
  const found = piecesOf(foldedReply(own))
  const bare = found.map((piece) => piece.text).join('')
  if (asked !== null && bare === asked) return opted('code')
  const asks = /[?？]|吗|怎么|怎样|如何|什么|为何|多少/.test(own)
  return found.some(({ kind }) => kind === 'other')
    ? verdictOfPart(found, asks)
    : verdictOfWhole(found, asks, asked)
}

/** Words by which people come back, with courtesies around them. */
const again =
  /^(?:请|麻烦|帮我|我要|我想|想|please )*(?:start|unstop|resubscribe(?: me)?|subscribe(?: me)? again|opt(?: me)?(?: back)? in|(?:恢复|重新|继续)(?:订阅|接收)|恢复短信)(?: ?(?:短信|消息|邮件|吧|谢谢|please|thanks|thank you))*$/

/** Whether a reply takes an opt-out back, and says nothing else. */
export function asksForMore(text: string): boolean {
  return again.test(foldedReply(ownWords(text)))
}

/** Whether a customer who does what opt-out words say is unsubscribed by it. */
export function isOptOutText(words: string): boolean {
  const asked = askedFor(words)
  if (asked === null) return true
  const kinds = piecesOf(asked).map(({ kind }) => kind)
  return kinds.length > 0 && kinds.every((kind) => kind === 'demand' || kind === 'code' || kind === 'weak')
}
