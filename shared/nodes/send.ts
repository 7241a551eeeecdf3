import { channelOf } from '../channels/index.ts'
import { ownZone } from '../conditions/own-day.ts'
import { limits } from '../limits.ts'
import { notCarried, textsOfAttachments } from '../message/attachments.ts'
import { mayBeGiven } from '../message/facts/given.ts'
import { isHtml } from '../message/html-mail.ts'
import { type Locale, say, type WrittenText } from '../text.ts'
import { attachmentFindings, byteFindings, picturesIn } from './send/attachments.ts'
import { decideChain, type Link, linksOf } from './send/chain.ts'
import { config, type SendConfig } from './send/config.ts'
import { contentFindings, lengthFindings } from './send/contents.ts'
import { again, composeAndSend, decideOne, isGreeting, purposeOf } from './send/deciding.ts'
import { formatFindings } from './send/formats.ts'
import { blocksOf, mailFindings, textsInBlocks } from './send/mail.ts'
import { templateFindings, templateTexts } from './send/templates.ts'
import { type CheckInput, defineNode, type Finding } from './type.ts'

/** The texts of one channel's message. */
function textsOf(settings: Link): { field: string; text: string }[] {
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

/** What is found in the message of each channel, under the field where it stands. */
function underEach<Found extends { readonly field: string }>(
  settings: SendConfig,
  look: (link: Link) => readonly Found[],
): Found[] {
  return linksOf(settings).flatMap((link, at) => {
    const found = look(link)
    return at === 0 ? found : found.map((one) => ({ ...one, field: `fallbacks.${at - 1}.${one.field}` }))
  })
}

function checkOne(settings: Link, { contents = [], assets, sms }: CheckInput): Finding[] {
  const texts = textsOf(settings)
  return [
    ...blankTexts(settings, sms),
    ...templateFindings(settings, sms),
    ...(settings.template === null ? lengthFindings(settings, texts, contents) : []),
    ...contentFindings(settings, texts, contents),
    ...formatFindings(settings),
    ...mailFindings(settings, texts, writtenAsHtml(settings), limits.mailWeight.value),
    ...attachmentFindings(settings, assets),
    ...byteFindings(settings.channel, settings.attachments, texts),
  ]
}

/** What one channel's message says, in a line. */
function describeOne(settings: Link, locale: Locale): string {
  const { template } = settings
  if (template !== null) return `${say(byTemplate, locale)} ${template.code}`
  const text = blocksOf(settings) === null ? settings.text : (settings.subject ?? settings.text)
  const written = say(text, locale).trim() === '' ? say(unwritten, locale) : say(text, locale)
  const first = written
    .replaceAll(/\{\{.*?\}\}/g, '…')
    // A form of address alone tells nothing of the text.
    .replace(/^…[\s，,：:]*/, '')
  return first.length > 60 ? `${first.slice(0, 59)}…` : first
}

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
    touches: linksOf(settings).some((link) => purposeOf(link) === 'marketing'),
    quota: linksOf(settings).some(({ channel }) => channelOf(channel).perDay !== undefined),
    doubles: true,
    reply: settings.ai !== null,
    ...(settings.fallbacks === undefined ? {} : { paused: true }),
  }),
  // Quiet hours are the brand's and are not reckoned; a model and room under a cap are waited for at most so long.
  passage: ({ ai, overCap }, { arrivedAt, port }) => {
    const room = overCap === null ? 0 : overCap.hours * 3_600_000
    const reply = port === 'sent' && ai !== null ? ai.waitMinutes * 60_000 : 0
    return [arrivedAt, arrivedAt + room + reply]
  },
  messages: () => 1,
  promotes: (settings) => {
    const links = linksOf(settings).filter((link) => purposeOf(link) === 'marketing')
    return links.length === 0 ? [] : [links.map(({ channel }) => channel)]
  },
  channels: (settings) => linksOf(settings).map(({ channel }) => channel),
  names: (settings) => [
    ...(settings.ai?.facts ?? []).map((name) => ({ kind: 'attribute' as const, field: 'ai.facts', name })),
    ...underEach(settings, ({ attachments }) => picturesIn(attachments)).map((one) => ({
      ...{ kind: 'asset' as const, ...one },
    })),
  ],
  check: (settings, input) => [
    ...underEach(settings, (link) => checkOne(link, input)),
    ...factFindings(settings),
    ...greetingFindings(settings),
  ],
  texts: (settings) => underEach(settings, textsOf),
  describe: (settings, { locale }) => {
    const ways = linksOf(settings).map(({ channel }) => say(channelOf(channel).name, locale))
    return `${ways.join(' → ')} · ${describeOne(settings, locale)}`
  },
  decide(settings, input) {
    if (input.recalled !== undefined) return again(input.recalled)
    return settings.fallbacks === undefined ? decideOne(settings, input) : decideChain(settings, input)
  },
  asks: 'model',
  // Nobody waits for a model here: the words that have been corrected are the marketer's own.
  reword(settings, input, { to, channel }) {
    const link = linksOf(settings).find((one) => one.channel === channel) ?? settings
    const zone = ownZone(input.facts.customer.timezone, input.zone)
    return composeAndSend({ ...link, ai: null }, input, to, zone)
  },
  // Nobody waits in the node any more, as somebody would for a model.
  tryNext: (settings, input, tried) => decideChain({ ...settings, ai: null }, input, tried),
  // The question is what is wanted, which goes to no address.
  askAnew: (settings, input) => {
    const fresh = { ...input, enrollment: { ...input.enrollment, wait: null } }
    return composeAndSend(settings, fresh, '', ownZone(input.facts.customer.timezone, input.zone))
  },
})
