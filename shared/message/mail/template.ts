import {
  allBlocks,
  type BlockKind,
  type BlockOf,
  type Mail,
  type MailBlock,
  type MailLook,
} from '../../mail/blocks.ts'
import { structureOf, wholeMail } from '../../mail/mjml.ts'
import { fillSlots, type SlotPart, slotName } from '../../mail/slots.ts'
import { type Locale, type LocalText, say } from '../../text.ts'
import { addressTemplate, markupTemplate, plainTemplate, unsubscribeMark, wordsTemplate } from './markup.ts'

/** A mail as two templates, for whoever reads HTML and for whoever reads text. */
export interface MailTemplates {
  readonly html: string
  readonly text: string
}

interface Saying {
  readonly locale: Locale
  readonly marketing: boolean
  readonly look: MailLook
}

/** What is put into the slots of a block: Liquid, its own words escaped for where they stand. */
type Filling = Readonly<Partial<Record<`${SlotPart}.${number}`, string>>>

interface Spoken<K extends BlockKind> {
  readonly html: (block: BlockOf<K>, saying: Saying) => Filling
  /** The same in plain words; empty for what is only seen. */
  readonly plain: (block: BlockOf<K>, saying: Saying) => string
}

export const unsubscribeWords: LocalText = { 'zh-CN': '退订邮件', en: 'Unsubscribe' }

/** An address that may stand in an attribute; what leads nowhere stays where it is. */
const addressOf = (written: string): string => addressTemplate(written) ?? '#'

/** An address for whoever reads it. */
const behind = (written: string): string => (addressTemplate(written) === null ? '' : written.trim())

const lines = (...parts: readonly string[]): string => parts.filter((one) => one !== '').join('\n')

const only = (condition: string, inner: string): string => `{% if ${condition} %}${inner}{% endif %}`

/** By which names a picked product speaks; the card is left out where there is no such product. */
function pickOf({ pick }: BlockOf<'product'>) {
  const it = `picks[${pick}]`
  return {
    it,
    name: `{{ ${it}.name | default: '' }}`,
    price: `{{ ${it}.price | money | default: '' }}`,
    reason: `{{ ${it}.reason | default: '' }}`,
    link: `{{ ${it}.link | web_address | default: '#' }}`,
    image: `{{ ${it}.image | web_address | default: '#' }}`,
  }
}

const couponValue = '{{ coupon.value | money }}'
const couponCode = '{{ coupon.code }}'

/** What each kind of block says. */
const spoken: { readonly [K in BlockKind]: Spoken<K> } = {
  heading: {
    html: ({ text }, { locale }) => ({ 'text.0': wordsTemplate(say(text, locale)) }),
    plain: ({ text }, { locale }) => say(text, locale),
  },
  text: {
    html: ({ text }, { locale, look }) => ({ 'text.0': markupTemplate(say(text, locale), look.accent) }),
    plain: ({ text }, { locale }) => plainTemplate(say(text, locale)),
  },
  image: {
    html: ({ src, alt, href }, { locale }) => ({
      'src.0': addressOf(src),
      'alt.0': wordsTemplate(say(alt, locale)),
      'href.0': addressOf(href),
    }),
    plain: ({ alt, href }, { locale }) => lines(say(alt, locale), behind(href)),
  },
  button: {
    html: ({ label, href }, { locale }) => ({
      'label.0': wordsTemplate(say(label, locale)),
      'href.0': addressOf(href),
    }),
    plain: ({ label, href }, { locale }) => lines(say(label, locale), behind(href)),
  },
  product: {
    html(block, { locale }) {
      const { it, name, price, reason, link, image } = pickOf(block)
      return {
        'open.0': `{% if ${it} %}`,
        'close.0': '{% endif %}',
        'open.1': `{% if ${it}.image %}`,
        'close.1': '{% endif %}',
        'open.2': `{% if ${it}.price %}`,
        'close.2': '{% endif %}',
        'open.3': `{% if ${it}.link %}`,
        'close.3': '{% endif %}',
        'src.0': image,
        'alt.0': name,
        'href.0': link,
        'name.0': name,
        'price.0': price,
        'note.0': reason,
        'label.0': wordsTemplate(say(block.label, locale)),
      }
    },
    plain(block) {
      const { it, name, price, reason, link } = pickOf(block)
      const cost = block.price ? only(`${it}.price`, ` ${price}`) : ''
      const why = block.reason ? only(`${it}.reason`, `\n${reason}`) : ''
      return only(it, `${name}${cost}${why}${only(`${it}.link`, `\n${link}`)}`)
    },
  },
  coupon: {
    html: ({ title, note }, { locale }) => ({
      'label.0': wordsTemplate(say(title, locale)),
      'price.0': couponValue,
      'text.0': couponCode,
      'note.0': wordsTemplate(say(note, locale)),
    }),
    plain: ({ title, note }, { locale }) =>
      lines(say(title, locale), couponValue, couponCode, say(note, locale)),
  },
  divider: { html: () => ({}), plain: () => '----' },
  spacer: { html: () => ({}), plain: () => '' },
  columns: { html: () => ({}), plain: () => '' },
  footer: {
    html({ text }, { locale, marketing, look }) {
      const words = markupTemplate(say(text, locale), look.accent)
      const out = `<p style="margin:0"><a href="${unsubscribeMark}" style="color:#7a726a">${unsubscribeWords[locale]}</a></p>`
      return { 'text.0': marketing ? `${words}${out}` : words }
    },
    plain: ({ text }, { locale }) => plainTemplate(say(text, locale)),
  },
}

