import type { BrandStore } from '../../ports/store.ts'
import { audienceStore } from './audiences/store.ts'
import { auditLog } from './audit/store.ts'
import { addressStore } from './customers/address-store.ts'
import { customerStore } from './customers/store.ts'
import type { BrandDatabase } from './database.ts'
import { healthOf } from './health.ts'
import { journeyStore } from './journeys/store.ts'
import { messageStore } from './messages/store.ts'
import { settingsStore } from './settings/store.ts'

/** The store of one brand over its SQLite database. */
export function createBrandStore(db: BrandDatabase): BrandStore {
  return {
    journeys: journeyStore(db),
    customers: customerStore(db),
    addresses: addressStore(db),
    audiences: audienceStore(db),
    messages: messageStore(db),
    settings: settingsStore(db),
    audit: auditLog(db),
    health: healthOf(db),
  }
}
