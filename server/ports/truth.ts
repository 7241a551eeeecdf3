import type { SavedAudience } from '../../shared/conditions/audiences.ts'
import type { AttributeTypes } from '../../shared/conditions/customer.ts'
import type { AskedGood } from '../../shared/conditions/picks.ts'

/** What of the truth is copied for questions over the whole base. */
export const copiedParts = ['customers', 'tags', 'members', 'events', 'acts'] as const
export type CopiedPart = (typeof copiedParts)[number]

/**
 * How far the truth has been read: the last change and the last event, each with what stood there, by which a truth
 * with another past is known.
 */
export interface TruthMark {
  readonly change: number
  readonly changeRow: string
  readonly event: number
  readonly eventRow: string
}

/** Which rows of a part; events come in the order of their arrival. */
export type Which =
  | { readonly kind: 'all' }
  /** Those of some customers. */
  | { readonly kind: 'of'; readonly customers: readonly string[] }
  | { readonly kind: 'events'; readonly seqs: readonly number[] }
  /** Acts of some passages. */
  | { readonly kind: 'passages'; readonly passages: readonly number[] }
  /** Events after one, up to the mark. */
  | { readonly kind: 'after'; readonly seq: number }

/** Whose rows have changed since a mark, each once. */
export interface TruthChanges {
  /** `all`: so many that all are read anew, which is sooner done; a night scores everybody. */
  readonly customers: readonly string[] | 'all'
  readonly tags: readonly string[]
  readonly members: readonly string[]
  readonly events: readonly number[]
  /** The passages of whose acts some are new or others than they were; `all`: so many that all are read anew. */
  readonly acts: readonly number[] | 'all'
}

/** The truth as it stood at one moment, whatever is written meanwhile. */
export interface TruthReading {
  /** Another one where data was laid back or forgotten: nothing that was read before holds. */
  readonly generation: string
  readonly mark: TruthMark
  readonly types: AttributeTypes
  readonly saved: SavedAudience
  /** What changed since; null where that cannot be told, or is so much that all is read sooner. */
  since(mark: TruthMark): TruthChanges | null
  /** About how many rows there are in all: events by their last number, as to count them would take long. */
  about(): number
  /** Rows as arrays; `reads` is SQL over the row `t`. Of acts a row is the customer's id and the Act. */
  rows(part: CopiedPart, reads: string, which: Which): Iterable<readonly unknown[]>
}

/** The truth as the analytical copy reads it. */
export interface Truth {
  /** Differs as soon as anything was written. */
  stamp(): string
  /** One reading at a time. */
  read<T>(work: (reading: TruthReading) => Promise<T>): Promise<T>
  /** What some customers would be shown of the products at a moment, by what stands there now. */
  picks(ids: readonly string[], now: number): ReadonlyMap<string, readonly AskedGood[]>
  close(): void
}
