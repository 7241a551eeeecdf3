import { assetIn, assetPath } from '../assets/asset.ts'
import { type Content, channelOf, type PriceUnit, type RenderedAttachment } from '../channels/index.ts'
import { type FilledTemplate, isAbroad } from '../channels/sms/register.ts'
import type { Customer } from '../conditions/customer.ts'
import type { Chosen } from '../contents/choose.ts'
import type { Brand } from '../journey/brand.ts'
import type { Mail } from '../mail/blocks.ts'
import { type Locale, say, type WrittenText } from '../text.ts'
import { type Attachment, type FindPicture, renderAttachments, textsOfAttachments } from './attachments.ts'
import type { ContentSource } from './contents.ts'
import type { MessageFormat } from './format.ts'
import { htmlToText, isHtml, sanitizeHtml } from './html-mail.ts'
import { jsonFault } from './json-body.ts'
import { createShortener, type Shortener, type TrackedLink } from './links.ts'
import { isBlankText } from './liquid/rendering.ts'
import { mailTemplates } from './mail/template.ts'
import {
  type MessageContext,
  type Rendered,
  type RenderProblem,
  render,
  renderHtml,
  renderJson,
} from './render.ts'
import { unsayable } from './sayable.ts'
import { composeSms, smsLength } from './sms.ts'
import { type ChosenTemplate, fromTemplate } from './sms-template.ts'
import { prohibitedWords } from './words.ts'

/** What a marketer wrote for one message. */
export interface WrittenMessage {
  readonly channel: string
  readonly purpose: 'marketing' | 'service'
  readonly subject: WrittenText | null
  readonly text: WrittenText
  /** Of a webhook: the product's own envelope around the text, or the text as a JSON body of one's own. */
  readonly body: 'envelope' | 'json'
  /** Of an e-mail: its blocks, which then are said in place of the text. */
  readonly mail?: Mail | null | undefined
  /** What goes with it, where its channel carries that. */
  readonly attachments?: readonly Attachment[]
  /** Whether its addresses are made short; null: as the brand has it. */
  readonly track?: boolean | null
  /** Of an SMS whose provider takes registered templates alone: stands in the text's place. */
  readonly template?: ChosenTemplate | null
}

export interface ComposeInput {
  readonly brand: Brand
  readonly customer: Customer
  readonly variables: Readonly<Record<string, unknown>>
  readonly now: number
  readonly zone: string
  /** Text that stands in for the written one: a model's, already checked. */
  readonly polished?: string
  /** Of which step it is; without it addresses stay as they are. */
  readonly origin?: { readonly journey: string; readonly node: string }
}

export interface Composed {
  readonly subject: string | null
  /** As the customer reads it: an SMS with its signature and opt-out words. */
  readonly text: string
  /** The text alone, which a model may polish. */
  readonly body: string
  readonly format: MessageFormat
  /** SMS parts; 1 elsewhere. */
  readonly parts: number
  readonly costMilli: number
  /** The contents that were chosen for it, each once. */
  readonly contents: readonly Chosen[]
  readonly attachments: readonly RenderedAttachment[]
  /** Where its short links lead, in the order of the marks that stand for their codes. */
  readonly links: readonly TrackedLink[]
  /** The registered template that the text is made of: no model may change a word of it. */
  readonly template?: FilledTemplate
}

export type ComposeResult =
  | { readonly ok: true; readonly message: Composed }
  | { readonly ok: false; readonly gate: 'compliance'; readonly words: readonly string[] }
  | { readonly ok: false; readonly gate: 'render'; readonly problems: readonly RenderProblem[] }

/** What the brand's library is for a customer; undefined where it holds nothing. */
export function contentsFor(
  { contents, labels, zone }: Brand,
  customer: Customer,
): ContentSource | undefined {
  return contents === undefined ? undefined : { library: contents, labels, zone, customer }
}

const noneChosen: readonly Chosen[] = []

const chosenIn = (rendered: Made | null): readonly Chosen[] =>
  rendered?.ok === true ? (rendered.contents ?? noneChosen) : noneChosen

/** The contents of several texts, each once; most texts have none. */
function allChosen(...rendered: readonly (Made | null)[]): readonly Chosen[] {
  if (rendered.every((one) => chosenIn(one).length === 0)) return noneChosen
  const all = rendered.flatMap(chosenIn)
  return all.length < 2 ? all : [...new Map(all.map((one) => [one.key, one])).values()]
}

/** The language a customer reads: their own where the brand's texts can have it, else the brand's. */
export function languageOf(customer: Pick<Customer, 'language'>, brand: Pick<Brand, 'language'>): Locale {
  if (customer.language?.toLowerCase().startsWith('zh')) return 'zh-CN'
  return customer.language?.toLowerCase().startsWith('en') ? 'en' : brand.language
}

