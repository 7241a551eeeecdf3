import { z } from 'zod'
import { channelOf, isChannel, wayOf } from '../channels/index.ts'
import { wechatWays } from '../channels/wechat.ts'
import { wecomWays } from '../channels/wecom.ts'
import { ownZone } from '../conditions/own-day.ts'
import type { Json, Reason } from '../effects/index.ts'
import type { AnswerFrom, Unanswered } from '../effects/requests/index.ts'
import { Problem } from '../errors/index.ts'
import { limits } from '../limits.ts'
import { mailSchema } from '../mail/blocks.ts'
import { attachmentList, notCarried, textsOfAttachments } from '../message/attachments.ts'
import { type Composed, compose, languageOf } from '../message/compose.ts'
import { factsFor, mayBeGiven, usualFacts } from '../message/facts/given.ts'
import { askGates, fullCap, type GateAnswer, type GateInput } from '../message/gates.ts'
import { isHtml } from '../message/html-mail.ts'
import { anything, type Mentions, mentionsIn, mentionsInAll } from '../message/mentions.ts'
import { type Locale, say, type WrittenText, writtenText } from '../text.ts'
import { hear } from './asking.ts'
import { deferred, type Patience, waitedFor } from './deferring.ts'
import { unwoken } from './recall.ts'
import { attachmentFindings, picturesIn } from './send/attachments.ts'
import { contentFindings, lengthFindings } from './send/contents.ts'
import { formatFindings } from './send/formats.ts'
import { blocksOf, mailFindings, textsInBlocks } from './send/mail.ts'
import { chosenTemplate, templateFindings, templateTexts } from './send/templates.ts'
import { type CheckInput, type DecideInput, type Decision, defineNode, type Finding } from './type.ts'
import { variablesFor } from './variables.ts'

const config = z
  .strictObject({
    channel: z.string().refine(isChannel, 'a channel that this Magpie has'),
    /** Service messages (an order's dispatch) are exempt from caps, quiet hours and opt-out. */
    purpose: z.enum(['marketing', 'service']).default('marketing'),
    subject: writtenText.nullable().default(null),
    text: writtenText,
    /** In WeCom: a broadcast that the employee presses send for, or the greeting of somebody who has just become a friend. */
    way: z.enum([...wecomWays, ...wechatWays]).default('task'),
    /** Of an e-mail: its blocks, which are sent in place of the text. */
    mail: mailSchema.optional(),
    /** What goes with the text: pictures and cards, where the channel carries them. */
    attachments: attachmentList,
    /** Whether its addresses are made short and presses counted; null: as the brand has it. */
    track: z.boolean().nullable().default(null),
    /** Of an SMS whose provider takes registered templates alone: stands in the text's place. */
    template: chosenTemplate.nullable().default(null),
    /** Of a webhook: our envelope around the text, or the text as the whole body, in JSON. */
    body: z.enum(['envelope', 'json']).default('envelope'),
    /** Where a webhook goes. */
    url: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    /** Polished per customer by a model; null: the written text for everyone. */
    ai: z
      .strictObject({
        instructions: z.string().max(2000).default(''),
        /** The customer's attributes that the model is told; what identifies somebody never is. */
        facts: z
          .array(z.string().min(1).max(200))
          .max(30)
          .default([...usualFacts]),
        maxChars: z.int().min(10).max(5000).default(140),
        /** How long to wait for the model before the written text is sent. */
        waitMinutes: z.int().min(1).max(1440).default(10),
      })
      .nullable()
      .default(null),
    /** In quiet hours: wait for their end, or leave by not_sent. */
    quiet: z.enum(['defer', 'skip']).default('defer'),
    /** Over a frequency cap: wait until there is room, at most so long; null: leave by not_sent. */
    overCap: z
      .strictObject({ hours: z.int().min(1).max(limits.capWaitHours.value) })
      .nullable()
      .default(null),
  })
  .refine(({ channel, subject }) => channel !== 'email' || subject !== null, {
    message: 'an e-mail needs a subject',
    path: ['subject'],
  })
  .refine(({ channel, url }) => channel !== 'webhook' || url !== null, {
    message: 'a webhook needs an address',
    path: ['url'],
  })
export type SendConfig = z.infer<typeof config>

/** What a greeting is, a customer has asked for by becoming a friend a moment ago: it waits for no morning and no room. */
const isGreeting = ({ channel, way }: Pick<SendConfig, 'channel' | 'way'>): boolean =>
  wayOf(channel, way) === 'greeting'

