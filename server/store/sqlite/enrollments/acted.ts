import type Database from 'better-sqlite3'
import type { Change } from '../../../ports/engine.ts'

const isWithheld = ({ trace }: Change['moves'][number]): boolean => trace.reason.code === 'suppressed'

/** Whether conditions may ask for something of what a change brings: an entry, an end, a message, a goal. */
const hasActed = ({ before, ending, effects, moves }: Change): boolean =>
  before === null || ending !== null || effects.length > 0 || moves.some(isWithheld)

/** Tells the log of changes of which passages there is something new: one row for all of a batch, so that no step costs more. */
export function actedWriter(sqlite: Database.Database): (changes: readonly Change[]) => void {
  const write = sqlite.prepare(`insert into changes (part, customer_id, passages) values ('acts', '', ?)`)
  return (changes) => {
    const passages: number[] = []
    for (const change of changes) if (hasActed(change)) passages.push(change.enrollment.id)
    if (passages.length > 0) write.run(JSON.stringify(passages))
  }
}