function blockedWords(text: string): string[] {
  return prohibitedWords(text).flatMap(({ severity, word }) => (severity === 'block' ? [word] : []))
}

const units = {
  part: (parts: number) => parts,
  message: () => 1,
} satisfies Record<PriceUnit, (parts: number) => number>

/** The currency in which usual prices are known. */
const priced = 'CNY'

/** Under which a brand's price of an SMS abroad stands: another provider carries it. */
export const abroadPrice = 'sms_abroad'

/**
 * A message's price in thousandths of the main unit of the brand's currency: the brand's own, else the usual one
 * where that is known in its currency. null: nobody has said it. `to`: the number of an SMS.
 */
export function priceOf(
  channel: string,
  brand: Pick<Brand, 'prices' | 'currency'>,
  to: string | null = null,
): number | null {
  const { priceMilli, content } = channelOf(channel)
  const usual = priceMilli === 0 || brand.currency === priced ? priceMilli : null
  const abroad = content === 'sms' && to !== null && isAbroad(to) ? brand.prices[abroadPrice] : undefined
  return abroad ?? brand.prices[channel] ?? usual
}

/** What the price list asks for a message, in thousandths of the main unit; without a price it counts nothing. */
export function costOf(channel: string, parts: number, brand: Brand, to: string | null = null): number {
  return (priceOf(channel, brand, to) ?? 0) * units[channelOf(channel).priceUnit](parts)
}

type Made =
  | {
      readonly ok: true
      readonly text: string
      readonly contents?: readonly Chosen[]
      readonly filled?: FilledTemplate
    }
  | Extract<Rendered, { ok: false }>

const formats: Readonly<Record<Content, (body: WrittenMessage['body'], source: string) => MessageFormat>> = {
  sms: () => 'text',
  email: (_body, source) => (isHtml(source) ? 'html' : 'text'),
  text: () => 'text',
  chat: () => 'text',
  json: (body) => (body === 'json' ? 'json' : 'text'),
}

/** What a text is written in: a webhook's own body is JSON, and an e-mail that is plainly HTML is HTML. */
export function formatOf(
  { channel, body }: Pick<WrittenMessage, 'channel' | 'body'>,
  source: string,
): MessageFormat {
  const { content } = channelOf(channel)
  return formats[content](body, source)
}

type Maker = (source: string, variables: ComposeInput['variables'], context: MessageContext) => Made

const makers: Readonly<Record<MessageFormat, Maker>> = {
  text: (source, variables, context) => render(source, variables, context),
  json(source, variables, context) {
    const made = renderJson(source, variables, context)
    const fault = made.ok ? jsonFault(made.text) : null
    return fault === null ? made : { ok: false, problems: [{ code: 'invalid-json', detail: fault }] }
  },
  html(source, variables, context) {
    const made = renderHtml(source, variables, context)
    return made.ok ? { ...made, text: sanitizeHtml(made.text).html } : made
  },
}

/** The written text with the customer's values, as its format has it. */
function make(
  source: string,
  format: MessageFormat,
  variables: ComposeInput['variables'],
  context: MessageContext,
): Made {
  return makers[format](source, variables, context)
}

/** What its reader reads of a text: HTML without its tags. */
const readable = (text: string, format: MessageFormat): string =>
  format === 'html' ? htmlToText(text) : text

const problemsOf = (...parts: readonly (Made | null)[]): RenderProblem[] =>
  parts.flatMap((part) => (part === null || part.ok ? [] : part.problems))

function refused(problems: readonly RenderProblem[], source: string): ComposeResult {
  const words = blockedWords(source)
  if (words.length > 0) return { ok: false, gate: 'compliance', words }
  return { ok: false, gate: 'render', problems }
}

/** Where a brand's pictures are found. */
function pictureIn({ assets }: Brand): FindPicture {
  return (key) => {
    const asset = assets === undefined ? undefined : assetIn(assets, key)
    return asset === undefined ? null : assetPath(asset)
  }
}

/** What makes a message's addresses short; null where they stay as they are. */
function shortenerOf(
  { channel, track = null }: WrittenMessage,
  { brand, origin }: ComposeInput,
  chosen: readonly Chosen[],
): Shortener | null {
  const { links, linkBase: base, contents = [] } = brand
  if (base === undefined || origin === undefined || !(track ?? links.track)) return null
  const keys = new Set(chosen.map(({ key }) => key))
  const library = keys.size === 0 ? [] : contents.filter(({ key }) => keys.has(key))
  return createShortener({ base, utm: links.utm, origin: { ...origin, channel }, library })
}

/** All that was written of attachments, in which a word may stand that otherwise leaks. */
const sourcesOf = (list: readonly Attachment[]): string =>
  textsOfAttachments(list)
    .map(({ text }) => text)
    .join('\n')

