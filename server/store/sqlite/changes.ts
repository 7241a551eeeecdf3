import type { AuditAction } from '../../../shared/audit/actions.ts'
import type { AuditDetail } from '../../../shared/audit/details.ts'
import type { Act } from '../../ports/acts.ts'
import { auditWriter } from './audit/audit.ts'
import type { BrandDatabase } from './database.ts'

/** What a change has done, for the log. */
export interface Done {
  readonly action: AuditAction
  readonly id: string
  readonly detail?: AuditDetail
}

/** Makes a change and its row of the log in one transaction: both or neither. */
export type MakeChange = <T>(act: Act, work: () => T, done: (answer: T) => Done) => T

export function changer(db: Pick<BrandDatabase, 'sqlite'>): MakeChange {
  const write = auditWriter(db)
  return (act, work, done) => {
    const change = db.sqlite.transaction(() => {
      const answer = work()
      const { action, id, detail } = done(answer)
      write(act, action, id, detail)
      return answer
    })
    return change.immediate()
  }
}
