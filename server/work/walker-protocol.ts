import type { ErrorCode } from '../../shared/errors/index.ts'
import type { Script } from '../rehearsal/request.ts'
import type { Walked } from '../rehearsal/walked.ts'
import type { Party } from '../rehearsal/walker.ts'

/** What a thread that walks is begun with. */
export interface WalkerData {
  readonly database: string
}

/** What it is told: the script, and then a party, again as soon as it has walked. */
export type WalkerTold =
  | { readonly kind: 'script'; readonly script: Script }
  | { readonly kind: 'party'; readonly party: Party; readonly horizon: number }

export type WalkerSaid =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'walked'; readonly walked: Walked }
  | {
      readonly kind: 'problem'
      readonly code: ErrorCode
      readonly details: Readonly<Record<string, string | number>>
      readonly place: string | null
    }
