import type { AuditPage, AuditQuery } from '../../shared/api/audit.ts'
import type { Desk } from '../ports/desk.ts'

/** Who changed what, the newest first. */
export function readAudit({ stores }: Desk, query: AuditQuery): Promise<AuditPage> {
  return stores.audit.page(query)
}