/** The message as the customer will read it, with signature and opt-out words, or why there is none. */
export function compose(written: WrittenMessage, input: ComposeInput): ComposeResult {
  const { brand, customer, now, zone, variables } = input
  const locale = languageOf(customer, brand)
  const contents = contentsFor(brand, customer)
  const context = { now, zone, locale, currency: brand.currency, contents }
  const { content, attachments: carried } = channelOf(written.channel)
  const { source, format, body, plain } = wordsOf(written, input, context)
  const title = written.subject === null ? '' : say(written.subject, locale)
  const subject = written.subject === null ? null : render(title, variables, context)
  const beside = (written.attachments ?? []).filter(({ kind }) => carried.includes(kind))
  const attached = renderAttachments(beside, { variables, context, pictureOf: pictureIn(brand) })
  if (!body.ok || (subject !== null && !subject.ok) || attached.problems.length > 0)
    return refused([...problemsOf(body, subject), ...attached.problems], source)
  if (plain?.ok === false) return refused(plain.problems, source)
  const read = plain === null ? readable(body.text, format) : plain.text
  // Conditions of a template may all fail; nobody reads a message of a signature alone.
  const blank =
    (content !== 'json' && isBlankText(read) && !/<img\b/.test(body.text) && beside.length === 0) ||
    (content === 'email' && isBlankText(subject?.text ?? ''))
  if (blank) return refused([{ code: 'blank-message' }], source)
  const chosen = allChosen(subject, body, plain, ...attached.rendered)
  const shortener = shortenerOf(written, input, chosen)
  const attachments = attached.attachments.map((one) =>
    one.kind === 'link' && shortener !== null ? { ...one, url: shortener.address(one.url) } : one,
  )
  // A registered template leaves as it was reviewed, with words of refusal of its own: no address in it is made short.
  const text =
    body.filled === undefined
      ? framed(shortener?.text(body.text, format) ?? body.text, written, brand)
      : `【${body.filled.signature}】${body.text}`
  const shown = format === 'html' ? read : text
  const cards = attached.rendered.map((one) => one.text)
  const words = blockedWords([...(subject === null ? [] : [subject.text]), shown, ...cards].join('\n'))
  if (words.length > 0) return { ok: false, gate: 'compliance', words }
  const fault = unsayable(shown, source, format)
  const inTitle = subject === null ? null : unsayable(subject.text, title, 'text')
  const inCards = cards.map((card) => unsayable(card, sourcesOf(beside), 'text'))
  const faults = [fault, inTitle, ...inCards].filter((one) => one !== null)
  if (faults.length > 0) return { ok: false, gate: 'render', problems: faults }
  const parts = content === 'sms' ? smsLength(text).parts : 1
  return {
    ok: true,
    message: {
      subject: subject?.text ?? null,
      text,
      body: body.text,
      format,
      parts,
      costMilli: costOf(written.channel, parts, brand, customer.phone),
      contents: chosen,
      attachments,
      links: shortener?.links ?? [],
      ...(body.filled === undefined ? {} : { template: body.filled }),
    },
  }
}

/** What is said, in which form, and of a mail of blocks also in plain words. */
interface Said {
  readonly source: string
  readonly format: MessageFormat
  readonly body: Made
  readonly plain: Made | null
}

function wordsOf(
  written: WrittenMessage,
  { brand, variables, polished }: ComposeInput,
  context: MessageContext,
): Said {
  const text = say(written.text, context.locale)
  const terms = channelOf(written.channel).content === 'sms' ? brand.sms : undefined
  if (terms !== undefined) {
    const { template = null, purpose } = written
    const body = fromTemplate(terms, { template, purpose }, { variables, context })
    return { source: body.ok ? body.written : text, format: 'text', body, plain: null }
  }
  if (polished !== undefined)
    return { source: text, format: 'text', body: { ok: true, text: polished }, plain: null }
  const { channel, purpose, mail = null } = written
  if (mail === null || channelOf(channel).content !== 'email') {
    const format = formatOf(written, text)
    return { source: text, format, body: make(text, format, variables, context), plain: null }
  }
  const { html, text: source } = mailTemplates(mail, context.locale, purpose === 'marketing')
  const plain = render(source, variables, context)
  // Without a layout the words are there all the same.
  if (html === '') return { source, format: 'text', body: plain, plain: null }
  return { source, format: 'html', body: renderHtml(html, variables, context), plain }
}

/** An SMS with its signature and opt-out words; any other text as it is. */
function framed(text: string, { channel, purpose }: WrittenMessage, brand: Brand): string {
  if (channelOf(channel).content !== 'sms') return text
  const { signature, optOut } = brand
  return composeSms(text, { signature, optOut, marketing: purpose === 'marketing' })
}
