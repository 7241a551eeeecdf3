import type { CustomerOrder } from '../../shared/api/customer-sort.ts'
import type { OverlapAnswer } from '../../shared/api/overlap.ts'
import type { QualityLooked } from '../../shared/api/quality.ts'
import type { SuggestedAnswer, ValuesOf } from '../../shared/api/suggested.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import { type ErrorCode, Problem } from '../../shared/errors/index.ts'
import type { HeldOut } from '../../shared/picks/hits.ts'
import type { BoughtBoth } from '../../shared/picks/together.ts'
import type { AudienceStep, Counted, StepAnswer } from './audiences.ts'
import type { KnownMoment, Moment } from './engine.ts'
import type { FeatureQuestions } from './features.ts'

/** How many are in an audience; `unknown` where nobody can say. */
export interface AudienceSize {
  readonly key: string
  readonly size: number
  readonly unknown: boolean
}

/** Which values, or names, of those that begin so; the most frequent first. */
export interface AskedValues {
  readonly of: ValuesOf
  readonly startsWith: string
  readonly limit: number
}

/** In which order the copy knows people; `list`: since when they are in it is known of lists alone. */
export interface CopyOrder extends CustomerOrder {
  readonly list?: string | undefined
}

/** A customer, and what of them an order goes by. */
export interface Placed {
  readonly id: string
  readonly value: string | number | null
}

/** What is asked over the whole base, by its kind, and what it is answered. */
export interface BaseQuestions extends FeatureQuestions {
  count: {
    readonly asked: { readonly condition: Condition; readonly moment: Moment }
    readonly answer: Counted
  }
  sizes: {
    readonly asked: { readonly audiences: readonly string[]; readonly moment: Moment }
    readonly answer: readonly AudienceSize[]
  }
  /** The ids of those for whom it holds, in their order. */
  select: {
    readonly asked: {
      /** null: everybody. */
      readonly condition: Condition | null
      readonly moment: KnownMoment
      /** Only who was known by then; those of whom nothing tells since when are taken as known. */
      readonly knownBy?: number
    }
    readonly answer: readonly string[]
  }
  /** The next of them after one, so many at most, and up to whom that is; null: there are no more. */
  page: {
    readonly asked: {
      readonly condition: Condition
      readonly moment: Moment
      readonly after: string | null
      readonly limit: number
      /**
       * Of a list that this asker has begun in this copy: the copy need not read first what has changed since, so that
       * what has come of the earlier pages does not hold up the later ones.
       */
      readonly continued?: boolean
    }
    readonly answer: { readonly ids: readonly string[]; readonly upTo: string | null }
  }
  /** Those of them whose id, name, phone or e-mail has a text in it, or who are told of besides: all, and a page. */
  search: {
    readonly asked: {
      /** null: everybody. */
      readonly condition: Condition | null
      readonly moment: Moment
      readonly text: string
      /** A phone and an e-mail are told of by those besides alone. */
      readonly wholeContacts: boolean
      readonly besides: readonly string[]
      readonly order: CopyOrder
      readonly after: Placed | null
      readonly limit: number
    }
    readonly answer: { readonly found: readonly Placed[]; readonly total: number }
  }
  /** What customers had bought together before a moment. */
  goods: {
    readonly asked: { readonly before: number }
    readonly answer: {
      /** Customers who had bought any. */
      readonly of: number
      /** What most had bought first. */
      readonly goods: readonly { readonly item: string; readonly buyers: number }[]
      readonly pairs: readonly BoughtBoth[]
    }
  }
  /** Of at most so many customers what they had bought before the last part of all orders, and their next one in it. */
  heldOut: {
    readonly asked: { readonly share: number; readonly most: number }
    readonly answer: { readonly at: number; readonly customers: readonly HeldOut[] }
  }
  step: { readonly asked: AudienceStep; readonly answer: StepAnswer }
  values: { readonly asked: AskedValues; readonly answer: SuggestedAnswer }
  /** All that does not look right. */
  quality: { readonly asked: { readonly now: number; readonly zone: string }; readonly answer: QualityLooked }
  overlap: {
    readonly asked: { readonly audiences: readonly string[]; readonly moment: Moment }
    readonly answer: OverlapAnswer
  }
}

export type BaseQuestion = keyof BaseQuestions
export type AskedOf<K extends BaseQuestion> = BaseQuestions[K]['asked']
export type AnswerTo<K extends BaseQuestion> = BaseQuestions[K]['answer']

/** Whoever answers over everybody cannot, or not in its time: that is not to be taken for nobody. */
const baseProblems: readonly ErrorCode[] = [
  'copy-building',
  'copy-no-room',
  'copy-failed',
  'work-too-large',
  'work-too-long',
]

export const isBaseProblem = (error: unknown): error is Problem =>
  error instanceof Problem && baseProblems.includes(error.code)

/**
 * Answers over everybody, as the truth stood no earlier than when it was asked. Problems `copy-building`,
 * `copy-no-room`, `copy-failed`, `picks-too-many`; the signal's reason where that aborts.
 */
export interface Base {
  ask<K extends BaseQuestion>(kind: K, asked: AskedOf<K>, signal?: AbortSignal): Promise<AnswerTo<K>>
}