/** As what the gates and the figures take a message. */
const purposeOf = (settings: SendConfig): SendConfig['purpose'] =>
  isGreeting(settings) ? 'service' : settings.purpose

function suppressed(gate: string, details: Readonly<Record<string, Json>> = {}): Decision {
  return { kind: 'leave', port: 'not_sent', reason: { code: 'suppressed', gate, ...details } }
}

/** The model's words, or why there are none; a decision while it is being asked. */
function polish(
  settings: SendConfig,
  { body: sop, format, template }: Composed,
  input: DecideInput,
): { readonly waiting: Decision | null; readonly reply: AnswerFrom<'model'> | Unanswered | null } {
  const { ai, channel } = settings
  // A model writes plain words; an HTML mail goes out as it is written, and of a registered template each word counts.
  if (ai === null || format !== 'text' || template !== undefined || sop.trim() === '')
    return { waiting: null, reply: null }
  if (!input.askModel && input.facts.reply === null)
    return { waiting: null, reply: { ok: false, reason: 'no-key' } }
  const { instructions, maxChars, waitMinutes } = ai
  const facts = factsFor(input.facts.customer, ai.facts)
  const request = { to: 'model', channel, sop, instructions, facts, maxChars } as const
  const heard = hear('model', request, waitMinutes, input)
  return heard.waiting === null ? heard : { ...heard, reply: null }
}

/**
 * The message as one that another record with the same address may have been given. What each customer's own
 * event calls for, such as the dispatch of an order, is that customer's alone.
 */
export function messageOf(settings: SendConfig, { node, journey, enrollment }: DecideInput) {
  const ownEvent = purposeOf(settings) === 'service' && enrollment.entry.event !== null
  return ownEvent ? null : { journeyId: journey.id, node }
}

const hourMs = 3_600_000

/** Quiet hours end within a day, so nobody sets how long they are waited for. */
export const patienceOf = ({ quiet, overCap }: SendConfig): Patience => ({
  quiet_hours: quiet === 'defer' ? Number.POSITIVE_INFINITY : null,
  cap: overCap === null ? null : overCap.hours * hourMs,
})

/** What the gates, the text and the model said then. */
function again(reason: Reason): Decision {
  if (reason.code === 'sent') return { kind: 'leave', port: 'sent', reason: unwoken(reason) }
  if (reason.code === 'suppressed') return { kind: 'leave', port: 'not_sent', reason: unwoken(reason) }
  throw new Problem('trace-unfit', { what: reason.code })
}

/** What a gate saw that is closed. */
function seenAt(
  { gate, why }: Extract<GateAnswer, { pass: false }>,
  asked: GateInput,
): Readonly<Record<string, Json>> {
  const full = gate === 'cap' ? fullCap(asked) : null
  if (full !== null) return { ...full }
  return why === undefined ? {} : { why }
}

function decide(settings: SendConfig, input: DecideInput): Decision {
  if (input.recalled !== undefined) return again(input.recalled)
  const { enrollment, brand, facts, now, zone } = input
  const { customer } = facts
  const local = ownZone(customer.timezone, zone)
  const asked: GateInput = {
    customer,
    brand,
    channel: settings.channel,
    way: settings.way,
    url: settings.url,
    purpose: purposeOf(settings),
    control: enrollment.control,
    touches: facts.touches,
    message: messageOf(settings, input),
    now,
    zone: local,
  }
  const gate = askGates(asked)
  if (!gate.pass)
    return deferred(gate, patienceOf(settings), input) ?? suppressed(gate.gate, seenAt(gate, asked))
  return composeAndSend(settings, input, gate.to, local)
}

/** What the words that somebody reads speak of; of a mail in blocks, what fills a template and what goes along there is no telling. */
function mentionedIn({ subject, text, mail, template, attachments }: SendConfig, locale: Locale): Mentions {
  if (mail !== undefined || template !== null || attachments.length > 0) return anything
  const body = say(text, locale)
  return subject === null ? mentionsIn(body) : mentionsInAll([body, say(subject, locale)])
}

