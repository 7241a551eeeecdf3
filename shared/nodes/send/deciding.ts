import { wayOf } from '../../channels/index.ts'
import { ownZone } from '../../conditions/own-day.ts'
import type { Json, Reason } from '../../effects/index.ts'
import type { AnswerFrom, Unanswered } from '../../effects/requests/index.ts'
import { Problem } from '../../errors/index.ts'
import { type Composed, compose, languageOf } from '../../message/compose.ts'
import { factsFor } from '../../message/facts/given.ts'
import { askGates, fullCap, type GateAnswer, type GateInput } from '../../message/gates.ts'
import { anything, type Mentions, mentionsIn, mentionsInAll } from '../../message/mentions.ts'
import { type Locale, say } from '../../text.ts'
import { hear } from '../asking.ts'
import { deferred, type Patience, waitedFor } from '../deferring.ts'
import { unwoken } from '../recall.ts'
import type { DecideInput, Decision } from '../type.ts'
import { variablesFor } from '../variables.ts'
import type { SendConfig } from './config.ts'

/** What a greeting is, a customer has asked for by becoming a friend a moment ago: it waits for no morning and no room. */
export const isGreeting = ({ channel, way }: Pick<SendConfig, 'channel' | 'way'>): boolean =>
  wayOf(channel, way) === 'greeting'

/** As what the gates and the figures take a message. */
export const purposeOf = (settings: SendConfig): SendConfig['purpose'] =>
  isGreeting(settings) ? 'service' : settings.purpose

export function suppressed(gate: string, details: Readonly<Record<string, Json>> = {}): Decision {
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
export function again(reason: Reason): Decision {
  if (reason.code === 'sent') return { kind: 'leave', port: 'sent', reason: unwoken(reason) }
  if (reason.code === 'suppressed') return { kind: 'leave', port: 'not_sent', reason: unwoken(reason) }
  throw new Problem('trace-unfit', { what: reason.code })
}

/** What a gate saw that is closed. */
export function seenAt(
  { gate, why }: Extract<GateAnswer, { pass: false }>,
  asked: GateInput,
): Readonly<Record<string, Json>> {
  const full = gate === 'cap' ? fullCap(asked) : null
  if (full !== null) return { ...full }
  return why === undefined ? {} : { why }
}

/** What the gates of one channel are asked. */
export function askedOf(settings: SendConfig, input: DecideInput): GateInput {
  const { enrollment, brand, facts, now, zone } = input
  const { customer, touches } = facts
  return {
    customer,
    brand,
    channel: settings.channel,
    way: settings.way,
    url: settings.url,
    purpose: purposeOf(settings),
    control: enrollment.control,
    touches,
    message: messageOf(settings, input),
    now,
    zone: ownZone(customer.timezone, zone),
  }
}

/** The gates in their order, then the message by this one channel. */
export function decideOne(settings: SendConfig, input: DecideInput): Decision {
  const asked = askedOf(settings, input)
  const gate = askGates(asked)
  if (!gate.pass)
    return deferred(gate, patienceOf(settings), input) ?? suppressed(gate.gate, seenAt(gate, asked))
  return composeAndSend(settings, input, gate.to, asked.zone)
}

/** What the words that somebody reads speak of; of a mail in blocks, what fills a template and what goes along there is no telling. */
function mentionedIn({ subject, text, mail, template, attachments }: SendConfig, locale: Locale): Mentions {
  if (mail !== undefined || template !== null || attachments.length > 0) return anything
  const body = say(text, locale)
  return subject === null ? mentionsIn(body) : mentionsInAll([body, say(subject, locale)])
}

export function composeAndSend(settings: SendConfig, input: DecideInput, to: string, zone: string): Decision {
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
