import { figuresOf } from '../../shared/effects/index.ts'
import { goalReason, goalReasons } from '../../shared/run/step.ts'
import type { Change } from './engine.ts'

/** Adds to the count of a node under a kind: one, unless said otherwise. */
export type Count = (node: string, kind: string, by?: number) => void

const outs = new Map<string, string>()

/** Kept by outcome: made anew for every step, the text would have to be read to find its count. */
function outOf(outcome: string): string {
  const known = outs.get(outcome)
  if (known !== undefined) return known
  if (outs.size >= 1000) outs.clear()
  const made = `out:${outcome}`
  outs.set(outcome, made)
  return made
}

const isMove = ({ carried, moves: [first] }: Change): boolean =>
  carried !== null && first?.trace.outcome === 'moved'

/** Rule 21: what a move to another version takes off the figures of the one before. */
export function countGone(change: Change, count: Count): void {
  const { from } = change
  if (!isMove(change) || from === null) return
  count(from, 'waiting', -1)
  count(from, 'moved:out')
}

/** The rest of it, in the version that it leads to: there it stands like one who has come in. */
export function countLanded(change: Change, count: Count): void {
  const { from, moves } = change
  const [first, ...rest] = moves
  if (!isMove(change) || first === undefined || from === null) {
    countChange(change, count)
    return
  }
  count(first.to ?? from, 'moved:in')
  if (first.to !== null) count(first.to, 'in')
  countChange({ ...change, from: null, moves: rest }, count)
}

/**
 * What a change adds to the figures on the canvas: `in` at each node reached, `out:port` at each left,
 * `suppressed:gate`, what its effects add, at goals and triggers the same again with `:control` for the control group, and `waiting`:
 * how many stand there now. A goal that a refund takes back is reached once less.
 */
export function countChange(change: Change, count: Count): void {
  const { enrollment, moves, effects, from, ending, leftAt } = change
  for (const { node, effect } of effects) for (const [kind, by] of figuresOf(effect)) count(node, kind, by)
  for (const { trace, to } of moves) {
    const goal = goalReason(trace)
    const kind = outOf(goal === null ? trace.outcome : goalReasons['goal-reached'].outcome)
    const by = goal === null ? 1 : goalReasons[goal].by
    if (by !== 0) count(trace.node, kind, by)
    if (by !== 0 && enrollment.control && (trace.outcome === 'entered' || goal !== null))
      count(trace.node, `${kind}:control`, by)
    if (trace.reason.code === 'suppressed') count(trace.node, `suppressed:${String(trace.reason.gate)}`)
    if (to !== null) count(to, 'in')
  }
  if (leftAt !== null) return
  const to = ending === null ? enrollment.state : null
  if (from === to) return
  if (from !== null) count(from, 'waiting', -1)
  if (to !== null) count(to, 'waiting')
}
