import type { AuditPage, AuditQuery } from '../../shared/api/audit.ts'

/** The log of changes. It is written by the changes themselves, each in its own transaction. */
export interface AuditLog {
  /** The newest first. */
  page(query: AuditQuery): Promise<AuditPage>
}
