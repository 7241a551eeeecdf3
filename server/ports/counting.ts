import { figuresOf } from '../../shared/effects/index.ts'
import type { Change } from './engine.ts'

/** Adds to the count of a node under a kind: one, unless said otherwise. */
export type Count = (node: string, kind: string, by?: number) => void

/**
 * What a change adds to the figures on the canvas: `in` at each node reached, `out:port` at each left,
 * `suppressed:gate`, what its effects add, at goals and triggers the same again with `:control` for the control group, and `waiting`:
 * how many stand there now.
 */
export function countChange({ enrollment, moves, effects, from, ending }: Change, count: Count): void {
  for (const { node, effect } of effects) for (const [kind, by] of figuresOf(effect)) count(node, kind, by)
  for (const { trace, to } of moves) {
    count(trace.node, `out:${trace.outcome}`)
    if (enrollment.control && (trace.outcome === 'entered' || trace.outcome === 'reached'))
      count(trace.node, `out:${trace.outcome}:control`)
    if (trace.reason.code === 'suppressed') count(trace.node, `suppressed:${String(trace.reason.gate)}`)
    if (to !== null) count(to, 'in')
  }
  const to = ending === null ? enrollment.state : null
  if (from === to) return
  if (from !== null) count(from, 'waiting', -1)
  if (to !== null) count(to, 'waiting')
}
