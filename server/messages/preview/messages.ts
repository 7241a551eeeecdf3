import { z } from 'zod'
import type { PreviewMessage } from '../../../shared/api/preview.ts'
import { timesLeft } from '../../../shared/conditions/history.ts'
import { ownZone } from '../../../shared/conditions/own-day.ts'
import type { Reason, ReasonCode, WaitingCode } from '../../../shared/effects/index.ts'
import { type PassedOver, passedOver } from '../../../shared/effects/send.ts'
import { partsOf } from '../../../shared/message/attachments.ts'
import { type ComposeResult, compose, languageOf } from '../../../shared/message/compose.ts'
import { factsFor } from '../../../shared/message/facts/given.ts'
import type { MessageFormat } from '../../../shared/message/format.ts'
import { askGates } from '../../../shared/message/gates.ts'
import { frameOf, mailOf } from '../../../shared/message/html.ts'
import { htmlToText } from '../../../shared/message/html-mail.ts'
import {
  channelOf,
  describeRenderProblem,
  prohibitedWords,
  render,
  smsLength,
} from '../../../shared/message/index.ts'
import { marks } from '../../../shared/message/links.ts'
import { mailTemplates } from '../../../shared/message/mail/template.ts'
import { waitsUntil } from '../../../shared/nodes/deferring.ts'
import { decideChain, linksOf } from '../../../shared/nodes/send/chain.ts'
import type { SendConfig } from '../../../shared/nodes/send/config.ts'
import { askedOf, patienceOf } from '../../../shared/nodes/send/deciding.ts'
import { blocksOf } from '../../../shared/nodes/send/mail.ts'
import { send } from '../../../shared/nodes/send.ts'
import type { DecideInput, Decision } from '../../../shared/nodes/type.ts'
import { messageContext, variablesFor } from '../../../shared/nodes/variables.ts'
import type { Visit } from '../../../shared/preview/walk.ts'
import { withExampleCodes } from '../../../shared/referrals/links.ts'
import { say } from '../../../shared/text.ts'
import type { Polisher, PolishResult } from '../../ai/polish.ts'
import type { Scene } from './scene.ts'

/** A message node and all it needs to be written. */
export interface Writing {
  readonly node: string
  /** By the one of its channels that carries it. */
  readonly settings: SendConfig
  /** The channels that were passed over for that one. */
  readonly passed: readonly PassedOver[]
  /** Whether it is shown by a channel that somebody wants to see, and not by the one that carries it. */
  readonly wanted: boolean
  readonly input: DecideInput
  /** null: it depends on the customer. */
  readonly at: number | null
  /** How the customer's own way passes it; null where it belongs to another branch. */
  readonly visit: Visit | null
}

/** Which time the node is passed, from 1. */
export function visitOf({ node, visit }: Writing): number {
  return visit === null ? 1 : timesLeft(visit.enrollment.history, node) + 1
}

/** The configuration of a node that sends; null for others. */
export function sendSettings({ plan }: Scene, id: string): SendConfig | null {
  const node = plan.nodes.get(id)
  return node?.type.type === send.type ? send.config.parse(node.config) : null
}

type Carried = Pick<Writing, 'settings' | 'passed' | 'wanted'>

const passedIn = ({ passed }: Reason<ReasonCode | WaitingCode>): PassedOver[] =>
  z.array(passedOver).safeParse(passed).data ?? []

/** By which of its channels a message is shown: the one that is wanted, else the one that carries it. */
export function carriedBy(
  settings: SendConfig,
  { input, visit }: Pick<Writing, 'input' | 'visit'>,
  channel: string | undefined,
): Carried {
  if (settings.fallbacks === undefined) return { settings, passed: [], wanted: false }
  const links = linksOf(settings)
  const by = (id: unknown) => links.find((link) => link.channel === id)
  const wanted = by(channel)
  if (wanted !== undefined) return { settings: wanted, passed: [], wanted: true }
  const said = visit?.reason ?? null
  const reason = said ?? reasonOf(decideChain(settings, { ...input, askModel: false }))
  return {
    settings: by(reason.channel) ?? links[0] ?? settings,
    passed: passedIn(reason),
    wanted: false,
  }
}

const reasonOf = ({ reason }: Decision): Reason<ReasonCode | WaitingCode> => reason

/** The values that the texts print, by name. */
function usedValues({ settings, input }: Writing): Record<string, string> {
  const context = { ...messageContext(input), collect: true }
  const { locale } = context
  const { template } = settings
  const mail = blocksOf(settings)
  const body =
    mail === null
      ? say(settings.text, locale)
      : mailTemplates(mail, locale, settings.purpose === 'marketing').text
  const said = template === null ? [body] : Object.values(template.values).map((value) => say(value, locale))
  const texts = [...said, ...(settings.subject === null ? [] : [say(settings.subject, locale)])]
  const beside = settings.attachments.flatMap((one) =>
    Object.values(partsOf(one)).flatMap((part) => (part === null ? [] : [part])),
  )
  const entries = [...texts, ...beside].flatMap((text) => {
    const source = typeof text === 'string' ? text : say(text, locale)
    const rendered = render(source, variablesFor(input), context)
    if (!rendered.ok) return []
    return Object.entries(rendered.used).map(([name, value]) => [name, withExampleCodes(value)])
  })
  return Object.fromEntries(entries)
}

function composed(writing: Writing, polished?: string): ComposeResult {
  const { settings, input } = writing
  const { brand, facts, now, zone, journey, node } = input
  return compose(settings, {
    brand,
    origin: { journey: journey.id, node },
    customer: facts.customer,
    variables: variablesFor(input),
    now,
    zone: ownZone(facts.customer.timezone, zone),
    ...(polished === undefined ? {} : { polished }),
  })
}

