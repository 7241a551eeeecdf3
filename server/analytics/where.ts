import {
  audiencesIn,
  type NamedAudiences,
  reachedFrom,
  type SavedAudience,
} from '../../shared/conditions/audiences.ts'
import type { AttributeTypes } from '../../shared/conditions/customer.ts'
import { type Condition, leavesOf } from '../../shared/conditions/schema.ts'
import type { TimeContext } from '../../shared/conditions/window.ts'
import { conditionSql, type Fragment, listHolds } from './sql.ts'

/** How a base answers; nothing of an enrollment is known there. */
export interface Base {
  readonly saved: SavedAudience
  readonly types: AttributeTypes | undefined
  /** Runs a query of one column of numbers. */
  readonly numbers: (query: Fragment) => readonly number[]
}

export type BaseMoment = Omit<TimeContext, 'enteredAt' | 'entryEvent'>

const everybody: Fragment = { sql: '1', values: [] }

/** An audience with more tests is asked for by itself, so that no query grows with what is named. */
const mostTestsWithin = 50

interface Written {
  readonly holds: Fragment
  /** The tests that stand within it. */
  readonly tests: number
}

export interface Asked {
  readonly conditions?: readonly Condition[]
  /** Asked for themselves, which is no mention. */
  readonly audiences?: Iterable<string>
  /** Nobody else of the base is looked at. */
  readonly scope?: Fragment
}

/** Asks a base whom conditions and audiences hold for, at one moment. */
export class Asking {
  readonly named: NamedAudiences
  readonly #base: Base
  readonly #moment: BaseMoment
  readonly #scope: Fragment
  readonly #audiences = new Map<string, Written>()

  constructor(base: Base, moment: BaseMoment, { conditions = [], audiences = [], scope = everybody }: Asked) {
    this.#base = base
    this.#moment = moment
    this.#scope = scope
    this.named = reachedFrom([...audiences, ...conditions.flatMap(audiencesIn)], base.saved)
    this.#write(conditions)
  }

  /** A condition as SQL over the customer `c`. */
  where(condition: Condition): Fragment {
    return conditionSql(condition, {
      ...this.#moment,
      enteredAt: null,
      types: this.#base.types,
      members: this.members,
    })
  }

  /** Whether the customer `c` is in an audience that the conditions name; null where nobody can say. */
  readonly members = (audience: string): Fragment | null => {
    if (this.named.unknown.has(audience)) return null
    return this.#audiences.get(audience)?.holds ?? listHolds(audience)
  }

  /**
   * Writes each audience once: what is named but once, and is small, within what names it; the others are asked for
   * beforehand, so that a query names their members and never grows by their being named again.
   */
  #write(conditions: readonly Condition[]): void {
    const { conditions: saved } = this.named
    const times = new Map<string, number>()
    for (const condition of [...conditions, ...saved.values()])
      for (const leaf of leavesOf(condition))
        if (leaf.kind === 'audience') times.set(leaf.audience, (times.get(leaf.audience) ?? 0) + 1)
    for (const [key, condition] of saved) {
      const within = audiencesIn(condition).map((audience) => this.#audiences.get(audience)?.tests ?? 0)
      const tests = within.reduce((sum, one) => sum + one, leavesOf(condition).length)
      const holds = this.where(condition)
      const apart = (times.get(key) ?? 0) > 1 || tests > mostTestsWithin
      this.#audiences.set(key, apart ? { holds: this.#askFor(holds), tests: 1 } : { holds, tests })
    }
  }

  #askFor(holds: Fragment): Fragment {
    const scope = this.#scope
    const rows = this.#base.numbers({
      sql: `select c.rowid from customers c where ${scope.sql} and ${holds.sql}`,
      values: [...scope.values, ...holds.values],
    })
    return { sql: 'c.rowid in (select value from json_each(?))', values: [JSON.stringify(rows)] }
  }
}

/** One condition as SQL over the customer `c`, at a moment. */
export function whereHolds(base: Base, condition: Condition, moment: BaseMoment, scope?: Fragment): Fragment {
  const conditions = [condition]
  return new Asking(base, moment, scope === undefined ? { conditions } : { conditions, scope }).where(
    condition,
  )
}
