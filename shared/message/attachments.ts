import { z } from 'zod'
import { type AttachmentKind, channelOf, type RenderedAttachment } from '../channels/index.ts'
import { limits } from '../limits.ts'
import { say, type WrittenText, writtenText } from '../text.ts'
import { isBlankText } from './liquid/rendering.ts'
import { type MessageContext, type Rendered, type RenderProblem, render } from './render.ts'

/** A text with variables that says an address or a part of one; the same in each language. */
const place = z.string().max(limits.urlLength.value)
const image = place.describe('The key of an asset, or the address of a picture')

const kinds = {
  image: z.strictObject({ kind: z.literal('image'), asset: image }),
  link: z.strictObject({
    kind: z.literal('link'),
    url: place,
    title: writtenText,
    description: writtenText.nullable().default(null),
    image: image.nullable().default(null),
  }),
  mini_program: z.strictObject({
    kind: z.literal('mini_program'),
    appId: z.string().trim().max(64).describe('As the WeChat platform has it, such as wx0123456789abcdef'),
    path: place.describe('The page within the mini-program'),
    title: writtenText,
    image,
  }),
} as const satisfies Record<AttachmentKind, z.ZodType>

/** What a marketer has a message carry beside its text; its texts are templates as any. */
export const attachmentSchema = z.discriminatedUnion('kind', [kinds.image, kinds.link, kinds.mini_program])
export type Attachment = z.output<typeof attachmentSchema>

/** The attachments of a message, in the order in which they come. */
export const attachmentList = z.array(attachmentSchema).max(limits.attachments.value).default([])

type Written = { readonly [K in AttachmentKind]: Extract<Attachment, { kind: K }> }
type Table<Args extends readonly unknown[], Answer> = {
  readonly [K in AttachmentKind]: (attachment: Written[K], ...args: Args) => Answer
}

function answered<K extends AttachmentKind, Args extends readonly unknown[], Answer>(
  table: Table<Args, Answer>,
  attachment: Written[K] & { readonly kind: K },
  ...args: Args
): Answer {
  const answer: (attachment: Written[K], ...args: Args) => Answer = table[attachment.kind]
  return answer(attachment, ...args)
}

/** The parts of an attachment by their names: a text, one in both languages, or nothing. */
const parts: Table<[], Readonly<Record<string, string | WrittenText | null>>> = {
  image: ({ asset }) => ({ asset }),
  link: ({ url, title, description, image: picture }) => ({ url, title, description, image: picture }),
  mini_program: ({ appId, path, title, image: picture }) => ({ appId, path, title, image: picture }),
}

export const partsOf = (attachment: Attachment): Readonly<Record<string, string | WrittenText | null>> =>
  answered(parts, attachment)

/** The texts of attachments with the fields where they stand, as a node tells its own. */
export function textsOfAttachments(
  list: readonly Attachment[],
): { readonly field: string; readonly text: string }[] {
  return list.flatMap((attachment, index) =>
    Object.entries(partsOf(attachment)).flatMap(([part, written]) => {
      const field = `attachments.${index}.${part}`
      if (written === null || written === '') return []
      if (typeof written === 'string') return [{ field, text: written }]
      return Object.entries(written).flatMap(([locale, text]) =>
        text === undefined || text === '' ? [] : [{ field: `${field}.${locale}`, text }],
      )
    }),
  )
}

/** Of which kinds are those that a channel does not carry, by their places in the list. */
export function notCarried(
  channel: string,
  list: readonly Attachment[],
): { readonly index: number; readonly kind: AttachmentKind }[] {
  const carried = channelOf(channel).attachments
  return list.flatMap(({ kind }, index) => (carried.includes(kind) ? [] : [{ index, kind }]))
}

/** Whether a text is an address that a browser may open for a stranger. */
export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || /[\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return false
  const { username, password } = new URL(text)
  return username === '' && password === ''
}

/** Where a picture of the asset store is found by its key; null where there is none of that key. */
export type FindPicture = (key: string) => string | null

type Texts = Readonly<Record<string, string>>

export interface RenderingAttachments {
  readonly variables: Readonly<Record<string, unknown>>
  readonly context: MessageContext
  readonly pictureOf: FindPicture
}

export interface AttachmentsMade {
  readonly attachments: readonly RenderedAttachment[]
  /** What keeps them from being sent; then none of them is. */
  readonly problems: readonly RenderProblem[]
  /** What was made of each text, for whoever looks at words and contents. */
  readonly rendered: readonly Extract<Rendered, { ok: true }>[]
}

/** Parts that an attachment may do without. */
const mayBeBlank: ReadonlySet<string> = new Set(['description'])

/** One attachment of its texts, with the pictures where they are found. */
const made: Table<[Texts, (part: string) => string], RenderedAttachment> = {
  image: (_written, _texts, picture) => ({ kind: 'image', url: picture('asset') }),
  link: ({ image: written }, { title = '', description = '', url = '' }, picture) => ({
    ...{ kind: 'link', title, description, url },
    imageUrl: written === null || written === '' ? null : picture('image'),
  }),
  mini_program: ({ appId }, { path = '', title = '' }, picture) => ({
    ...{ kind: 'mini_program', appId, path, title },
    imageUrl: picture('image'),
  }),
}

/** The attachments as one customer gets them; strict as the text is: where one cannot be made there is no message. */
export function renderAttachments(
  list: readonly Attachment[],
  { variables, context, pictureOf }: RenderingAttachments,
): AttachmentsMade {
  const problems: RenderProblem[] = []
  const rendered: Extract<Rendered, { ok: true }>[] = []
  const attachments = list.map((attachment, index) => {
    const texts: Record<string, string> = {}
    for (const [part, written] of Object.entries(partsOf(attachment))) {
      if (written === null || (part === 'image' && written === '' && attachment.kind === 'link')) continue
      const source = typeof written === 'string' ? written : say(written, context.locale)
      const text = render(source, variables, context)
      if (!text.ok) {
        problems.push(...text.problems)
        continue
      }
      texts[part] = text.text.trim()
      rendered.push(text)
      if (isBlankText(text.text) && !mayBeBlank.has(part))
        problems.push({ code: 'attachment-blank', number: index + 1, part })
    }
    const { url } = texts
    if (url !== undefined && url !== '' && !isWebAddress(url))
      problems.push({ code: 'not-web-address', found: url.slice(0, 100) })
    const picture = (part: string): string => {
      const text = texts[part] ?? ''
      if (text === '') return ''
      if (isWebAddress(text)) return text
      const found = pictureOf(text)
      if (found === null) problems.push({ code: 'asset-unknown', asset: text.slice(0, 100) })
      return found ?? ''
    }
    return answered(made, attachment, texts, picture)
  })
  return problems.length > 0 ? { attachments: [], problems, rendered } : { attachments, problems, rendered }
}
