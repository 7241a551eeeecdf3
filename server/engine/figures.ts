import type { Change } from './port.ts'

/** Adds to the count of a node under a kind. */
export type Count = (node: string, kind: string) => void

/**
 * What a change adds to the figures on the canvas: `in` at each node reached, `out:port` at each left,
 * `suppressed:gate`, and at goals and triggers the same again with `:control` for the control group.
 */
export function countChange({ enrollment, moves }: Change, count: Count): void {
  for (const { trace, to } of moves) {
    count(trace.node, `out:${trace.outcome}`)
    if (enrollment.control && (trace.outcome === 'entered' || trace.outcome === 'reached'))
      count(trace.node, `out:${trace.outcome}:control`)
    if (trace.reason.code === 'suppressed') count(trace.node, `suppressed:${String(trace.reason.gate)}`)
    if (to !== null) count(to, 'in')
  }
}
