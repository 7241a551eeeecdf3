import { escapeHtml } from '../liquid/rendering.ts'
import { piecesOf } from '../pieces.ts'

// What people write in a block: plain words, **bold**, *slanted*, [words](address), lists with "- " or "1. ", a blank
// line between paragraphs; and Liquid, which stays as it is for when there is a customer.

/** In a mail of blocks nothing goes past the escaping: `raw` would let a value in as tags. */
const escaped = (liquid: string): string => liquid.replace(/\|\s*raw\b/g, '| escape')

/** Where a link may lead. */
export const ADDRESS = /^(?:https?:\/\/\S|mailto:\S|tel:\S|#unsubscribe$)/i

/** A link's place by which the way out is known, before there is a message to make it for. */
export const unsubscribeMark = '#unsubscribe'

/**
 * An address as it stands in an attribute: its own words escaped, its values by Liquid, and where it begins with a
 * value, that value asked whether it is one. Null for what leads nowhere a mail may lead.
 */
export function addressTemplate(written: string): string | null {
  const pieces = piecesOf(written.trim())
  const [first] = pieces
  if (first === undefined || pieces.some(({ kind }) => kind === 'tag')) return null
  if (first.kind === 'words' && !ADDRESS.test(first.source)) return null
  return pieces
    .map(({ kind, source }, at) => {
      if (kind === 'words') return escapeHtml(source)
      const safe = escaped(source)
      return at > 0 ? safe : safe.replace(/\s*(-?\}\})$/, ' | web_address $1')
    })
    .join('')
}

/** Words with their Liquid kept, escaped for text and for attributes. */
export function wordsTemplate(written: string): string {
  return piecesOf(written)
    .map(({ kind, source }) => (kind === 'words' ? escapeHtml(source) : escaped(source)))
    .join('')
}

/** Characters that nobody writes stand for the Liquid while the marks around it are read. */
const HOLE = '\ue000'

interface Holed {
  readonly text: string
  readonly liquid: readonly string[]
}

function holed(written: string): Holed {
  const liquid: string[] = []
  const text = piecesOf(written.replaceAll(HOLE, ''))
    .map(({ kind, source }) => {
      if (kind === 'words') return source
      liquid.push(escaped(source))
      return `${HOLE}${liquid.length - 1}${HOLE}`
    })
    .join('')
  return { text, liquid }
}

const filled = (text: string, { liquid }: Holed): string =>
  text.replace(/\ue000(\d+)\ue000/g, (_whole, place: string) => liquid[Number(place)] ?? '')

const LINK = /\[([^\][\n]+)\]\(([^()\s]+)\)/g

interface Writer {
  readonly link: (label: string, address: string) => string
  readonly strong: (inner: string) => string
  readonly slanted: (inner: string) => string
  readonly words: (words: string) => string
}

/** One line with its marks. */
function inline(line: string, writer: Writer): string {
  let made = ''
  let from = 0
  for (const { 0: whole, 1: label = '', 2: address = '', index } of line.matchAll(LINK)) {
    made += marked(line.slice(from, index), writer) + writer.link(marked(label, writer), address)
    from = index + whole.length
  }
  return made + marked(line.slice(from), writer)
}

function marked(words: string, writer: Writer): string {
  const strong = words.split(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g)
  return strong
    .map((part, at) => (at % 2 === 1 ? writer.strong(slanted(part, writer)) : slanted(part, writer)))
    .join('')
}

function slanted(words: string, writer: Writer): string {
  return words
    .split(/(?<!\*)\*(?=[^\s*])(.+?)(?<=[^\s*])\*(?!\*)/g)
    .map((part, at) => (at % 2 === 1 ? writer.slanted(writer.words(part)) : writer.words(part)))
    .join('')
}

type Part = { readonly kind: 'p' | 'ul' | 'ol'; readonly lines: readonly string[] }

const ITEM = /^\s*(?:[-•]\s+|(\d{1,2})[.、]\s*)(?=\S)/

function partsOf(text: string): Part[] {
  const parts: { kind: Part['kind']; lines: string[] }[] = []
  let fresh = true
  for (const line of text.replace(/\r\n?/g, '\n').split('\n')) {
    if (line.trim() === '') {
      fresh = true
      continue
    }
    const item = ITEM.exec(line)
    const kind = item === null ? 'p' : item[1] === undefined ? 'ul' : 'ol'
    const words = item === null ? line.trim() : line.slice(item[0].length).trim()
    const last = parts.at(-1)
    if (last !== undefined && !fresh && last.kind === kind) last.lines.push(words)
    else parts.push({ kind, lines: [words] })
    fresh = false
  }
  return parts
}

/** A block's text as HTML with its Liquid kept; an address that leads nowhere leaves its words. */
export function markupTemplate(written: string, accent: string): string {
  const source = holed(written)
  const writer: Writer = {
    link(label, address) {
      const safe = addressTemplate(filled(address, source))
      return safe === null ? label : `<a href="${safe}" style="color:${accent}">${label}</a>`
    },
    strong: (inner) => `<strong>${inner}</strong>`,
    slanted: (inner) => `<em>${inner}</em>`,
    words: escapeHtml,
  }
  const html = partsOf(source.text)
    .map(({ kind, lines }) => {
      const inner = lines.map((line) => inline(line, writer))
      if (kind === 'p') return `<p style="margin:0 0 12px">${inner.join('<br>')}</p>`
      const items = inner.map((one) => `<li style="margin:0 0 6px">${one}</li>`).join('')
      return `<${kind} style="margin:0 0 12px;padding-left:22px">${items}</${kind}>`
    })
    .join('')
  return filled(html, source)
}

/** The same for whoever reads no HTML: the marks gone, links with their address behind them. */
export function plainTemplate(written: string): string {
  const source = holed(written)
  const writer: Writer = {
    link(label, address) {
      const whole = filled(address, source)
      if (addressTemplate(whole) === null || whole === unsubscribeMark) return label
      return label === address ? address : `${label} (${address})`
    },
    strong: (inner) => inner,
    slanted: (inner) => inner,
    words: (words) => words,
  }
  const text = partsOf(source.text)
    .map(({ kind, lines }) =>
      lines
        .map(
          (line, at) => `${kind === 'p' ? '' : kind === 'ul' ? '- ' : `${at + 1}. `}${inline(line, writer)}`,
        )
        .join('\n'),
    )
    .join('\n\n')
  return filled(text, source)
}
