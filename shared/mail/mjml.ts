import { hash32 } from '../stats/hash.ts'
import type { BlockKind, BlockOf, LeafBlock, MailBlock, MailDocument, MailLook } from './blocks.ts'
import { slot } from './slots.ts'

// Documentation of the elements: documentation.mjml.io. Whatever a customer reads is a slot; what stands here is of
// the schema alone: numbers, colours and words of closed lists.

const font = "-apple-system, 'PingFang SC', 'Microsoft YaHei', 'Segoe UI', Arial, sans-serif"
/** Beside the words of a block. */
const side = '32px'
const quiet = '#7a726a'

/** How a mail looks to whoever reads in the dark; what the brand chose is its light side. */
const dark = { background: '#14171c', panel: '#20242b', ink: '#e9ebee', quiet: '#a2a9b4' }

const darkStyles = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
.mp-words p, .mp-words ul, .mp-words ol { margin: 0 0 12px; }
.mp-words p:last-child, .mp-words ul:last-child, .mp-words ol:last-child { margin-bottom: 0; }
.mp-words ul, .mp-words ol { padding-left: 22px; }
@media (prefers-color-scheme: dark) {
  body, .mp-body, .mp-body > div { background-color: ${dark.background} !important; }
  .mp-panel, .mp-panel > table { background: ${dark.panel} !important; background-color: ${dark.panel} !important; }
  .mp-ink div, .mp-ink h1, .mp-ink h2, .mp-ink h3, .mp-ink td { color: ${dark.ink} !important; }
  .mp-quiet div, .mp-quiet td, .mp-quiet a { color: ${dark.quiet} !important; }
}`

const headings = { 1: ['28px', '36px'], 2: ['22px', '30px'], 3: ['18px', '26px'] } as const
const sizes = { small: ['13px', '21px'], normal: ['16px', '27px'], large: ['19px', '31px'] } as const

interface Around {
  readonly look: MailLook
  /** Whether it stands in a column beside others. */
  readonly inColumn: boolean
}

type Layout<K extends BlockKind> = (block: BlockOf<K>, around: Around) => string

const words = (content: string, attributes: string, look = 'mp-ink') =>
  `<mj-text css-class="mp-words ${look}" padding="8px ${side}" ${attributes}>${content}</mj-text>`

const only = (block: string, place: number, inner: string) =>
  `<mj-raw>${slot(block, 'open', place)}</mj-raw>${inner}<mj-raw>${slot(block, 'close', place)}</mj-raw>`

const button = (id: string, { accent }: MailLook, align: string, more = '') =>
  `<mj-button href="${slot(id, 'href')}" align="${align}" background-color="${accent}" color="#ffffff" ` +
  `border-radius="8px" font-size="16px" font-weight="600" inner-padding="13px 28px" padding="12px ${side}"${more}>` +
  `${slot(id, 'label')}</mj-button>`

const productImage = (id: string, padding: string) =>
  only(
    id,
    1,
    `<mj-image src="${slot(id, 'src')}" alt="${slot(id, 'alt')}" href="${slot(id, 'href')}" padding="${padding}" ` +
      'border-radius="8px" fluid-on-mobile="true" />',
  )

function productWords({ id, price, reason }: BlockOf<'product'>, { look }: Around, align: string): string {
  const name = words(
    `<strong>${slot(id, 'name')}</strong>`,
    `align="${align}" font-size="17px" line-height="26px"`,
  )
  const cost = words(
    slot(id, 'price'),
    `align="${align}" font-size="18px" color="${look.accent}"`,
    'mp-price',
  )
  const why = words(slot(id, 'note'), `align="${align}" font-size="13px" color="${quiet}"`, 'mp-quiet')
  return `${name}${price ? only(id, 2, cost) : ''}${reason ? why : ''}${only(id, 3, button(id, look, align))}`
}

/** What stands within a column, by kind. */
const leaves: { readonly [K in LeafBlock['kind']]: Layout<K> } = {
  heading({ id, level, align }) {
    const [size, line] = headings[level as keyof typeof headings]
    const inner = `<h${level} style="margin:0;font-size:${size};line-height:${line};font-weight:700">${slot(id, 'text')}</h${level}>`
    return words(inner, `align="${align}" font-size="${size}" line-height="${line}"`)
  },
  text({ id, size, align }) {
    const [font, line] = sizes[size]
    return words(slot(id, 'text'), `align="${align}" font-size="${font}" line-height="${line}"`)
  },
  image({ id, href, width, align, rounded }, { inColumn }) {
    const link = href.trim() === '' ? '' : ` href="${slot(id, 'href')}"`
    const padding = width === 600 && !inColumn ? '0' : `8px ${inColumn ? '12px' : side}`
    return (
      `<mj-image src="${slot(id, 'src')}" alt="${slot(id, 'alt')}"${link} width="${width}px" align="${align}" ` +
      `padding="${padding}"${rounded ? ' border-radius="12px"' : ''} />`
    )
  },
  button: ({ id, align, wide }, { look }) => button(id, look, align, wide ? ' width="100%"' : ''),
  product(block, around) {
    const inner = `${productImage(block.id, `8px ${side}`)}${productWords(block, around, 'center')}`
    return only(block.id, 0, inner)
  },
  coupon({ id }, { look: { accent, ink } }) {
    const line = (part: 'label' | 'price' | 'text' | 'note', style: string) =>
      `<div style="margin:0 0 6px;${style}">${slot(id, part)}</div>`
    const mono = 'font-family:Consolas,Menlo,monospace;letter-spacing:2px;font-size:20px;font-weight:700'
    return words(
      `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border:2px dashed ${accent};border-radius:12px">` +
        `<tr><td align="center" style="padding:20px 16px;color:${ink}">` +
        line('label', 'font-size:15px') +
        line('price', `font-size:32px;line-height:40px;font-weight:700;color:${accent}`) +
        line('text', mono) +
        line('note', 'font-size:13px') +
        '</td></tr></table>',
      'align="center"',
    )
  },
  divider: () => `<mj-divider border-width="1px" border-color="#d9d4cd" padding="16px ${side}" />`,
  spacer: ({ height }) => `<mj-spacer height="${height}px" />`,
}