function composeAndSend(settings: SendConfig, input: DecideInput, to: string, zone: string): Decision {
  const { brand, enrollment, facts, now } = input
  const variables = variablesFor(input, mentionedIn(settings, languageOf(facts.customer, brand)))
  const origin = { journey: input.journey.id, node: input.node }
  const base = { brand, customer: facts.customer, variables, now, zone, origin }
  const written = compose(settings, base)
  if (!written.ok)
    return suppressed(
      written.gate,
      written.gate === 'compliance'
        ? { words: written.words }
        : {
            problems: written.problems.map((problem) => ({
              code: problem.code,
              name: 'variable' in problem ? problem.variable : null,
            })),
          },
    )
  const { waiting, reply } = polish(settings, written.message, input)
  if (waiting !== null) return waiting
  const polished = reply?.ok ? compose(settings, { ...base, polished: reply.text }) : null
  const useModel = polished?.ok === true
  const message = polished?.ok ? polished.message : written.message
  const fallback = reply === null || useModel ? null : reply.ok ? 'compliance' : reply.reason
  const waited = waitedFor(input)
  const way = wayOf(settings.channel, settings.way)
  return {
    kind: 'leave',
    port: 'sent',
    effects: [
      {
        kind: 'send',
        channel: settings.channel,
        ...(way === null ? {} : { way }),
        to,
        purpose: purposeOf(settings),
        subject: message.subject,
        text: message.text,
        format: message.format,
        parts: message.parts,
        costMilli: message.costMilli,
        coupon: Object.values(enrollment.coupons).at(-1)?.code ?? null,
        model: useModel && reply?.ok ? reply.model : null,
        ...(message.attachments.length === 0 ? {} : { attachments: [...message.attachments] }),
        ...(message.links.length === 0 ? {} : { links: message.links.map((one) => ({ ...one })) }),
        ...(message.template === undefined ? {} : { template: message.template }),
      },
    ],
    reason: {
      code: 'sent',
      ...(fallback === null ? {} : { fallback }),
      ...(waited === null ? {} : { waited }),
      ...(written.message.contents.length === 0
        ? {}
        : { contents: written.message.contents.map(({ why, ...one }) => ({ ...one, why: { ...why } })) }),
      ...(facts.picks.length === 0
        ? {}
        : { picked: facts.picks.map(({ id, title, why }) => ({ id, title, why: { ...why } })) }),
    },
  }
}

function textsOf(settings: SendConfig): { field: string; text: string }[] {
  const parts = (field: string, text: WrittenText | null) =>
    Object.entries(text ?? {}).flatMap(([locale, written]) =>
      written === undefined || written === '' ? [] : [{ field: `${field}.${locale}`, text: written }],
    )
  const mail = blocksOf(settings)
  return [
    ...(settings.template === null ? parts('subject', settings.subject) : templateTexts(settings)),
    ...(settings.template !== null ? [] : mail === null ? parts('text', settings.text) : textsInBlocks(mail)),
    ...textsOfAttachments(settings.attachments),
  ]
}

/** A text that is written nowhere, or in one language holds spaces alone. A webhook may go without. */
function blankTexts(settings: SendConfig, terms: CheckInput['sms']): Finding[] {
  const { channel, subject, text, template, attachments } = settings
  // What stands in the text's place is looked at beside it.
  if (template !== null || (terms != null && channelOf(channel).content === 'sms')) return []
  // A picture alone says something.
  const isCarried = attachments.length > notCarried(channel, attachments).length
  const blank = (field: 'text' | 'subject', written: WrittenText): Finding[] => {
    const texts = Object.entries(written).filter(([, one]) => one !== undefined && one !== '')
    if (!texts.some(([, one]) => one?.trim()))
      return field === 'text' && isCarried ? [] : [{ code: `empty-${field}`, field }]
    return texts.flatMap(([locale, one]) =>
      one?.trim() === '' ? [{ code: `empty-${field}`, field: `${field}.${locale}` }] : [],
    )
  }
  if (channelOf(channel).content === 'json') return []
  return [
    ...(channel === 'email' && subject !== null ? blank('subject', subject) : []),
    ...(blocksOf(settings) === null ? blank('text', text) : []),
  ]
}

const byTemplate = { 'zh-CN': '模板', en: 'template' }
const unwritten = { 'zh-CN': '还没有写', en: 'not written yet' }

/** A greeting has twenty seconds, in which no model answers surely. */
function greetingFindings(settings: SendConfig): Finding[] {
  return isGreeting(settings) && settings.ai !== null ? [{ code: 'greeting-polished', field: 'ai' }] : []
}

