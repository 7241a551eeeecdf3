import type { AuditPage, AuditQuery } from '../../shared/api/audit.ts'
import type { AuditDetail } from '../../shared/audit/details.ts'
import type { Act, Changes } from './acts.ts'

type Noting = Changes<{
  /** Says what a person has done to something that is kept nowhere. */
  note(act: Act, done: { action: 'work.ended'; id: string; detail: AuditDetail }): Promise<void>
}>

/** The log of changes. It is written by the changes themselves, each in its own transaction. */
export interface AuditLog extends Noting {
  /** The newest first. */
  page(query: AuditQuery): Promise<AuditPage>
}
