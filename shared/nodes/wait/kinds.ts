import { customerDate } from './customer-date.ts'
import { date, duration, festival } from './days.ts'
import { time, weekday } from './hours.ts'
import type { WaitKind } from './kind.ts'
import type { UntilKind, UntilOf } from './until.ts'

/** The one list of what can be waited for: a kind without its part does not compile. */
const kinds: { readonly [Kind in UntilKind]: WaitKind<UntilOf<Kind>> } = {
  duration,
  date,
  festival,
  weekday,
  time,
  customer_date: customerDate,
}

/** What a configuration's kind is. */
export function kindOf<Kind extends UntilKind>(until: UntilOf<Kind>): WaitKind<UntilOf<Kind>> {
  const kind: WaitKind<UntilOf<Kind>> = kinds[until.kind]
  return kind
}
