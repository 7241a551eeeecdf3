import type { Script } from './request.ts'
import type { Walker } from './walker.ts'

/** Walkers who read the script as soon as it is written, until they are dismissed. */
export interface Called {
  readonly walkers: readonly Walker[]
  dismiss(): Promise<void>
}

/** Walkers that work side by side. */
export interface Crew {
  /** Of fewer arrivals calling them takes longer than walking does. */
  readonly least: number
  /** They make themselves ready while the script is being written. */
  call(script: Promise<Script>): Called
}
