import { channelOf, type PriceUnit } from '../channels/index.ts'
import type { Customer } from '../conditions/customer.ts'
import type { Brand } from '../journey/brand.ts'
import { type Locale, say, type WrittenText } from '../text.ts'
import { type Rendered, type RenderProblem, render } from './render.ts'
import { unsayable } from './sayable.ts'
import { composeSms, smsLength } from './sms.ts'
import { prohibitedWords } from './words.ts'

/** What a marketer wrote for one message. */
export interface WrittenMessage {
  readonly channel: string
  readonly purpose: 'marketing' | 'service'
  readonly subject: WrittenText | null
  readonly text: WrittenText
}

export interface ComposeInput {
  readonly brand: Brand
  readonly customer: Customer
  readonly variables: Readonly<Record<string, unknown>>
  readonly now: number
  readonly zone: string
  /** Text that stands in for the written one: a model's, already checked. */
  readonly polished?: string
}

export interface Composed {
  readonly subject: string | null
  /** As the customer reads it: an SMS with its signature and opt-out words. */
  readonly text: string
  /** The text alone, which a model may polish. */
  readonly body: string
  /** SMS parts; 1 elsewhere. */
  readonly parts: number
  readonly costMilli: number
}

export type ComposeResult =
  | { readonly ok: true; readonly message: Composed }
  | { readonly ok: false; readonly gate: 'compliance'; readonly words: readonly string[] }
  | { readonly ok: false; readonly gate: 'render'; readonly problems: readonly RenderProblem[] }

/** The language a customer reads: their own where the brand's texts can have it, else the brand's. */
export function languageOf(customer: Pick<Customer, 'language'>, brand: Pick<Brand, 'language'>): Locale {
  if (customer.language?.toLowerCase().startsWith('zh')) return 'zh-CN'
  return customer.language?.toLowerCase().startsWith('en') ? 'en' : brand.language
}

function blockedWords(text: string): string[] {
  return prohibitedWords(text).flatMap(({ severity, word }) => (severity === 'block' ? [word] : []))
}

const saysNothing = (part: Rendered | null): boolean => part?.ok === true && part.text.trim() === ''

const units = {
  part: (parts: number) => parts,
  message: () => 1,
} satisfies Record<PriceUnit, (parts: number) => number>

/** What the price list asks for a message, in thousandths of the currency's main unit. */
export function costOf(channel: string, parts: number, brand: Brand): number {
  const { priceMilli, priceUnit } = channelOf(channel)
  return (brand.prices[channel] ?? priceMilli) * units[priceUnit](parts)
}

/** The message as the customer will read it, with signature and opt-out words, or why there is none. */
export function compose(written: WrittenMessage, input: ComposeInput): ComposeResult {
  const { brand, customer, now, zone, variables } = input
  const locale = languageOf(customer, brand)
  const context = { now, zone, locale, currency: brand.currency }
  const source = say(written.text, locale)
  const body =
    input.polished === undefined
      ? render(source, variables, context)
      : ({ ok: true, text: input.polished, used: {} } as const)
  const subject = written.subject === null ? null : render(say(written.subject, locale), variables, context)
  const { content } = channelOf(written.channel)
  // Conditions of a template may all fail; nobody reads a message of a signature alone.
  const blank = content !== 'json' && (saysNothing(body) || (content === 'email' && saysNothing(subject)))
  if (!body.ok || (subject !== null && !subject.ok) || blank) {
    const problems: RenderProblem[] = [body, subject].flatMap((part) =>
      part !== null && !part.ok ? part.problems : [],
    )
    if (blank) problems.push({ code: 'blank-message' })
    const words = blockedWords(source)
    return words.length > 0
      ? { ok: false, gate: 'compliance', words }
      : { ok: false, gate: 'render', problems }
  }
  const sms = content === 'sms'
  const text = sms
    ? composeSms(body.text, {
        signature: brand.signature,
        optOut: brand.optOut,
        marketing: written.purpose === 'marketing',
      })
    : body.text
  const words = blockedWords(subject === null ? text : `${subject.text}\n${text}`)
  if (words.length > 0) return { ok: false, gate: 'compliance', words }
  const faults = [
    unsayable(text, source),
    subject === null
      ? null
      : unsayable(subject.text, written.subject === null ? '' : say(written.subject, locale)),
  ].filter((fault) => fault !== null)
  if (faults.length > 0) return { ok: false, gate: 'render', problems: faults }
  const parts = sms ? smsLength(text).parts : 1
  return {
    ok: true,
    message: {
      subject: subject?.text ?? null,
      text,
      body: body.text,
      parts,
      costMilli: costOf(written.channel, parts, brand),
    },
  }
}
