import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** Who works for the brand; whoever has left stays, as what they did names them. */
export const staff = sqliteTable(
  'staff',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    phone: text(),
    email: text(),
    wecom: text(),
    team: text(),
    /** JSON lists of texts. */
    regions: text().notNull().default('[]'),
    categories: text().notNull().default('[]'),
    active: integer().notNull().default(1),
    /** Days (YYYY-MM-DD), both included; null: not away. */
    awayFrom: text('away_from'),
    awayTo: text('away_to'),
    ceiling: integer(),
    /** By which a password is known again; null: no login. */
    passwordMark: text('password_mark'),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [index('staff_team').on(table.team)],
)

export const teams = sqliteTable('teams', {
  id: text().primaryKey(),
  name: text().notNull(),
  leader: text(),
})

/** Who has or had which customer. */
export const owners = sqliteTable(
  'owners',
  {
    id: integer().primaryKey(),
    customerId: text('customer_id').notNull(),
    staff: text().notNull(),
    since: integer().notNull(),
    /** `rule`, `person`, `file` or `left`, and which rule. */
    by: text().notNull(),
    rule: text(),
    until: integer(),
    /** Why it ended: `given`, `left` or `taken`. */
    ended: text(),
  },
  (table) => [
    uniqueIndex('owners_current').on(table.customerId).where(sql`until is null`),
    index('owners_customer').on(table.customerId, table.since),
    index('owners_staff').on(table.staff, table.customerId).where(sql`until is null`),
  ],
)

/** The ordered list of rules by which customers are given to staff. */
export const assignRules = sqliteTable('assign_rules', {
  id: text().primaryKey(),
  place: integer().notNull(),
  name: text().notNull(),
  active: integer().notNull(),
  /** A condition; null: everybody. */
  condition: text(),
  /** Who gets the customer. */
  target: text().notNull(),
  /** Who had the last turn. */
  last: text(),
})

/** Customers being given away together: how, why, and by whom it was asked. */
export const givings = sqliteTable('givings', {
  id: integer().primaryKey(),
  /** `rules`, `staff` or `team`. */
  way: text().notNull(),
  /** The member of staff or the team. */
  target: text(),
  /** `asked` or `left`. */
  why: text().notNull(),
  /** Of whom the customers are taken; null: of whoever has them. */
  source: text(),
  /** 1: whoever has an owner keeps them. */
  unowned: integer().notNull(),
  /** Who asked for it, as the log names people: a JSON actor. */
  actor: text().notNull(),
  at: integer().notNull(),
})

/** Customers who are to be given to somebody; without a giving they are new, and the rules decide. */
export const toGive = sqliteTable('to_give', {
  customerId: text('customer_id').primaryKey(),
  giving: integer(),
})

/** Tasks of journeys beyond the question itself: for whom each is, and what became of it. */
export const tasks = sqliteTable(
  'tasks',
  {
    enrollmentId: integer('enrollment_id').notNull(),
    node: text().notNull(),
    visit: integer().notNull(),
    customerId: text('customer_id').notNull(),
    /** For whom it is: one, or whoever of a team takes it first; neither: anybody. */
    staff: text(),
    team: text(),
    takenAt: integer('taken_at'),
    priority: integer().notNull(),
    createdAt: integer('created_at').notNull(),
    /** When it is late, and goes to the leader where that is asked for. */
    dueAt: integer('due_at').notNull(),
    /** When it is over. */
    until: integer().notNull(),
    doneAt: integer('done_at'),
    result: text(),
    /** The member of staff, or an actor's id. */
    doneBy: text('done_by'),
    /** Of one that was made by hand, which is of no enrollment (0): what is to be done, and what came of it. */
    request: text(),
    reply: text(),
    cancelledAt: integer('cancelled_at'),
    /** When whose it is was told of it in WeCom. */
    toldAt: integer('told_at'),
  },
  (table) => [
    primaryKey({ columns: [table.enrollmentId, table.node, table.visit] }),
    index('tasks_staff').on(table.staff, table.until).where(sql`done_at is null`),
    index('tasks_customer').on(table.customerId).where(sql`done_at is null`),
    index('tasks_created').on(table.createdAt),
    index('tasks_by_hand').on(table.customerId, table.createdAt).where(sql`enrollment_id = 0`),
    index('tasks_by_hand_open')
      .on(table.until)
      .where(sql`enrollment_id = 0 and reply is null and cancelled_at is null`),
  ],
)
