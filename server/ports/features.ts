import type { Summary } from '../../shared/models/deeds.ts'
import type { Habits } from '../../shared/models/habits.ts'
import type { Counted } from '../../shared/models/quintiles.ts'
import type { RfmCuts } from '../../shared/models/rfm.ts'
import type { History } from '../../shared/models/standing.ts'

/** At the end of which day, and by whose calendar, the base is looked at; `before` is the moment after it. */
export interface LookedOn {
  readonly zone: string
  /** As days are counted. */
  readonly day: number
  /** Epoch milliseconds; nothing that happened then or later counts. */
  readonly before: number
}

/** What models must know of everybody together. */
export interface Surveyed {
  /** Who has bought. */
  readonly customers: number
  readonly orders: number
  /** Of them those that were bought for less. */
  readonly reduced: number
  /** Where the base is divided into fifths. */
  readonly cuts: RfmCuts
  /** Days between two purchases, in their order, each with how often. */
  readonly gaps: readonly Counted[]
  /** Customers have numbers from 1 to this one. */
  readonly people: number
}

/** A part of all buyers that hashes pick: those with the least hashes, from one to another. */
export interface SampleAsked extends LookedOn {
  readonly from: number
  readonly to: number
}

/** Those whose numbers lie from one to another. */
export interface SummariesAsked extends LookedOn {
  readonly from: number
  readonly to: number
}

/** A buyer as models are fitted. */
export interface Sampled extends History, Pick<Habits, 'hours' | 'nights'> {}

/** A buyer as models score one. */
export interface Summarised extends Summary {
  readonly customerId: string
}

/** Everybody of some numbers: buyers, and who has bought nothing. */
export interface SummarisedPiece {
  readonly buyers: readonly Summarised[]
  /** Their ids. */
  readonly unbought: readonly string[]
}

/** What models ask over the whole base. */
export interface FeatureQuestions {
  survey: { readonly asked: LookedOn; readonly answer: Surveyed }
  sample: { readonly asked: SampleAsked; readonly answer: readonly Sampled[] }
  summaries: { readonly asked: SummariesAsked; readonly answer: SummarisedPiece }
}