// The table has each kind's own words; TypeScript does not join the two by itself.
const spokenBy = (block: MailBlock): Spoken<BlockKind> => spoken[block.kind] as Spoken<BlockKind>

function fillingsOf({ document }: Mail, saying: Saying): ReadonlyMap<string, string> {
  const { preheader, blocks } = document
  const fillings = new Map<string, string>([
    [slotName(wholeMail, 'name'), saying.locale],
    [slotName(wholeMail, 'text'), preheader === null ? '' : wordsTemplate(say(preheader, saying.locale))],
  ])
  for (const block of allBlocks(blocks))
    for (const [part, filling] of Object.entries(spokenBy(block).html(block, saying)))
      fillings.set(`${block.id}.${part}`, filling ?? '')
  return fillings
}

/** Whether a mail's layout is that of its blocks. */
export const isLaidOut = ({ document, laid }: Mail): boolean => laid?.of === structureOf(document)

function templatesIn(mail: Mail, saying: Saying): MailTemplates {
  const fillings = fillingsOf(mail, saying)
  const html = fillSlots(mail.laid?.html ?? '', (name) => fillings.get(name) ?? '')
  const text = allBlocks(mail.document.blocks)
    .map((block) => spokenBy(block).plain(block, saying))
    .filter((one) => one !== '')
    .join('\n\n')
  return { html, text }
}

// A version's mail is one object as long as the version is in hand, so that its templates are made once.
const known = new WeakMap<Mail, Map<string, MailTemplates>>()

/** The templates of a mail in a language; the same mail gives the same two texts. */
export function mailTemplates(mail: Mail, locale: Locale, marketing: boolean): MailTemplates {
  const made = known.get(mail) ?? new Map<string, MailTemplates>()
  known.set(mail, made)
  const key = `${locale} ${marketing}`
  const before = made.get(key)
  if (before !== undefined) return before
  const templates = templatesIn(mail, { locale, marketing, look: mail.document.look })
  made.set(key, templates)
  return templates
}

/** What is told of one block in one language, with its Liquid, for whoever looks at texts before there is a customer. */
export function wordsOfBlock(block: MailBlock, locale: Locale): string {
  const saying = { locale, marketing: false, look: { accent: '', background: '', panel: '', ink: '' } }
  const { html, plain } = spokenBy(block)
  const addresses = Object.entries(html(block, saying)).flatMap(([part, filling]) =>
    /^(?:src|href)/.test(part) && filling?.includes('{{') ? [filling] : [],
  )
  return lines(plain(block, saying), ...addresses)
}
