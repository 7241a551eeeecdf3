import { useRef, useState } from 'react'
import type { Condition } from '../../shared/conditions/schema.ts'

/** How many changes can be taken back. */
const mostKept = 100
/** Changes of one test that are nearer to each other than this are one, such as the letters of a word (ms). */
const together = 600

interface Line {
  readonly past: readonly Condition[]
  readonly future: readonly Condition[]
}

const never = { at: Number.NEGATIVE_INFINITY, within: null } as const
const begun: Line = { past: [], future: [] }

export interface Undo {
  /** `within`: the test whose words change; null: parts come, go or move. */
  readonly change: (next: Condition, within: string | null) => void
  /** null: there is nothing to take back. */
  readonly undo: (() => void) | null
  readonly redo: (() => void) | null
}

/** Changes of a condition that can be taken back and made again; one that comes from elsewhere begins anew. */
export function useUndo(value: Condition, onChange: (value: Condition) => void): Undo {
  const [line, setLine] = useState<Line>(begun)
  const own = useRef<Condition>(value)
  const last = useRef<{ readonly at: number; readonly within: string | null }>(never)
  const known = own.current === value ? line : begun
  const take = (next: Condition, to: Line) => {
    own.current = next
    setLine(to)
    onChange(next)
  }
  const [back] = known.past.slice(-1)
  const [ahead] = known.future
  return {
    change(next, within) {
      const now = performance.now()
      const { at, within: before } = last.current
      const goesOn = within !== null && within === before && now - at < together && known.past.length > 0
      const past = goesOn ? known.past : [...known.past, value]
      last.current = { at: now, within }
      take(next, { past: past.slice(-mostKept), future: [] })
    },
    undo:
      back === undefined
        ? null
        : () => {
            last.current = never
            take(back, { past: known.past.slice(0, -1), future: [value, ...known.future] })
          },
    redo:
      ahead === undefined
        ? null
        : () => take(ahead, { past: [...known.past, value], future: known.future.slice(1) }),
  }
}
