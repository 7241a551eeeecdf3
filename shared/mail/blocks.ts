import { z } from 'zod'
import { limits } from '../limits.ts'
import { writtenText } from '../text.ts'

const blockId = z.string().regex(/^[a-z0-9]{1,16}$/, 'lower-case letters and digits, 16 at most')
const align = z.enum(['left', 'center', 'right'])
const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as #c8402f')
/** A web address, mailto or tel, or what values make of one; what it may be is said by the check. */
const address = z.string().max(limits.urlLength.value)

const heading = z.strictObject({
  id: blockId,
  kind: z.literal('heading'),
  text: writtenText,
  level: z.int().min(1).max(3).default(1),
  align: align.default('left'),
})
const text = z.strictObject({
  id: blockId,
  kind: z.literal('text'),
  text: writtenText,
  size: z.enum(['small', 'normal', 'large']).default('normal'),
  align: align.default('left'),
})
const image = z.strictObject({
  id: blockId,
  kind: z.literal('image'),
  src: address,
  alt: writtenText,
  href: address.default(''),
  /** In pixels; it is never wider than where it stands. */
  width: z.int().min(16).max(600).default(600),
  align: align.default('center'),
  rounded: z.boolean().default(false),
})
const button = z.strictObject({
  id: blockId,
  kind: z.literal('button'),
  label: writtenText,
  href: address,
  align: align.default('center'),
  wide: z.boolean().default(false),
})
const product = z.strictObject({
  id: blockId,
  kind: z.literal('product'),
  /** Which of the customer's picks, from 0, the best first; without so many the card is left out. */
  pick: z
    .int()
    .min(0)
    .max(limits.picksShown.value - 1)
    .default(0),
  layout: z.enum(['stacked', 'beside']).default('stacked'),
  label: writtenText,
  price: z.boolean().default(true),
  reason: z.boolean().default(true),
})
const coupon = z.strictObject({
  id: blockId,
  kind: z.literal('coupon'),
  title: writtenText,
  note: writtenText,
})
const divider = z.strictObject({ id: blockId, kind: z.literal('divider') })
const spacer = z.strictObject({
  id: blockId,
  kind: z.literal('spacer'),
  height: z.int().min(4).max(200).default(24),
})
const footer = z.strictObject({ id: blockId, kind: z.literal('footer'), text: writtenText })

/** What may stand in a column. */
const leaf = z.discriminatedUnion('kind', [heading, text, image, button, product, coupon, divider, spacer])

const columns = z.strictObject({
  id: blockId,
  kind: z.literal('columns'),
  columns: z.array(z.array(leaf)).min(2).max(limits.mailColumns.value),
  /** Beside each other on a phone too. */
  together: z.boolean().default(false),
})

const block = z.discriminatedUnion('kind', [
  heading,
  text,
  image,
  button,
  product,
  coupon,
  divider,
  spacer,
  columns,
  footer,
])

export type LeafBlock = z.output<typeof leaf>
export type MailBlock = z.output<typeof block>
export type BlockKind = MailBlock['kind']
export type BlockOf<K extends BlockKind> = Extract<MailBlock, { kind: K }>

const look = z.strictObject({
  accent: colour.default('#c8402f'),
  background: colour.default('#f6f4f1'),
  panel: colour.default('#ffffff'),
  ink: colour.default('#2b2622'),
})
export type MailLook = z.output<typeof look>
export const usualLook: MailLook = look.parse({})

/** All blocks, those within columns after their columns. */
export function allBlocks(blocks: readonly MailBlock[]): MailBlock[] {
  return blocks.flatMap((one) => [one, ...(one.kind === 'columns' ? one.columns.flat() : [])])
}

/** A mail as blocks, in the order in which it is read. */
export const mailDocument = z
  .strictObject({
    look: look.default(() => usualLook),
    /** What the mailbox shows beside the subject. */
    preheader: writtenText.nullable().default(null),
    blocks: z.array(block),
  })
  .refine(({ blocks }) => allBlocks(blocks).length <= limits.mailBlocks.value, {
    message: '60 blocks at most',
    path: ['blocks'],
  })
  .refine(
    ({ blocks }) => {
      const ids = allBlocks(blocks).map(({ id }) => id)
      return new Set(ids).size === ids.length
    },
    { message: 'block ids differ', path: ['blocks'] },
  )
export type MailDocument = z.output<typeof mailDocument>

/** The mail of a node: its blocks, and how they were laid out. */
export const mailSchema = z.strictObject({
  document: mailDocument,
  /** The HTML made of the blocks, with a slot for each word, address and condition; null: not laid out yet. */
  laid: z
    .strictObject({
      /** Of which structure: another document needs another layout. */
      of: z.string().max(64),
      html: z.string().max(limits.mailSkeleton.value),
    })
    .nullable()
    .default(null),
})
export type Mail = z.output<typeof mailSchema>
