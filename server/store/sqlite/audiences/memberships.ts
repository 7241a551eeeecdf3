import type Database from 'better-sqlite3'
import type { AudienceFault } from '../../../../shared/conditions/audiences.ts'
import type { Condition } from '../../../../shared/conditions/schema.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { FactsSource } from '../../../ports/engine.ts'
import type { Holding } from './holding.ts'

/** Rule 26: who is asked about what cannot be read waits until it is mended. Problem `audience-unreadable`. */
export function refuseUnreadable(unknown: ReadonlyMap<string, AudienceFault>): void {
  for (const fault of unknown.values())
    if (fault.kind === 'unreadable') throw new Problem('audience-unreadable', { audience: fault.audience })
}

/** In which of some audiences customers are: lists as they stand, conditions as they hold at a moment. */
export function membershipsReader(
  sqlite: Database.Database,
  holding: Holding,
): Pick<FactsSource, 'memberships'> {
  const listed = sqlite.prepare<[string, string], { id: string; audience: string }>(
    `select customer_id as id, audience from audience_members
     where customer_id in (select value from json_each(?)) and audience in (select value from json_each(?))`,
  )
  return {
    memberships: async (ids, keys, at) => {
      const isIn = (audience: string): Condition => ({ kind: 'audience', audience, member: true })
      const { conditions, unknown } = holding.named(keys.map(isIn))
      refuseUnreadable(unknown)
      const members = new Map<string, Set<string>>()
      const join = (id: string, audience: string) => {
        const known = members.get(id)
        if (known === undefined) members.set(id, new Set([audience]))
        else known.add(audience)
      }
      const lists = keys.filter((key) => !conditions.has(key) && !unknown.has(key))
      for (const { id, audience } of listed.all(JSON.stringify(ids), JSON.stringify(lists)))
        join(id, audience)
      const asked = keys.filter((key) => conditions.has(key))
      if (asked.length === 0) return { members, unknown }
      const { inside } = holding.ask({ ids, conditions: asked.map(isIn), at })
      for (const [place, key] of asked.entries()) for (const id of inside[place] ?? []) join(id, key)
      return { members, unknown }
    },
  }
}
