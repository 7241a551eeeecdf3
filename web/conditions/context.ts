import { createContext, useContext } from 'react'
import type { z } from 'zod'
import type { countAnswer, VocabularyAnswer } from '../../shared/api/customers.ts'
import type { ProductList } from '../../shared/api/products.ts'
import type { SuggestedAnswer, ValuesOf } from '../../shared/api/suggested.ts'
import type { KnownAttributes } from '../../shared/compile/index.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import type { JourneyValue } from '../../shared/journey/values.ts'
import type { LocalText, WrittenText } from '../../shared/text.ts'

/** How many customers meet a condition, and of how many. */
export type CountAnswer = z.infer<typeof countAnswer>

/** Why nobody can be counted now, and how that is mended. */
export interface Uncounted {
  readonly why: LocalText
  readonly how: LocalText
  /** It will be over by itself. */
  readonly soon: boolean
}

/** A node that a condition may ask about, with its ports. */
export interface AskedNode {
  readonly id: string
  readonly name: WrittenText
  readonly ports: readonly { readonly id: string; readonly name: WrittenText }[]
}

/** A variable of the journey, which something may be compared with in place of a fixed value. */
export interface OwnVariable {
  readonly name: string
  /** null: it is called by its name. */
  readonly label: WrittenText | null
  readonly value: JourneyValue
}

/** A node of some journey of the brand. */
export interface JourneyNode {
  readonly id: string
  readonly name: WrittenText
  readonly type: string
}

/** Some of what the brand sells, and its categories. */
export type CatalogueAnswer = Pick<ProductList, 'products' | 'categories'>

/** What conditions may speak of, and how they are counted; given by the page. */
export interface ConditionServices {
  /** null until it is known. */
  readonly vocabulary: VocabularyAnswer | null
  /** What the brand's fields hold; null until it is known. */
  readonly attributes: KnownAttributes | null
  readonly audiences: readonly { readonly key: string; readonly name: WrittenText }[]
  /** The brand's journeys, and the nodes of one of them. */
  readonly journeys: readonly { readonly id: string; readonly name: WrittenText }[]
  readonly nodesOf: (journey: string, signal: AbortSignal) => Promise<readonly JourneyNode[]>
  readonly currency: string
  /** The journey's nodes; empty outside a journey, where neither history nor entry can be asked. */
  readonly nodes: readonly AskedNode[]
  /** The journey's own variables that have a value; empty outside a journey. */
  readonly variables: readonly OwnVariable[]
  /** Values that the data has, as they begin. */
  readonly values: (of: ValuesOf, startsWith: string, signal: AbortSignal) => Promise<SuggestedAnswer>
  /** What the brand sells, by part of a number or a title. */
  readonly catalogue: (search: string, signal: AbortSignal) => Promise<CatalogueAnswer>
  readonly count: (condition: Condition, signal: AbortSignal) => Promise<CountAnswer | Uncounted>
}

export const ConditionContext = createContext<ConditionServices | null>(null)

export function useConditionServices(): ConditionServices {
  const services = useContext(ConditionContext)
  if (services === null) throw new Error('a condition is edited outside a ConditionContext')
  return services
}
