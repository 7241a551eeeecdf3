import type { BlockKind, LeafBlock, MailBlock, MailDocument } from '../../../shared/mail/blocks.ts'
import { allBlocks } from '../../../shared/mail/blocks.ts'

/** A list of blocks within a mail: the mail's own, or a column of some columns. */
export type ListName = 'mail' | `${string}.${number}`

export interface Place {
  readonly list: ListName
  readonly index: number
}

/** What may stand in a column. */
export const isLeaf = (block: MailBlock): block is LeafBlock =>
  block.kind !== 'columns' && block.kind !== 'footer'

export const mayStandIn = (kind: BlockKind, list: ListName): boolean =>
  list === 'mail' || (kind !== 'columns' && kind !== 'footer')

/** An id that no block of the mail has. */
export function freeId({ blocks }: MailDocument): string {
  const taken = new Set(allBlocks(blocks).map(({ id }) => id))
  for (let count = taken.size + 1; ; count += 1) if (!taken.has(`b${count}`)) return `b${count}`
}

const columnsName = (list: ListName): { id: string; column: number } => {
  const at = list.lastIndexOf('.')
  return { id: list.slice(0, at), column: Number(list.slice(at + 1)) }
}

export function blocksIn({ blocks }: MailDocument, list: ListName): readonly MailBlock[] {
  if (list === 'mail') return blocks
  const { id, column } = columnsName(list)
  const holder = blocks.find((one) => one.id === id)
  return holder?.kind === 'columns' ? (holder.columns[column] ?? []) : []
}

function withList(document: MailDocument, list: ListName, blocks: readonly MailBlock[]): MailDocument {
  if (list === 'mail') return { ...document, blocks: [...blocks] }
  const { id, column } = columnsName(list)
  return {
    ...document,
    blocks: document.blocks.map((one) =>
      one.id === id && one.kind === 'columns'
        ? { ...one, columns: one.columns.map((old, at) => (at === column ? blocks.filter(isLeaf) : old)) }
        : one,
    ),
  }
}

/** Where a block stands; null where there is none of that id. */
export function placeOf(document: MailDocument, id: string): Place | null {
  const index = document.blocks.findIndex((one) => one.id === id)
  if (index >= 0) return { list: 'mail', index }
  for (const one of document.blocks) {
    if (one.kind !== 'columns') continue
    for (const [column, blocks] of one.columns.entries()) {
      const at = blocks.findIndex((inner) => inner.id === id)
      if (at >= 0) return { list: `${one.id}.${column}`, index: at }
    }
  }
  return null
}

export const blockBy = ({ blocks }: MailDocument, id: string | null): MailBlock | null =>
  allBlocks(blocks).find((one) => one.id === id) ?? null

export function withBlock(document: MailDocument, block: MailBlock, { list, index }: Place): MailDocument {
  if (!mayStandIn(block.kind, list)) return document
  const blocks = blocksIn(document, list)
  return withList(document, list, [...blocks.slice(0, index), block, ...blocks.slice(index)])
}

export function withoutBlock(document: MailDocument, id: string): MailDocument {
  const place = placeOf(document, id)
  if (place === null) return document
  const blocks = blocksIn(document, place.list)
  return withList(
    document,
    place.list,
    blocks.filter((one) => one.id !== id),
  )
}

/** The block at another place, which is told as it was before the block went. */
export function moved(document: MailDocument, id: string, to: Place): MailDocument {
  const from = placeOf(document, id)
  const block = blockBy(document, id)
  if (from === null || block === null || !mayStandIn(block.kind, to.list)) return document
  // Columns cannot be put into themselves.
  if (to.list.startsWith(`${id}.`)) return document
  const index = from.list === to.list && from.index < to.index ? to.index - 1 : to.index
  if (from.list === to.list && from.index === index) return document
  return withBlock(withoutBlock(document, id), block, { list: to.list, index })
}

/** One step up or down among its neighbours. */
export function nudged(document: MailDocument, id: string, by: -1 | 1): MailDocument {
  const from = placeOf(document, id)
  if (from === null) return document
  const index = from.index + (by < 0 ? -1 : 2)
  if (index < 0 || index > blocksIn(document, from.list).length) return document
  return moved(document, id, { list: from.list, index })
}

export function replaced(document: MailDocument, block: MailBlock): MailDocument {
  const place = placeOf(document, block.id)
  if (place === null) return document
  const blocks = blocksIn(document, place.list)
  return withList(
    document,
    place.list,
    blocks.map((one) => (one.id === block.id ? block : one)),
  )
}

/** A copy behind the block, with ids of its own. */
export function duplicated(document: MailDocument, id: string): { document: MailDocument; id: string } {
  const place = placeOf(document, id)
  const block = blockBy(document, id)
  if (place === null || block === null) return { document, id }
  const copyId = freeId(document)
  let grown = withBlock(document, { ...block, id: copyId }, { list: place.list, index: place.index + 1 })
  if (block.kind === 'columns') {
    grown = replaced(grown, { ...block, id: copyId, columns: block.columns.map(() => []) })
    for (const [column, inner] of block.columns.entries())
      for (const [index, one] of inner.entries())
        grown = withBlock(grown, { ...one, id: freeId(grown) }, { list: `${copyId}.${column}`, index })
  }
  return { document: grown, id: copyId }
}

const blank = { 'zh-CN': '', en: '' }

/** A block as it comes from the palette. */
export const freshBlock: { readonly [K in BlockKind]: (id: string) => Extract<MailBlock, { kind: K }> } = {
  heading: (id) => ({ id, kind: 'heading', text: blank, level: 1, align: 'left' }),
  text: (id) => ({ id, kind: 'text', text: blank, size: 'normal', align: 'left' }),
  image: (id) => ({
    id,
    kind: 'image',
    src: '',
    alt: blank,
    href: '',
    width: 536,
    align: 'center',
    rounded: true,
  }),
  button: (id) => ({ id, kind: 'button', label: blank, href: '', align: 'center', wide: false }),
  columns: (id) => ({ id, kind: 'columns', columns: [[], []], together: false }),
  product: (id) => ({
    id,
    kind: 'product',
    pick: 0,
    layout: 'stacked',
    label: { 'zh-CN': '看看', en: 'See it' },
    price: true,
    reason: true,
  }),
  coupon: (id) => ({
    id,
    kind: 'coupon',
    title: { 'zh-CN': '{{ coupon.name }}', en: '{{ coupon.name }}' },
    note: {
      'zh-CN': '有效期至 {{ coupon.expires_at | date_local }}',
      en: 'Valid until {{ coupon.expires_at | date_local }}',
    },
  }),
  divider: (id) => ({ id, kind: 'divider' }),
  spacer: (id) => ({ id, kind: 'spacer', height: 24 }),
  footer: (id) => ({
    id,
    kind: 'footer',
    text: {
      'zh-CN': '您收到这封邮件，因为您是 {{ brand.name }} 的会员。',
      en: 'You receive this e-mail as a member of {{ brand.name }}.',
    },
  }),
}
