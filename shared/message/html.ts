import type { Brand } from '../journey/brand.ts'
import { type Locale, type LocalText, say } from '../text.ts'
import type { MessageFormat } from './format.ts'
import { htmlToText } from './html-mail.ts'
import { escapeHtml } from './liquid/rendering.ts'
import { unsubscribeMark } from './mail/markup.ts'
import { unsubscribeWords } from './mail/template.ts'

// HTML of the marketer's own comes here cleaned (sanitizeHtml); plain texts are turned into safe HTML.

const LINK = /https?:\/\/[^\s\u3000-\u303f\u4e00-\u9fff\uff00-\uffef<>"']+/g

/** A text written as plain text as HTML: paragraphs at blank lines, line breaks, and links for web addresses. */
export function textToHtml(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[^\S\n]*\n\s*/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map((paragraph) => `<p>${withLinks(paragraph).replaceAll('\n', '<br>\n')}</p>`)
    .join('\n')
}

function withLinks(text: string): string {
  let html = ''
  let at = 0
  for (const match of text.matchAll(LINK)) {
    const url = withoutTail(match[0])
    html += `${escapeHtml(text.slice(at, match.index))}<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`
    at = match.index + url.length
  }
  return html + escapeHtml(text.slice(at))
}

/** A plain text with another address in place of each that it has. */
export function plainLinks(text: string, address: (url: string) => string): string {
  return text.replaceAll(LINK, (found) => {
    const url = withoutTail(found)
    return address(url) + found.slice(url.length)
  })
}

/** Marks after an address belong to the sentence; so does a closing bracket that it did not open. */
function withoutTail(url: string): string {
  const bare = url.replace(/[.,;:!?]+$/, '')
  return bare.endsWith(')') && !bare.includes('(') ? withoutTail(bare.slice(0, -1)) : bare
}

export interface EmailFrame {
  /** What the mailbox shows beside the subject; empty for none. */
  preheader: string
  /** An http(s) address; null for service messages, which carry no link to unsubscribe. */
  unsubscribeUrl: string | null
  locale: Locale
  /** The brand's name, for the footer. */
  brand: string
  /** False where the mail has a way out of its own. */
  footer?: boolean
}

const words = {
  reason: {
    'zh-CN': '您收到这封邮件，因为您是{brand}的会员。',
    en: 'You receive this e-mail as a member of {brand}.',
  },
  unsubscribe: unsubscribeWords,
} as const satisfies Record<string, LocalText>

/**
 * A whole HTML document around an e-mail's body, with the footer that the law asks of marketing. A body that is
 * a document already keeps its own head and styles and receives preheader and footer.
 */
export function emailFrame(html: string, frame: EmailFrame): string {
  const preheader = preheaderOf(frame.preheader)
  const footer = frame.footer === false ? '' : footerOf(frame)
  const open = /<body\b[^>]*>/i.exec(html)
  if (open !== null) {
    const start = open.index + open[0].length
    const close = html.toLowerCase().lastIndexOf('</body')
    const end = close < start ? html.length : close
    return `${html.slice(0, start)}${preheader}${html.slice(start, end)}${footer}${html.slice(end)}`
  }
  return `<!doctype html>
<html lang="${frame.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(frame.brand)}</title>
<style>
body { margin: 0; padding: 24px 16px; background: #f6f4f1; color: #2b2622; font: 16px/1.7 -apple-system, "PingFang SC", "Microsoft YaHei", "Segoe UI", sans-serif; }
.letter { max-width: 600px; margin: 0 auto; padding: 32px; background: #fff; border-radius: 8px; overflow-wrap: anywhere; }
.letter p { margin: 0 0 1em; }
.letter img { max-width: 100%; height: auto; }
</style>
</head>
<body>
${preheader}<div class="letter">
${html}
</div>
${footer}</body>
</html>
`
}

function preheaderOf(text: string): string {
  if (text === '') return ''
  return `<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(text)}</div>\n`
}

/** An e-mail as it leaves, in both its forms: what dispatch sends, a test sends and the preview shows. */
export function mailOf(
  body: string,
  format: MessageFormat,
  frame: EmailFrame,
): { readonly text: string; readonly html: string } {
  if (format === 'html' && hasWayOut(body)) {
    const html = withWayOut(body, frame.unsubscribeUrl)
    return { text: htmlToText(html), html: emailFrame(html, { ...frame, footer: false }) }
  }
  return {
    text: emailText(format === 'html' ? htmlToText(body) : body, frame),
    html: emailFrame(format === 'html' ? body : textToHtml(body), frame),
  }
}

const WAY_OUT = new RegExp(`(\\shref=["'])${unsubscribeMark}(["'])`, 'g')

/** Whether a mail says by a link of its own where one unsubscribes. */
export const hasWayOut = (html: string): boolean => html.search(WAY_OUT) >= 0

/** That link, leading to where this message's reader unsubscribes; nowhere where there is no such place. */
function withWayOut(html: string, url: string | null): string {
  if (url === null) return html
  const to = escapeHtml(webAddress(url))
  return html.replace(WAY_OUT, (_whole, before: string, after: string) => `${before}${to}${after}`)
}

/** The frame of a brand's e-mails. */
export function frameOf(brand: Brand, locale: Locale, unsubscribeUrl: string | null): EmailFrame {
  return { preheader: '', unsubscribeUrl, locale, brand: say(brand.name, locale) }
}

/** An e-mail's plain text, for those who read no HTML: the same words and the same way out at its end. */
export function emailText(text: string, frame: Omit<EmailFrame, 'preheader'>): string {
  const { unsubscribeUrl, locale } = frame
  const wayOut =
    unsubscribeUrl === null ? '' : `\n${words.unsubscribe[locale]}: ${webAddress(unsubscribeUrl)}`
  return `${text}\n\n-- \n${reasonOf(frame)}${wayOut}`
}

function reasonOf({ locale, brand }: Pick<EmailFrame, 'locale' | 'brand'>): string {
  return words.reason[locale].replace('{brand}', () => brand)
}

function footerOf(frame: EmailFrame): string {
  const { unsubscribeUrl, locale } = frame
  const reason = escapeHtml(reasonOf(frame))
  const link =
    unsubscribeUrl === null
      ? ''
      : ` <a href="${escapeHtml(webAddress(unsubscribeUrl))}" style="color:#7a726a">${words.unsubscribe[locale]}</a>`
  return `<div style="max-width:600px;margin:16px auto 0;color:#7a726a;font-size:12px;line-height:1.6;text-align:center">${reason}${link}</div>\n`
}

/** The address. It comes from our own server, so another scheme is a fault of the caller. */
function webAddress(url: string): string {
  if (!/^https?:\/\//i.test(url)) throw new TypeError(`not a web address: ${url}`)
  return url
}
