import type { AskKind } from '../../shared/api/work.ts'
import type { FileChore } from '../../shared/chores.ts'
import type { ErrorCode } from '../../shared/errors/index.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { ImportProgress, ImportRequest } from '../imports/index.ts'
import type { Sending } from '../journeys/desk.ts'
import type { PreviewReads } from '../messages/preview/desk.ts'
import type { RehearseRequest } from '../rehearsal/index.ts'

/** The model as a helper reaches it: by asking the server. */
export type Polish = NonNullable<ReturnType<PreviewReads['polisher']>>
export type PolishRequest = Parameters<Polish['polish']>[0]

/** A brand as it stands when something is asked of it, as far as it can be told in a message. */
export interface Place {
  readonly path: string
  readonly id: string
  readonly sandbox: boolean
  readonly now: number
  readonly brand: Brand
  readonly sending: Sending
  /** Whether a model is set up. */
  readonly polishes: boolean
}

/** What a helper is given to do. */
export type Task =
  | { readonly kind: 'ask'; readonly ask: AskKind; readonly place: Place; readonly args: unknown }
  | { readonly kind: 'rehearsal'; readonly path: string; readonly request: RehearseRequest }
  | { readonly kind: 'import'; readonly path: string; readonly request: ImportRequest }
  | {
      readonly kind: 'upkeep'
      readonly path: string
      readonly chores: readonly FileChore[]
      /** Real time. */
      readonly now: number
    }
  | { readonly kind: 'scoring'; readonly path: string; readonly now: number }

/** What a helper is told. */
export type Told =
  | { readonly kind: 'task'; readonly task: Task }
  /** Ends after the batch in hand. */
  | { readonly kind: 'cancel' }
  | { readonly kind: 'polished'; readonly id: number; readonly result: Awaited<ReturnType<Polish['polish']>> }

export type Progress =
  | { readonly kind: 'import'; readonly progress: ImportProgress }
  | {
      readonly kind: 'rehearsal' | 'copying' | 'upkeep' | 'scoring'
      readonly done: number
      readonly of: number
    }

/** What a helper says: that it begins, and the first `value`, `problem` or `failed` ends its task. */
export type Said =
  | { readonly kind: 'begun' }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'polish'; readonly id: number; readonly request: PolishRequest }
  | { readonly kind: 'value'; readonly value: unknown }
  | {
      readonly kind: 'problem'
      readonly code: ErrorCode
      readonly details: Readonly<Record<string, string | number>>
      readonly place: string | null
    }
  | { readonly kind: 'failed'; readonly message: string; readonly stack: string | null }
