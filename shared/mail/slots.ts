/**
 * Stands in the laid-out HTML where a word, an address or a condition of a block belongs. It is made of letters,
 * digits and underscores alone, so that whatever lays a mail out leaves it as it is; words and values are put in later,
 * escaped for where they stand.
 */
export const slot = (block: string, part: SlotPart, place = 0): string => `mpslot_${block}_${part}_${place}_`

/** What a block may leave open. */
export const slotParts = [
  'text',
  'alt',
  'src',
  'href',
  'label',
  'open',
  'close',
  'name',
  'price',
  'note',
] as const
export type SlotPart = (typeof slotParts)[number]

const SLOT = /mpslot_([a-z0-9]+)_([a-z]+)_(\d+)_/g

/** The HTML with each slot filled; one that nobody fills is left empty. */
export function fillSlots(html: string, filling: (name: string) => string): string {
  return html.replace(SLOT, (_whole, block: string, part: string, place: string) =>
    filling(slotName(block, part, place)),
  )
}

export const slotName = (block: string, part: string, place: number | string = 0): string =>
  `${block}.${part}.${place}`
