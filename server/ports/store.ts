import type { AuditLog } from './audit.ts'
import type { JourneyStore } from './journeys.ts'

/** All that is kept of one brand, as whoever works with it sees it. */
export interface BrandStore {
  readonly journeys: JourneyStore
  readonly audit: AuditLog
}