function leafOf(block: LeafBlock, around: Around): string {
  // The table has each kind's own layout; TypeScript does not join the two by itself.
  const layout = leaves[block.kind] as Layout<LeafBlock['kind']>
  return layout(block, around)
}

const alone = (inner: string) => `<mj-section padding="0"><mj-column>${inner}</mj-column></mj-section>`

/** A product with its picture beside its words: two columns, which a phone stacks. */
function productBeside(block: BlockOf<'product'>, around: Around): string {
  const picture = `<mj-column width="42%">${productImage(block.id, `8px 0 8px ${side}`)}</mj-column>`
  const told = `<mj-column width="58%">${productWords(block, { ...around, inColumn: true }, 'left')}</mj-column>`
  return only(block.id, 0, `<mj-section padding="8px 0">${picture}${told}</mj-section>`)
}

function columns({ columns, together }: BlockOf<'columns'>, { look }: Around): string {
  const inner = columns
    .map((blocks) => blocks.map((one) => leafOf(one, { look, inColumn: true })).join(''))
    .map((content) => `<mj-column>${content}</mj-column>`)
    .join('')
  return `<mj-section padding="4px 12px">${together ? `<mj-group>${inner}</mj-group>` : inner}</mj-section>`
}

/** Within the panel: a section for each block. */
function sectionOf(block: Exclude<MailBlock, { kind: 'footer' }>, around: Around): string {
  if (block.kind === 'columns') return columns(block, around)
  if (block.kind === 'product') {
    if (block.layout === 'beside') return productBeside(block, around)
    const stacked = `${productImage(block.id, `8px ${side}`)}${productWords(block, around, 'center')}`
    return only(block.id, 0, alone(stacked))
  }
  return alone(leafOf(block, around))
}

const footer = ({ id }: BlockOf<'footer'>) =>
  `<mj-section padding="8px 0"><mj-column>${words(
    slot(id, 'text'),
    `align="center" font-size="12px" line-height="20px" color="${quiet}"`,
    'mp-quiet',
  )}</mj-column></mj-section>`

function bodyOf({ blocks, look }: MailDocument): string {
  const around = { look, inColumn: false }
  const panel = (inner: string) =>
    inner === ''
      ? ''
      : `<mj-wrapper css-class="mp-panel" background-color="${look.panel}" border-radius="12px" padding="16px 0">${inner}</mj-wrapper>`
  let body = ''
  let open = ''
  for (const one of blocks) {
    if (one.kind === 'footer') {
      body += panel(open) + footer(one)
      open = ''
    } else open += sectionOf(one, around)
  }
  return body + panel(open)
}

/** Names of what the whole mail leaves open, as if it were a block. */
export const wholeMail = 'mail'

/** The blocks in MJML, which mail programs are laid out for; without any word of theirs. */
export function mjmlOf(document: MailDocument): string {
  const { look } = document
  return [
    `<mjml lang="${slot(wholeMail, 'name')}"><mj-head>`,
    `<mj-title>${slot(wholeMail, 'label')}</mj-title>`,
    `<mj-preview>${slot(wholeMail, 'text')}</mj-preview>`,
    `<mj-attributes><mj-all font-family="${font}" />`,
    `<mj-text color="${look.ink}" font-size="16px" line-height="27px" /></mj-attributes>`,
    '<mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>',
    `<mj-style>${darkStyles}</mj-style></mj-head>`,
    `<mj-body css-class="mp-body" width="600px" background-color="${look.background}">`,
    '<mj-section padding="12px 0"><mj-column></mj-column></mj-section>',
    bodyOf(document),
    '</mj-body></mjml>',
  ].join('')
}

/** By what a layout is known as that of a document: its structure, and nothing of its words. */
export function structureOf(document: MailDocument): string {
  const source = mjmlOf(document)
  return `1-${hash32(source, 1).toString(36)}${hash32(source, 2).toString(36)}`
}
