import type { z } from 'zod'
import { ask } from './ask.ts'
import { coupon } from './coupon.ts'
import type { EffectDefinition, Sight, Telling } from './definition.ts'
import { goal } from './goal.ts'
import { join } from './join.ts'
import type { Json } from './json.ts'
import { points } from './points.ts'
import type { SharedReason, WaitingCode } from './reasons.ts'
import { refund } from './refund.ts'
import { send } from './send.ts'
import { tag } from './tag.ts'

export type { Coupon } from './coupon.ts'
export type { Sight, Telling } from './definition.ts'
export type { Json } from './json.ts'
export {
  type EndingReason,
  endingReasons,
  type SharedReason,
  sharedReasons,
  type WaitingCode,
} from './reasons.ts'

/** The one list of effects. */
const byKind = { send, ask, tag, join, coupon, points, goal, refund } as const
type ByKind = typeof byKind

type Effects = { readonly [Kind in keyof ByKind]: Readonly<z.infer<ByKind[Kind]['schema']>> }

export type EffectKind = keyof Effects

/** The effect of a kind. */
export type EffectOf<Kind extends EffectKind> = { [K in Kind]: Effects[K] & { readonly kind: K } }[Kind]

/** Something to be done to the world, as data; the enrollment, node and visit are known to the runner. */
export type Effect = EffectOf<EffectKind>

/** Something said for every kind of effect: a kind without its part does not compile. */
export type ForEffects<Args extends readonly unknown[], Answer> = {
  readonly [Kind in EffectKind]: (effect: EffectOf<Kind>, ...args: Args) => Answer
}

/** What a table says for one effect. */
export function forEffect<Kind extends EffectKind, Args extends readonly unknown[], Answer>(
  table: ForEffects<Args, Answer>,
  effect: EffectOf<Kind>,
  ...args: Args
): Answer {
  const entry: (effect: EffectOf<Kind>, ...args: Args) => Answer = table[effect.kind]
  return entry(effect, ...args)
}

export const effects: { readonly [Kind in EffectKind]: EffectDefinition<EffectOf<Kind>> } = byKind

/** Kinds of which a rehearsal reports more than the ports of their nodes do. */
export type ReportedKind = {
  [Kind in EffectKind]: ByKind[Kind]['reported'] extends true ? Kind : never
}[EffectKind]

const isReported = (effect: Effect): effect is EffectOf<ReportedKind> => effects[effect.kind].reported

/** What a table of the reported kinds says for one effect; nothing for the others. */
export function forReported<Args extends readonly unknown[]>(
  table: ForReported<Args>,
  effect: Effect,
  ...args: Args
): void {
  if (isReported(effect)) reportOf(table, effect, ...args)
}

/** Something done for every kind that a rehearsal reports apart: one without its part does not compile. */
export type ForReported<Args extends readonly unknown[]> = Pick<ForEffects<Args, void>, ReportedKind>

function reportOf<Kind extends ReportedKind, Args extends readonly unknown[]>(
  table: { readonly [K in ReportedKind]: (effect: EffectOf<K>, ...args: Args) => void },
  effect: EffectOf<Kind>,
  ...args: Args
): void {
  const report: (effect: EffectOf<Kind>, ...args: Args) => void = table[effect.kind]
  report(effect, ...args)
}

/** Reasons that belong to one effect alone. */
type OwnReason = { [Kind in EffectKind]: keyof ByKind[Kind]['tells'] & string }[EffectKind]

/** Why a step was taken. */
export type ReasonCode = SharedReason | OwnReason

/** A code with the values seen. */
export interface Reason<Code extends ReasonCode | WaitingCode = ReasonCode> {
  readonly code: Code
  readonly [detail: string]: Json
}

/** How a customer's story tells the reasons that belong to one effect. */
export const tellings: ReadonlyMap<string, Telling> = new Map(
  Object.values(effects).flatMap(({ tells }) => Object.entries(tells)),
)

/** Lets later decisions see an effect that has not been saved yet. */
export function see<Kind extends EffectKind>(effect: EffectOf<Kind>, at: number, sight: Sight): void {
  const definition: EffectDefinition<EffectOf<Kind>> = effects[effect.kind]
  definition.seen?.(effect, at, sight)
}

/** What an effect adds to the figures of its node. */
export function figuresOf<Kind extends EffectKind>(
  effect: EffectOf<Kind>,
): readonly (readonly [kind: string, by: number])[] {
  const definition: EffectDefinition<EffectOf<Kind>> = effects[effect.kind]
  return definition.figures?.(effect) ?? []
}
