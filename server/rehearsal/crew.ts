import type { Script } from './request.ts'
import type { Walker } from './walker.ts'

/** Walkers who have read the script, until they are dismissed. */
export interface Called {
  readonly walkers: readonly Walker[]
  dismiss(): Promise<void>
}

/** Walkers that work side by side. */
export interface Crew {
  /** Of fewer arrivals calling them takes longer than walking does. */
  readonly least: number
  call(script: Script): Promise<Called>
}
