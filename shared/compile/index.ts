import type { Journey } from '../journey/graph.ts'
import { type CheckOptions, check } from './check.ts'
import type { Diagnostic } from './diagnostics.ts'
import { type MachineConfigJson, machineConfig } from './machine.ts'
import type { TransitionTable } from './plan.ts'
import { tableOf } from './table.ts'

export { type CheckOptions, check } from './check.ts'
export { checkAudience } from './check-conditions.ts'
export { checkContent } from './check-content.ts'
export type { JourneyReader } from './check-journeys.ts'
export { type KnownNames, type LooseName, looseNamesIn, looseNamesOf } from './check-names.ts'
export { type KnownAttributes, unfitTests } from './check-types.ts'
export type { Diagnostic } from './diagnostics.ts'
export { filledBy } from './fills.ts'
export { type MachineConfigJson, machineConfig } from './machine.ts'
export * from './plan.ts'
export { type Proof, prove } from './prove.ts'
export { placesOf, referencesIn, type UsedKind, usedKinds } from './references.ts'
export { sayMost, sayPassage } from './say-proof.ts'
export { tableOf } from './table.ts'

export type Compiled =
  | {
      readonly ok: true
      readonly config: MachineConfigJson
      readonly table: TransitionTable
      /** Warnings only. */
      readonly diagnostics: readonly Diagnostic[]
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Checks a journey and, where it has no errors, makes its machine and transition table. */
export function compile(journey: Journey, options: CheckOptions): Compiled {
  const diagnostics = check(journey, options)
  if (diagnostics.some(({ severity }) => severity === 'error')) return { ok: false, diagnostics }
  const config = machineConfig(journey, options.registry)
  return { ok: true, config, table: tableOf(config), diagnostics }
}
