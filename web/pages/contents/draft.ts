import {
  type Content,
  type ContentKind,
  contentKey,
  contentSchema,
} from '../../../shared/contents/content.ts'
import { labels, type VariantLabels } from '../../../shared/contents/labels.ts'
import { placedIssues, sayIssue, sayPath } from '../../../shared/journey/issue.ts'
import type { LocalText, WrittenText } from '../../../shared/text.ts'

/** What a variant of any kind may hold, as far as it has been filled in. */
export interface Fields {
  readonly text?: WrittenText
  readonly image?: string
  readonly alt?: WrittenText
  readonly width?: number | null
  readonly height?: number | null
  readonly link?: string
  readonly label?: WrittenText
  readonly name?: WrittenText
  readonly description?: WrittenText | null
  readonly code?: string | null
  readonly value?: number | null
  readonly from?: string | null
  readonly until?: string | null
  readonly after?: string | null
}

export interface DraftVariant {
  readonly id: string
  readonly labels: VariantLabels
  readonly body: Fields
}

/** A content as it is being written. */
export interface Draft {
  readonly key: string
  readonly name: WrittenText
  readonly kind: ContentKind
  readonly default: Fields
  readonly variants: readonly DraftVariant[]
}

const noLabels: VariantLabels = { stage: [], tier: [], interest: [], persona: [] }

/** A body that somebody has yet to fill in. */
const blank = {
  text: { text: {} },
  image: { image: '', alt: {} },
  link: { link: '', label: {} },
  offer: { name: {} },
} as const satisfies Record<ContentKind, Fields>

export const blankDraft = (kind: ContentKind): Draft => ({
  ...{ key: '', name: {}, kind, default: blank[kind], variants: [] },
})

/** The draft with another variant, which begins as the default reads. */
export function withVariant(draft: Draft): Draft {
  const ids = new Set(draft.variants.map(({ id }) => id))
  let number = draft.variants.length + 1
  while (ids.has(`v${number}`)) number += 1
  const added = { id: `v${number}`, labels: noLabels, body: draft.default }
  return { ...draft, variants: [...draft.variants, added] }
}

/** The draft with a variant moved by so many places. */
export function moved(draft: Draft, index: number, by: 1 | -1): Draft {
  const variants = [...draft.variants]
  const [taken] = variants.splice(index, 1)
  if (taken !== undefined) variants.splice(index + by, 0, taken)
  return { ...draft, variants }
}

export type ReadDraft =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly issues: readonly { readonly path: string; readonly text: LocalText }[] }

/** The content that is written, or what is missing of it, each with its place. */
export function readDraft(draft: Draft): ReadDraft {
  const read = contentSchema.safeParse(draft)
  if (read.success) return { ok: true, content: read.data }
  return {
    ok: false,
    issues: placedIssues(read.error).map(({ path, issue }) => ({
      path: sayPath(path),
      text: sayIssue(issue),
    })),
  }
}

/** A key from the English name, that no content has yet. */
export function suggestContentKey(english: string | undefined, taken: ReadonlySet<string>): string {
  const slug = (english ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 60)
  const base = slug === '' ? 'content' : slug
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? base : `${base}_${number}`
    if (!taken.has(key) && contentKey.safeParse(key).success) return key
  }
}

/** The labels that some variant asks for. */
export const labelsUsed = ({ variants }: Pick<Draft, 'variants'>) =>
  labels.filter((label) => variants.some((one) => one.labels[label].length > 0))
