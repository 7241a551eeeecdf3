import type { z } from 'zod'
import type { ReasonCode } from './reasons.ts'

/** What later decisions about the same customer look at before an effect has been saved. */
export interface Sight {
  /** A message that counts towards the caps, by when it is sent. */
  touched(channel: string, at: number): void
  /** A message to an address, which other records may bear too. */
  given(message: { channel: string; to: string; purpose: 'marketing' | 'service' }, at: number): void
  joined(audience: string): void
  tagged(add: readonly string[], remove: readonly string[]): void
}

/** Everything that one kind of effect is, beside how the store saves it. */
export interface EffectDefinition<Effect extends { readonly kind: string }> {
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
  /** The reasons that bring it; the customer's story tells it by them, in both languages. */
  readonly told: readonly [ReasonCode, ...ReasonCode[]]
}

/** Keeps a definition's own type. */
export function defineEffect<Effect extends { readonly kind: string }>(
  definition: EffectDefinition<Effect>,
): EffectDefinition<Effect> {
  return definition
}
