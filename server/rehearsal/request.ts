import type { RatesByHand, RehearsalPeople } from '../../shared/api/rehearsal.ts'
import type { Saved } from '../../shared/conditions/audiences.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import type { Assumed } from './assumptions.ts'

export interface RehearseRequest {
  readonly journey: Journey
  /** Epoch milliseconds; a scheduled trigger's first firing at or after it counts, and no later one. */
  readonly start: number
  /** null: until everyone has left, at most a year after the first has come in. */
  readonly until: number | null
  readonly assume: 'backtest' | 'rates'
  /** Set by hand; what is left out comes from the brand's past. */
  readonly rates?: RatesByHand | undefined
  /** Who is let in by hand at the start, whatever else lets in; null: nobody. */
  readonly people?: RehearsalPeople | null
  readonly controlGroup: boolean
  /** Of every hundred who would come in so many are walked; null: all. */
  readonly sample?: number | null
  readonly brand: Brand
}

/** All by which anybody may be walked, as it can be told in a message. */
export interface Script {
  readonly request: RehearseRequest
  /** The saved audiences as they stood when the rehearsal began. */
  readonly audiences: ReadonlyMap<string, Saved>
  /** null under *backtest*. */
  readonly assumed: Assumed | null
  /** What was done before nobody looks at on the way; null: all may matter. */
  readonly since: number | null
}
