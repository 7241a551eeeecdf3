import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export { audit } from '../tables-audit.ts'
export { secrets } from '../tables-secrets.ts'

/** The tables of the installation, beside its brands: which brands there are, and what all of them share. */

export const brands = sqliteTable('brands', {
  id: text().primaryKey(),
  /** Where its database lies, from the folder of data. */
  file: text().notNull(),
  /** 1: always a sandbox, however the installation runs. */
  sandbox: integer().notNull(),
  createdAt: integer('created_at').notNull(),
  archivedAt: integer('archived_at'),
  /** Where its database has been put aside; null while it is at work. */
  archive: text(),
})

/** Who is logged in: a hash of the session's id, when it ends, and by what a person knows it again. */
export const sessions = sqliteTable('sessions', {
  idHash: text('id_hash').primaryKey(),
  endsAt: integer('ends_at').notNull(),
  openedAt: integer('opened_at'),
  seenAt: integer('seen_at'),
  /** The address of the network that it was opened from, and the browser as it called itself. */
  address: text(),
  agent: text(),
  /** Of a member of staff: of which brand, and who. null: whoever has the installation's password. */
  brand: text(),
  staff: text(),
})

/** What exists once: secrets. */
export const meta = sqliteTable('meta', { key: text().primaryKey(), value: text().notNull() })
