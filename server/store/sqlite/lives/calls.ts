import type { RestoredDecision } from '../../../../shared/api/restored.ts'
import type { BrandDatabase } from '../database.ts'

/** How many calls of a journey wait. */
export interface HeldCalls {
  readonly id: string
  readonly name: string | null
  readonly count: number
}

/**
 * Calls to other systems that another life of the data may have made: neither due nor answered, until a person
 * decides or the node's wait is over. Within the caller's transaction.
 */
export function heldCalls({ sqlite }: BrandDatabase): {
  list(): readonly HeldCalls[]
  /** Answers how many are made or given up now. */
  decide(decision: RestoredDecision['decision'], journey: string | undefined, now: number): number
} {
  const waits = `e.ended_at is null and e.state = a.node and json_extract(e.data, '$.w.cause') = 'reply'`
  // What a person is asked is never due, and waits among the tasks.
  const held = `a.reply is null and a.due_at is null and a.person_until is null`
  const chosen = `${held} and exists (select 1 from enrollments e where e.id = a.enrollment_id and ${waits}
    and (@journey is null or e.journey_id = @journey))`
  const list = sqlite.prepare<[], HeldCalls>(
    `select e.journey_id as id, j.name, count(*) as count from asks a join enrollments e on e.id = a.enrollment_id
       left join journeys j on j.id = e.journey_id
     where ${held} and ${waits} group by e.journey_id`,
  )
  const wake = sqlite.prepare(
    `update enrollments set due_at = @now where status = 'live'
       and id in (select a.enrollment_id from asks a where ${chosen})`,
  )
  const send = sqlite.prepare(`update asks as a set due_at = @now where ${chosen}`)
  const drop = sqlite.prepare(`update asks as a set reply = @reply where ${chosen}`)
  return {
    list: () => list.all(),
    decide(decision, journey, now) {
      const which = { journey: journey ?? null }
      if (decision === 'send') return send.run({ ...which, now }).changes
      wake.run({ ...which, now })
      return drop.run({ ...which, reply: JSON.stringify({ ok: false, reason: 'dropped' }) }).changes
    },
  }
}
