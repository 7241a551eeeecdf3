import type { z } from 'zod'
import type { LocalText } from '../text.ts'
import type { SharedReason } from './reasons.ts'

/** What later decisions about the same customer look at before an effect has been saved. */
export interface Sight {
  /** A message that counts towards the caps, by when it is sent. */
  touched(channel: string, at: number): void
  /** A message to an address, which other records may bear too. */
  given(message: { channel: string; to: string; purpose: 'marketing' | 'service' }, at: number): void
  joined(audience: string): void
  tagged(add: readonly string[], remove: readonly string[]): void
  /** A code of one of the brand's coupons. */
  claimed(coupon: string, code: string): void
  /** Points that are given, or taken where it is below zero. */
  pointed(amount: number): void
}

/** A sentence of a customer's story; `{name}` stands for what the reason holds under that name. */
export interface Telling {
  readonly words: LocalText
  readonly tone: 'plain' | 'good' | 'held'
}

/** Everything that one kind of effect is, beside how the store saves it. */
export interface EffectDefinition<
  Effect extends { readonly kind: string },
  Own extends string = string,
  Reported extends boolean = boolean,
> {
  readonly kind: Effect['kind']
  readonly schema: z.ZodType<Effect>
  /**
   * What later rounds of a batch, a rehearsal and a preview see of it; null where it changes nothing that a
   * decision looks at.
   */
  readonly seen: ((effect: Effect, at: number, sight: Sight) => void) | null
  /**
   * What it adds to the figures of its node, beside the port by which the node is left; null where that port
   * says it already.
   */
  readonly figures: ((effect: Effect) => readonly (readonly [kind: string, by: number])[]) | null
  /** Whether a rehearsal reports more of it than the ports of its node do; then the tally has its part. */
  readonly reported: Reported
  /** The reasons that bring it, of those that the story tells by sentences with words of their own. */
  readonly told: readonly SharedReason[]
  /** Reasons of its own, with the sentence by which the customer's story tells each. */
  readonly tells: Readonly<Record<Own, Telling>>
}

/** Keeps a definition's own type, the names of its own reasons included. */
export function defineEffect<
  Effect extends { readonly kind: string },
  const Own extends string,
  const Reported extends boolean,
>(definition: EffectDefinition<Effect, Own, Reported>): EffectDefinition<Effect, Own, Reported> {
  return definition
}
