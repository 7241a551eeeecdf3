import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Who changed what: a row in the transaction of each change. Rows are never taken away. */
export const audit = sqliteTable(
  'audit',
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    /** Real time; of gathered rows the first one's. */
    at: integer().notNull(),
    lastAt: integer('last_at').notNull(),
    /** The brand's clock, which is virtual in a sandbox. */
    clock: integer().notNull(),
    actorKind: text('actor_kind').notNull(),
    actorId: text('actor_id').notNull(),
    via: text().notNull(),
    action: text().notNull(),
    objectKind: text('object_kind').notNull(),
    objectId: text('object_id').notNull(),
    /** What changed, as small JSON: no secret, and no contact in readable form. */
    detail: text().notNull(),
    /** How often the same was done in a row, for actions that are counted. */
    times: integer().notNull().default(1),
  },
  (table) => [
    index('audit_object').on(table.objectKind, table.objectId, table.seq),
    index('audit_action').on(table.action, table.seq),
    index('audit_actor').on(table.actorKind, table.actorId, table.seq),
  ],
)
