import { channelOf } from '../../channels/index.ts'
import { allBlocks, type BlockKind, type BlockOf, type Mail, type MailBlock } from '../../mail/blocks.ts'
import { sanitizeHtml } from '../../message/html-mail.ts'
import { htmlFaults } from '../../message/mail/html-faults.ts'
import { addressTemplate } from '../../message/mail/markup.ts'
import { spamWords } from '../../message/mail/spam-words.ts'
import { isLaidOut, mailTemplates, wordsOfBlock } from '../../message/mail/template.ts'
import { isBlank, locales, type WrittenText } from '../../text.ts'
import type { Finding, TemplateText } from '../type.ts'

interface Mailing {
  readonly channel: string
  readonly purpose: 'marketing' | 'service'
  readonly subject: WrittenText | null
  readonly mail?: Mail | undefined
  readonly ai: object | null
}

/** The blocks that a message is made of; null where it is made of its text. */
export function blocksOf({ channel, mail }: Pick<Mailing, 'channel' | 'mail'>): Mail | null {
  return mail !== undefined && channelOf(channel).content === 'email' ? mail : null
}

/** Where a block stands, as problems name it. */
const placeOf = ({ id }: MailBlock, locale?: string) =>
  `mail.${id}${locale === undefined ? '' : `.${locale}`}`

/** What the blocks say, each with its place; what both languages share is told once. */
export function textsInBlocks({ document: { blocks, preheader } }: Mail): TemplateText[] {
  const ofBlocks = allBlocks(blocks).flatMap((block) => {
    const said = locales.map((locale) => ({
      field: placeOf(block, locale),
      text: wordsOfBlock(block, locale),
    }))
    return said.filter(({ text }, at) => text !== '' && said.findIndex((other) => other.text === text) === at)
  })
  const before = locales.flatMap((locale) => {
    const text = preheader?.[locale] ?? ''
    return text === '' ? [] : [{ field: `mail.preheader.${locale}`, text }]
  })
  return [...before, ...ofBlocks]
}

const unsaid = (block: MailBlock, text: WrittenText): Finding[] =>
  isBlank(text) ? [{ code: 'mail-block-empty', field: placeOf(block) }] : []

function addressFindings(block: MailBlock, address: string, needed: boolean): Finding[] {
  if (address.trim() === '') return needed ? [{ code: 'mail-address-missing', field: placeOf(block) }] : []
  return addressTemplate(address) === null
    ? [{ code: 'mail-address', field: placeOf(block), details: { address } }]
    : []
}

type Look<K extends BlockKind> = (block: BlockOf<K>) => Finding[]

/** What each kind of block must have. */
const looks: { readonly [K in BlockKind]: Look<K> } = {
  heading: (block) => unsaid(block, block.text),
  text: (block) => unsaid(block, block.text),
  image: (block) => [
    ...(block.src.trim() === ''
      ? [{ code: 'mail-image-missing', field: placeOf(block) }]
      : addressFindings(block, block.src, true)),
    ...addressFindings(block, block.href, false),
    ...(isBlank(block.alt) ? [{ code: 'mail-image-alt', field: placeOf(block) }] : []),
  ],
  button: (block) => [...unsaid(block, block.label), ...addressFindings(block, block.href, true)],
  product: (block) => unsaid(block, block.label),
  coupon: (block) => unsaid(block, block.title),
  divider: () => [],
  spacer: () => [],
  columns: (block) =>
    block.columns.every((one) => one.length === 0)
      ? [{ code: 'mail-block-empty', field: placeOf(block) }]
      : [],
  footer: () => [],
}

/** What a layout may hold beside what any mail may: what mail programs need to be told of themselves. */
const ofLayouts: ReadonlySet<string> = new Set([
  'html xmlns',
  'html xmlns:v',
  'html xmlns:o',
  'style media',
  'div aria-roledescription',
])

/** Whether a layout is that of its blocks, and holds nothing that could run. */
function isSound(mail: Mail): boolean {
  if (!isLaidOut(mail) || mail.laid === null) return false
  const shown = mail.laid.html.replace(/mpslot_\w+?_(?:href|src)_\d+_/g, 'https://example.com/')
  return sanitizeHtml(shown).dropped.every((lost) => ofLayouts.has(lost))
}

const encoder = new TextEncoder()

function weightFindings(html: string, field: string, most: number): Finding[] {
  const bytes = encoder.encode(html).length
  return bytes > most
    ? [
        {
          code: 'mail-heavy',
          field,
          details: { kb: Math.round(bytes / 1000), most: Math.round(most / 1000) },
        },
      ]
    : []
}

function blockFindings(mail: Mail, { purpose, ai }: Mailing, most: number): Finding[] {
  const blocks = allBlocks(mail.document.blocks)
  if (blocks.length === 0) return [{ code: 'mail-empty', field: 'mail' }]
  const looked = blocks.flatMap((block) => {
    // The table has each kind's own look; TypeScript does not join the two by itself.
    const look = looks[block.kind] as Look<BlockKind>
    return look(block)
  })
  const laid = isSound(mail) ? [] : [{ code: 'mail-not-laid', field: 'mail' }]
  const heavy = locales.flatMap((locale) =>
    weightFindings(mailTemplates(mail, locale, purpose === 'marketing').html, 'mail', most),
  )
  const polished = ai === null ? [] : [{ code: 'html-not-polished', field: 'ai' }]
  return [...looked, ...laid, ...heavy.slice(0, 1), ...polished]
}

function spamFindings(texts: readonly TemplateText[], { purpose }: Mailing): Finding[] {
  if (purpose !== 'marketing') return []
  return texts.flatMap(({ field, text }) => {
    const words = spamWords(text)
    return words.length === 0
      ? []
      : [{ code: 'mail-spam-words', field, details: { words: words.join(', ') } }]
  })
}

/** What keeps an e-mail from being read as it is meant, written as blocks or as HTML. */
export function mailFindings(
  settings: Mailing,
  texts: readonly TemplateText[],
  htmlTexts: readonly TemplateText[],
  most: number,
): Finding[] {
  if (channelOf(settings.channel).content !== 'email') return []
  const mail = blocksOf(settings)
  const own =
    mail === null
      ? htmlTexts.flatMap(({ field, text }) => [
          ...htmlFaults(text).map((fault) => ({ ...fault, field })),
          ...weightFindings(text, field, most),
        ])
      : blockFindings(mail, settings, most)
  return [...own, ...spamFindings(texts, settings)]
}
