import { Parser } from 'htmlparser2'
import { escapeHtml } from './liquid/rendering.ts'

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '))

/** What a mail program shows and needs. */
const allowed = words(
  'html head title meta style body table thead tbody tfoot tr td th caption colgroup col p div span a img br hr h1 h2 h3 h4 h5 h6 ' +
    'ul ol li dl dt dd b strong i em u s del ins small big sub sup blockquote pre code font center section article header footer figure figcaption',
)
/** Elements of which nothing is kept, what stands in them included. */
const dropped = words(
  'script iframe object embed applet template noscript svg math form select textarea audio video canvas frameset',
)
const empty = words('br hr img meta col')
const attributes = words(
  'style class id align valign width height bgcolor color border cellpadding cellspacing colspan rowspan dir lang title alt role ' +
    'face size target name content charset http-equiv aria-hidden aria-label scope span start type',
)
const addresses: Readonly<Record<string, RegExp>> = {
  href: /^(?:https?:|mailto:|tel:|sms:|#)/i,
  src: /^(?:https?:|cid:|data:image\/(?:png|gif|jpe?g|webp);base64,)/i,
  background: /^https?:/i,
}
/** Styles that load something, run something, or lay the mail over the page that shows it. */
const RISKY_STYLE =
  /expression\s*\(|javascript:|vbscript:|behavior\s*:|-moz-binding|@import|position\s*:\s*(?:fixed|sticky)|</i
/** `meta` may say how the text is to be read, and not lead away. */
const META = /^(?:content-type|x-ua-compatible)$/i

/** White space and control characters that hide a scheme: `java\nscript:`. */
const bare = (value: string): string => value.replace(/[\s\p{Cc}]/gu, '')

function keptAttribute(name: string, value: string): boolean {
  const scheme = Object.hasOwn(addresses, name) ? addresses[name] : undefined
  if (scheme !== undefined) return scheme.test(bare(value))
  if (name === 'style') return !RISKY_STYLE.test(value.replace(/\/\*.*?\*\//gs, '').replaceAll('\\', ''))
  return attributes.has(name)
}

function keptTag(name: string, given: Readonly<Record<string, string>>): boolean {
  if (!allowed.has(name)) return false
  const equivalent = given['http-equiv']
  return name !== 'meta' || equivalent === undefined || META.test(equivalent)
}

export interface Sanitized {
  readonly html: string
  /** Elements and attributes that were taken away, each once: `script`, `a href`, `p onclick`. */
  readonly dropped: readonly string[]
}

/** HTML as a mail may carry it: what could run, load or mislead is taken away, the words stay. */
export function sanitizeHtml(source: string): Sanitized {
  let html = ''
  /** The element within which nothing is kept, and how deep in it we are. */
  let gone: { name: string; depth: number } | null = null
  let style: string | null = null
  /** What stands open in what is kept. */
  const open: string[] = []
  const lost = new Set<string>()
  const parser = new Parser(
    {
      onopentag(name, given) {
        if (gone !== null) {
          if (name === gone.name) gone.depth += 1
          return
        }
        if (dropped.has(name)) {
          gone = { name, depth: 1 }
          lost.add(name)
          return
        }
        if (!keptTag(name, given)) {
          lost.add(name)
          return
        }
        if (name === 'style') style = ''
        if (!empty.has(name)) open.push(name)
        const kept = Object.entries(given).filter(([key, value]) => {
          const fine = keptAttribute(key, value)
          if (!fine) lost.add(`${name} ${key}`)
          return fine
        })
        html += `<${[name, ...kept.map(([key, value]) => `${key}="${escapeHtml(value)}"`)].join(' ')}>`
      },
      ontext(text) {
        if (gone !== null) return
        if (style !== null) style += text
        else html += escapeText(text)
      },
      onclosetag(name) {
        if (gone !== null) {
          if (name === gone.name) gone.depth -= 1
          if (gone.depth === 0) gone = null
          return
        }
        if (name === 'style' && style !== null) {
          if (RISKY_STYLE.test(style)) lost.add('style')
          else html += style
          style = null
        }
        if (open.at(-1) !== name) return
        open.pop()
        html += `</${name}>`
      },
      onprocessinginstruction(_name, data) {
        if (/^!doctype html/i.test(data) && html === '') html += '<!doctype html>\n'
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )
  parser.end(source)
  return { html, dropped: [...lost] }
}

/** Text between tags; a space that does not break stays as its entity, so that editors show it. */
function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\u00a0', '&nbsp;')
}

const lines = words(
  'p div tr table h1 h2 h3 h4 h5 h6 li ul ol blockquote section article header footer br hr title',
)
const OUT_OF_SIGHT = /(?:^|;)\s*display\s*:\s*none/i
const unread = words('script style head title template')

/** The words of HTML, for mail programs that show none and for whoever checks words: links with their address. */
export function htmlToText(html: string): string {
  let text = ''
  let silent = 0
  /** What is kept out of sight, such as the line for the mailbox, and how deep within it we are. */
  let hidden: { readonly name: string; depth: number } | null = null
  const links: { href: string; from: number }[] = []
  const breakLine = () => {
    if (text !== '' && !text.endsWith('\n')) text = `${text.trimEnd()}\n`
  }
  const parser = new Parser({
    onopentag(name, given) {
      if (hidden !== null) {
        if (name === hidden.name) hidden.depth += 1
        return
      }
      if (!empty.has(name) && OUT_OF_SIGHT.test(given.style ?? '')) {
        hidden = { name, depth: 1 }
        return
      }
      if (unread.has(name)) silent += 1
      if (lines.has(name)) breakLine()
      if (name === 'img' && given.alt && silent === 0) text += given.alt
      if (name === 'td' || name === 'th') text += text === '' || /\s$/.test(text) ? '' : ' '
      if (name === 'a') links.push({ href: given.href ?? '', from: text.length })
    },
    ontext(part) {
      if (silent > 0 || hidden !== null) return
      const words = part.replace(/[ \t\r\n\f]+/g, ' ')
      text += text === '' || /\s$/.test(text) ? words.trimStart() : words
    },
    onclosetag(name) {
      if (hidden !== null) {
        if (name === hidden.name) hidden.depth -= 1
        if (hidden.depth === 0) hidden = null
        return
      }
      if (unread.has(name)) silent -= 1
      if (name === 'a') {
        const address = addressAfter(links.pop(), text)
        if (address !== '') text = text.trimEnd() + address
      }
      if (lines.has(name)) breakLine()
    },
  })
  parser.end(html)
  return text.replace(/\n{3,}/g, '\n\n').trim()
}

function addressAfter(link: { href: string; from: number } | undefined, text: string): string {
  if (link === undefined || !/^(?:https?:|mailto:)/i.test(link.href)) return ''
  return text.slice(link.from).includes(link.href) ? '' : ` (${link.href})`
}

const TAGS =
  'html|body|table|tr|td|th|p|div|span|a|img|br|hr|h[1-6]|ul|ol|li|b|strong|i|em|u|center|font|style|section|blockquote|script|iframe|form|button'
const TAG = new RegExp(`<!doctype html|<(?:${TAGS})(?:\\s[^<>]*)?/?>|</(?:${TAGS})\\s*>`, 'i')

/** Whether a text is plainly written as HTML: it has a tag that people write, and not only a "<". */
export function isHtml(source: string): boolean {
  return TAG.test(source)
}
