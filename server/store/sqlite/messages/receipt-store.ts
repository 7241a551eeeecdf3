import type { ReceiptStore } from '../../../ports/receipts.ts'
import { bearerOf } from '../customers/addresses.ts'
import type { BrandDatabase } from '../database.ts'
import { addressReporter } from './address-reports.ts'
import { messageNamed } from './list.ts'
import { earlyReceipts } from './receipts-early.ts'

/** What providers report, over one brand's database. */
export function receiptStore(db: BrandDatabase): ReceiptStore {
  const early = earlyReceipts(db)
  const report = addressReporter(db)
  const keep = db.sqlite.transaction((reports: Parameters<ReceiptStore['keep']>[0], now: number) => {
    for (const one of reports.early) early.keep(one, now)
    for (const one of reports.ofAddresses) report(one)
  })
  return {
    named: async (names) => names.map((name) => messageNamed(db, name)),
    bearers: async (told) => told.map(({ address, channel }) => bearerOf(db, address, channel)),
    keep: async (reports, now) => keep.immediate(reports, now),
  }
}