/** Over a cap for now: it is sent when there is room. */
const capLater = 'cap_later'

function gateOf({ settings, input, visit, wanted }: Writing): string | null {
  if (visit !== null && !wanted && !input.enrollment.control) {
    const gate = visit.reason?.gate
    if (visit.reason?.code === 'suppressed' && typeof gate === 'string') return gate
    if (visit.at <= visit.arrivedAt) return null
    return visit.reason?.waited === 'cap' ? capLater : 'quiet_hours'
  }
  const answer = askGates(askedOf(settings, input))
  if (answer.pass) return null
  const waits = answer.gate === 'cap' && waitsUntil(answer, patienceOf(settings), input.now) !== null
  return waits ? capLater : answer.gate
}

/** Asks the model for this message; null where it is not wanted or none is set up. */
async function polish(
  { settings, input }: Writing,
  body: string,
  polisher: Pick<Polisher, 'polish'> | null,
): Promise<PolishResult | null> {
  const { ai, channel } = settings
  if (ai === null || polisher === null) return null
  const { brand, facts } = input
  const { customer } = facts
  return polisher.polish(
    {
      sop: body,
      facts: factsFor(customer, ai.facts),
      instructions: ai.instructions,
      channel,
      locale: languageOf(customer, brand),
      maxChars: ai.maxChars,
      signature: channelOf(channel).content === 'sms' ? `【${brand.signature}】` : null,
    },
    AbortSignal.timeout(30_000),
  )
}

/** An e-mail in its frame, as dispatch makes it; the way out leads nowhere before there is a message. */
function mailForm({ settings, input }: Writing, body: string, format: MessageFormat) {
  if (channelOf(settings.channel).content !== 'email') return null
  const { brand, facts } = input
  return mailOf(body, format, frameOf(brand, languageOf(facts.customer, brand), null))
}

/** Why a message cannot be written, for the marketer. */
function refusalOf(result: Extract<ComposeResult, { ok: false }>) {
  if (result.gate === 'compliance') return { missing: [], words: [...result.words], problems: [] }
  return {
    missing: result.problems.flatMap((one) => (one.code === 'missing-value' ? [one.variable] : [])),
    words: [],
    problems: result.problems.map((one) => ({
      code: one.code,
      detail: describeRenderProblem(one).message,
    })),
  }
}

function aiState(settings: SendConfig, reply: PolishResult | null, used: boolean): PreviewMessage['ai'] {
  if (settings.ai === null) return null
  if (reply === null) return { state: 'written', model: null, reason: null }
  if (used && reply.ok) return { state: 'polished', model: reply.model, reason: null }
  return { state: 'fallback', model: reply.model, reason: reply.ok ? 'compliance' : reply.reason }
}

/** One message as the customer would get it, or why there would be none. */
export async function previewMessage(
  writing: Writing,
  polisher: Pick<Polisher, 'polish'> | null,
): Promise<PreviewMessage> {
  return (await writeMessage(writing, polisher)).preview
}

/** A text with codes as links will have them: there are none before there is a message. */
const exampled = (text: string): string =>
  withExampleCodes(text.replaceAll(marks, (_mark, place: string) => `Example00${place}`))

/** What a message is made of on its way out, beside what is shown of it. */
export interface WrittenOut {
  readonly preview: PreviewMessage
  /** An e-mail in its frame, in both forms. */
  readonly mail: ReturnType<typeof mailOf> | null
  /** A webhook's own body. */
  readonly json: string | null
}

export async function writeMessage(
  writing: Writing,
  polisher: Pick<Polisher, 'polish'> | null,
): Promise<WrittenOut> {
  const { node, settings, at, visit } = writing
  const written = composed(writing)
  const head = { node, visit: visitOf(writing), channel: settings.channel, at, onPath: visit !== null }
  const gate = gateOf(writing)
  if (!written.ok) {
    const preview: PreviewMessage = {
      ...head,
      ok: false,
      subject: null,
      text: '',
      html: null,
      attachments: [],
      units: null,
      parts: 0,
      costMilli: 0,
      used: {},
      gate: gate ?? written.gate,
      passed: [...writing.passed],
      ai: aiState(settings, null, false),
      ...refusalOf(written),
    }
    return { preview, mail: null, json: null }
  }
  const { format: writtenAs, template } = written.message
  const reply =
    writtenAs === 'text' && template === undefined
      ? await polish(writing, written.message.body, polisher)
      : null
  const polished = reply?.ok ? composed(writing, reply.text) : null
  const message = polished?.ok ? polished.message : written.message
  const { subject, format, parts, costMilli } = message
  const body = exampled(message.text)
  const attachments = message.attachments.map((one) =>
    one.kind === 'link' ? { ...one, url: exampled(one.url) } : one,
  )
  const mail = mailForm(writing, body, format)
  const text = format === 'html' ? htmlToText(body) : body
  const preview: PreviewMessage = {
    ...head,
    ok: true,
    subject,
    text,
    html: mail?.html ?? null,
    attachments: [...attachments],
    units: channelOf(settings.channel).content === 'sms' ? smsLength(text).units : null,
    parts,
    costMilli,
    used: usedValues(writing),
    missing: [],
    gate,
    passed: [...writing.passed],
    words: prohibitedWords(subject === null ? text : `${subject}\n${text}`).map(({ word }) => word),
    ai: aiState(settings, reply, polished?.ok === true),
    problems: [],
  }
  return { preview, mail, json: format === 'json' ? body : null }
}