function factFindings({ ai }: SendConfig): Finding[] {
  return (ai?.facts ?? [])
    .filter((fact) => !mayBeGiven(fact))
    .map((fact) => ({ code: 'identifying-fact', field: 'ai.facts', details: { fact } }))
}

/** The texts of an e-mail that are plainly HTML. */
const writtenAsHtml = (settings: SendConfig) =>
  textsOf(settings).filter(({ field, text }) => field.startsWith('text') && isHtml(text))

/** Rules 12 to 16: the gates in their order, then one message for this visit. */
export const send = defineNode<SendConfig>({
  type: 'send',
  role: 'step',
  category: 'touch',
  name: { 'zh-CN': '发送消息', en: 'Send' },
  help: {
    'zh-CN': '短信、企业微信、公众号、邮件、站内信或接口；可由 AI 为每位客户润色',
    en: 'SMS, WeCom, WeChat, e-mail, in-app or webhook; a model may polish it per customer',
  },
  config,
  defaults: () => ({
    channel: 'sms',
    purpose: 'marketing',
    subject: null,
    // Nobody shall get words that the marketer has not written, least of all in a language not looked at.
    text: { 'zh-CN': '', en: '' },
    attachments: [],
    track: null,
    template: null,
    body: 'envelope',
    way: 'task',
    url: null,
    ai: null,
    quiet: 'defer',
    overCap: null,
  }),
  ports: () => [
    { id: 'sent', name: { 'zh-CN': '已发送', en: 'Sent' } },
    { id: 'not_sent', name: { 'zh-CN': '未发送', en: 'Not sent' } },
  ],
  needs: (settings) => ({
    customer: true,
    touches: purposeOf(settings) === 'marketing',
    quota: channelOf(settings.channel).perDay !== undefined,
    doubles: true,
    reply: settings.ai !== null,
  }),
  // Quiet hours are the brand's and are not reckoned; a model and room under a cap are waited for at most so long.
  passage: ({ ai, overCap }, { arrivedAt, port }) => {
    const room = overCap === null ? 0 : overCap.hours * hourMs
    const reply = port === 'sent' && ai !== null ? ai.waitMinutes * 60_000 : 0
    return [arrivedAt, arrivedAt + room + reply]
  },
  messages: () => 1,
  promotes: (settings) => (purposeOf(settings) === 'marketing' ? [settings.channel] : []),
  channels: ({ channel }) => [channel],
  names: ({ ai, attachments }) => [
    ...(ai?.facts ?? []).map((name) => ({ kind: 'attribute' as const, field: 'ai.facts', name })),
    ...picturesIn(attachments).map((one) => ({ kind: 'asset' as const, ...one })),
  ],
  check: (settings, { contents = [], assets, sms }) => [
    ...blankTexts(settings, sms),
    ...templateFindings(settings, sms),
    ...(settings.template === null ? lengthFindings(settings, textsOf(settings), contents) : []),
    ...contentFindings(settings, textsOf(settings), contents),
    ...formatFindings(settings),
    ...factFindings(settings),
    ...greetingFindings(settings),
    ...mailFindings(settings, textsOf(settings), writtenAsHtml(settings), limits.mailWeight.value),
    ...attachmentFindings(settings, assets),
  ],
  texts: textsOf,
  describe: (settings, { locale }) => {
    const { channel, template } = settings
    if (template !== null)
      return `${say(channelOf(channel).name, locale)} · ${say(byTemplate, locale)} ${template.code}`
    const text = blocksOf(settings) === null ? settings.text : (settings.subject ?? settings.text)
    const written = say(text, locale).trim() === '' ? say(unwritten, locale) : say(text, locale)
    const first = written
      .replaceAll(/\{\{.*?\}\}/g, '…')
      // A form of address alone tells nothing of the text.
      .replace(/^…[\s，,：:]*/, '')
    const short = first.length > 60 ? `${first.slice(0, 59)}…` : first
    return `${say(channelOf(channel).name, locale)} · ${short}`
  },
  decide,
  asks: 'model',
  // Nobody waits for a model here: the words that have been corrected are the marketer's own.
  reword: (settings, input, to) =>
    composeAndSend({ ...settings, ai: null }, input, to, ownZone(input.facts.customer.timezone, input.zone)),
  // The question is what is wanted, which goes to no address.
  askAnew: (settings, input) => {
    const fresh = { ...input, enrollment: { ...input.enrollment, wait: null } }
    return composeAndSend(settings, fresh, '', ownZone(input.facts.customer.timezone, input.zone))
  },
})
