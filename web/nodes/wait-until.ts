import type { Until, UntilKind, UntilOf } from '../../shared/nodes/wait/until.ts'

/** What the fields of one kind of wait are given. */
export interface UntilProps<Kind extends UntilKind> {
  readonly until: UntilOf<Kind>
  readonly onChange: (until: Until, field?: string) => void
}
