import type { Content } from '../contents/content.ts'
import type { MessageFormat } from './format.ts'
import { plainLinks } from './html.ts'
import { escapeHtml } from './liquid/rendering.ts'

/** Where a short link leads, and until when. */
export interface TrackedLink {
  readonly target: string
  /** The last day on which it leads there, in the brand's zone; null: always. */
  readonly until: string | null
  /** Where it leads afterwards; null: where the brand says. */
  readonly after: string | null
}

/** Characters of a code: 64 bits of chance in base64url. */
export const codeLength = 11

/** More links of one message keep their own addresses. */
const mostLinks = 50

/** Stands for the code of a message's link until it is written down: as long as that, and never one. */
const markOf = (index: number): string => `${'~'.repeat(codeLength - 2)}${String(index).padStart(2, '0')}`

/** Finds the marks in a text; the place of the link among those of its message is in it. */
export const marks = /~{9}(\d\d)/g

/** What the brand adds to addresses, so that its own counting knows where somebody came from. */
export interface Utm {
  readonly source: string | null
  readonly medium: string | null
  readonly campaign: string | null
}

/** Which message it is, for `{channel}`, `{journey}` and `{node}` in what is added. */
export interface LinkOrigin {
  readonly channel: string
  readonly journey: string
  readonly node: string
}

/** An address with what the brand adds; what it says already stays. */
export function withUtm(address: string, utm: Utm, origin: LinkOrigin): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  for (const [name, value] of Object.entries(utm)) {
    if (value === null || value === '' || url.searchParams.has(`utm_${name}`)) continue
    const said = value.replace(
      /\{(channel|journey|node)\}/g,
      (_all: string, key: keyof LinkOrigin) => origin[key],
    )
    url.searchParams.set(`utm_${name}`, said)
  }
  return url.href
}

/** Gives addresses of one message their short ones. */
export interface Shortener {
  readonly links: readonly TrackedLink[]
  /** The short address of one; itself where it is none that is followed. */
  address(url: string): string
  /** A text with its addresses made short: those of words, or those that HTML leads to. */
  text(text: string, format: MessageFormat): string
}

export interface ShortenerInput {
  /** Where this server is reached by whoever reads the message, without a slash at its end. */
  readonly base: string
  readonly utm: Utm
  readonly origin: LinkOrigin
  /** The links of the library that the message shows, whose ends are theirs. */
  readonly library: readonly Content[]
}

const href = /(<a\b[^>]*?\bhref=")(https?:[^"]+)(")/gi

/** An attribute's value as it is meant. */
const unescaped = (value: string): string =>
  value
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

export function createShortener({ base, utm, origin, library }: ShortenerInput): Shortener {
  const links: TrackedLink[] = []
  const places = new Map<string, number>()
  const ends = endsIn(library)
  const address = (url: string): string => {
    // Our own ways out, pictures and short links count for themselves.
    if (url.startsWith(`${base}/`) || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return url
    let place = places.get(url)
    if (place === undefined) {
      if (links.length >= mostLinks) return url
      place = links.length
      places.set(url, place)
      const { until = null, after = null } = ends.get(url) ?? {}
      links.push({ target: withUtm(url, utm, origin), until, after })
    }
    return `${base}/l/${markOf(place)}`
  }
  return {
    links,
    address,
    text(text, format) {
      if (format === 'json' || !/https?:/i.test(text)) return text
      if (format === 'text') return plainLinks(text, address)
      return text.replaceAll(href, (_all, before: string, url: string, end: string) => {
        return `${before}${escapeHtml(address(unescaped(url)))}${end}`
      })
    },
  }
}

type End = Pick<TrackedLink, 'until' | 'after'>

/** When links of the library end, by their addresses. */
function endsIn(library: readonly Content[]): ReadonlyMap<string, End> {
  const ends = new Map<string, End>()
  for (const content of library) {
    if (content.kind !== 'link') continue
    for (const body of [content.default, ...content.variants.map((one) => one.body)])
      if (body.until !== null) ends.set(body.link, { until: body.until, after: body.after })
  }
  return ends
}
