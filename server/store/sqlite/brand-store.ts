import type { BrandStore } from '../../ports/store.ts'
import { auditLog } from './audit/store.ts'
import type { BrandDatabase } from './database.ts'
import { journeyStore } from './journeys/store.ts'

/** The store of one brand over its SQLite database. */
export function createBrandStore(db: BrandDatabase): BrandStore {
  return { journeys: journeyStore(db), audit: auditLog(db) }
}
