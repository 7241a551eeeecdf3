import type { DueTrigger } from '../../../ports/engine.ts'

/** The festival's occurrence that a trigger belongs to, as it is kept. */
export function anchorText(anchor: DueTrigger['anchor']): string | null {
  return anchor === null ? null : JSON.stringify(anchor)
}
