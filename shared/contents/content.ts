import { z } from 'zod'
import { isDate } from '../calendar/date.ts'
import { limits } from '../limits.ts'
import { newName, writtenText } from '../text.ts'
import { variantLabels } from './labels.ts'

export const contentKinds = ['text', 'image', 'link', 'offer'] as const
export type ContentKind = (typeof contentKinds)[number]

/** Names that a text reads of any group of values, so that no content may bear them. */
const taken = ['size', 'first', 'last']

/** By which texts name a content: `{{ content.KEY }}`. */
export const contentKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'a lower-case letter, then letters, digits or _, 64 at most')
  .refine((key) => !taken.includes(key), 'any key but size, first and last')

/** By which the trace names the variant that everybody gets for whom there is no other. */
export const defaultVariant = 'default'

const variantId = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'a lower-case letter, then letters, digits, _ or -, 64 at most')
  .refine((id) => id !== defaultVariant, 'any id but default')

const somewhere = writtenText.refine((text) => Object.values(text).some((one) => one?.trim()), {
  message: 'a text in at least one language (zh-CN or en)',
})
const secure = z.url({ protocol: /^https$/ }).max(limits.urlLength.value)
const pixels = z.int().min(1).max(10_000).nullable().default(null)
const day = z.string().refine(isDate, 'a day, as 2026-08-19').nullable().default(null)

const textBody = z.strictObject({ text: somewhere.describe('May hold variables, as any text') })
const imageBody = z.strictObject({
  image: secure.describe('The address of the picture'),
  alt: somewhere.describe('What stands for it where no picture is shown'),
  width: pixels,
  height: pixels,
})
const linkBody = z.strictObject({
  link: secure,
  label: somewhere,
  until: day.describe('The last day on which its short links lead there, in the brand’s zone; null: always'),
  after: secure.nullable().default(null).describe('Where they lead afterwards; null: where the brand says'),
})
const offerBody = z
  .strictObject({
    name: somewhere,
    description: somewhere.nullable().default(null),
    code: z.string().trim().min(1).max(limits.nameLength.value).nullable().default(null),
    value: z.int().min(0).max(limits.money.value).nullable().default(null).describe('In minor units'),
    from: day.describe('The first day on which it is shown, in the brand’s zone; null: any'),
    until: day.describe('The last such day'),
  })
  .refine(({ from, until }) => from === null || until === null || from <= until, {
    message: 'an end not before the beginning',
    path: ['until'],
  })

function contentOf<K extends ContentKind, B extends z.ZodType>(kind: K, body: B) {
  const variant = z.strictObject({ id: variantId, labels: variantLabels, body })
  return z.strictObject({
    key: contentKey,
    name: newName,
    kind: z.literal(kind),
    default: body.describe('For whom no other variant is'),
    variants: z
      .array(variant)
      .max(limits.contentVariants.value)
      .default([])
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'ids of variants differ')
      .describe('Of those that fit the one with most labels is shown; of equals the first'),
  })
}

/** Something that messages show each customer in the variant that is for them. */
export const contentSchema = z.discriminatedUnion('kind', [
  contentOf('text', textBody),
  contentOf('image', imageBody),
  contentOf('link', linkBody),
  contentOf('offer', offerBody),
])
export type Content = z.output<typeof contentSchema>
export type ContentOf<K extends ContentKind> = Extract<Content, { kind: K }>
export type BodyOf<K extends ContentKind> = ContentOf<K>['default']

/** All contents of a brand, in the order of their keys. */
export type Library = readonly Content[]

const byKey = new WeakMap<Library, ReadonlyMap<string, Content>>()

/** A content by its key. A pure function; the map only saves time. */
export function contentIn(library: Library, key: string): Content | undefined {
  let known = byKey.get(library)
  if (known === undefined) {
    known = new Map(library.map((content) => [content.key, content]))
    byKey.set(library, known)
  }
  return known.get(key)
}
