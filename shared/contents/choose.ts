import { z } from 'zod'
import { localDate } from '../calendar/index.ts'
import type { Customer } from '../conditions/customer.ts'
import { type BodyOf, type Content, type ContentKind, defaultVariant } from './content.ts'
import {
  askedLabels,
  type Label,
  type LabelAttributes,
  labelFits,
  labels,
  labelTest,
  type VariantLabels,
} from './labels.ts'

/** Of whom the labels are asked, and when. */
export interface ChoosingAt {
  readonly customer: Customer
  readonly labels: LabelAttributes
  readonly now: number
  /** The brand's: in it the days of offers begin. */
  readonly zone: string
}

const matched = z.partialRecord(z.enum(labels), z.string())

/** Why a variant was chosen: what of the customer its labels fit, or that no other one was for them. */
const chosenWhy = z.discriminatedUnion('code', [
  z.object({ code: z.literal('labels'), matched }),
  z.object({ code: z.literal('default') }),
])
export type ChosenWhy = z.infer<typeof chosenWhy>

export const chosenSchema = z.object({
  key: z.string(),
  variant: z.string().describe('`default`: the one without labels'),
  why: chosenWhy,
})
/** Which variant of a content somebody is shown, and why. */
export type Chosen = z.infer<typeof chosenSchema>

/** What the trace of a message keeps of the contents that were chosen for it. */
export const chosenContents = z.array(chosenSchema)

/** Whether a body may be shown on a day: an offer only within its dates. */
type Open = { readonly [K in ContentKind]: (body: BodyOf<K>, day: string) => boolean }

const open: Open = {
  text: () => true,
  image: () => true,
  link: () => true,
  offer: ({ from, until }, day) => (from === null || from <= day) && (until === null || day <= until),
}

function fitting(given: VariantLabels, at: ChoosingAt): Partial<Record<Label, string>> | null {
  const found: Partial<Record<Label, string>> = {}
  for (const label of askedLabels(given)) {
    const actual = labelFits(labelTest(label, given, at.labels), at.customer, at.zone)
    if (actual === null) return null
    found[label] = actual
  }
  return found
}

/** A body under its kind, so that whoever reads it knows what it is. */
export interface Shown<K extends ContentKind> {
  readonly kind: K
  readonly body: BodyOf<K>
}
export type Choice = { [K in ContentKind]: ShownAs<K> }[ContentKind]

/** What a choice goes through of one content, whatever its kind. */
interface Shelf<B> {
  readonly key: string
  readonly default: B
  readonly variants: readonly { readonly id: string; readonly labels: VariantLabels; readonly body: B }[]
}

function chooseFrom<B>(
  { key, variants, ...content }: Shelf<B>,
  isOpen: (body: B, day: string) => boolean,
  at: ChoosingAt,
): { readonly chosen: Chosen; readonly body: B } | null {
  const day = localDate(at.now, at.zone)
  let most = 0
  let best: { readonly chosen: Chosen; readonly body: B } | null = null
  for (const { id, labels: given, body } of variants) {
    const count = askedLabels(given).length
    if (count <= most || !isOpen(body, day)) continue
    const found = fitting(given, at)
    if (found === null) continue
    most = count
    best = { chosen: { key, variant: id, why: { code: 'labels', matched: found } }, body }
  }
  if (best !== null) return best
  if (!isOpen(content.default, day)) return null
  return { chosen: { key, variant: defaultVariant, why: { code: 'default' } }, body: content.default }
}

type ShownAs<K extends ContentKind> = { readonly chosen: Chosen; readonly shown: Shown<K> }

function chosenAs<K extends ContentKind>(
  kind: K,
  content: Shelf<BodyOf<K>>,
  at: ChoosingAt,
): ShownAs<K> | null {
  const found = chooseFrom(content, open[kind], at)
  return found === null ? null : { chosen: found.chosen, shown: { kind, body: found.body } }
}

function openAs<K extends ContentKind>(kind: K, content: Shelf<BodyOf<K>>, day: string): ReadonlySet<string> {
  const all = [...content.variants, { id: defaultVariant, body: content.default }]
  return new Set(all.flatMap(({ id, body }) => (open[kind](body, day) ? [id] : [])))
}

/** The variants that may be shown on a day; of offers those within their dates. */
export function openOn(content: Content, day: string): ReadonlySet<string> {
  switch (content.kind) {
    case 'text':
      return openAs('text', content, day)
    case 'image':
      return openAs('image', content, day)
    case 'link':
      return openAs('link', content, day)
    case 'offer':
      return openAs('offer', content, day)
  }
}

/**
 * The variant of a content that a customer is shown: of those whose every label fits, the one that asks for most
 * labels, of equals the first; else the default. Null where that is an offer outside its dates, and so is each other
 * that fits. The same arguments always give the same answer.
 */
export function choose(content: Content, at: ChoosingAt): Choice | null {
  switch (content.kind) {
    case 'text':
      return chosenAs('text', content, at)
    case 'image':
      return chosenAs('image', content, at)
    case 'link':
      return chosenAs('link', content, at)
    case 'offer':
      return chosenAs('offer', content, at)
  }
}
