import type { Script } from './request.ts'
import type { Walker } from './walker.ts'

/** Walkers who have read the script, until they are dismissed. */
export interface Called {
  readonly walkers: readonly Walker[]
  dismiss(): Promise<void>
}

/** Walkers that work side by side. */
export interface Crew {
  call(script: Script): Promise<Called>
}
