import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * By which addresses customers can be reached, in their canonical form. Triggers of the database keep the
 * profile's phone and mailbox among them, whoever writes the profile: one that is replaced becomes a former one.
 */
export const addresses = sqliteTable(
  'addresses',
  {
    customerId: text('customer_id').notNull(),
    /** `phone` or `email`; a customer's id needs no row to be an address. */
    kind: text().notNull(),
    address: text().notNull(),
    addedAt: integer('added_at').notNull(),
    /** `profile` (a file or the API gave it), or who added it. */
    source: text().notNull(),
    /** When its owner first did something with a message to it. */
    verifiedAt: integer('verified_at'),
    /** Since when the customer has another in its place: never written to, but what it refused still holds. */
    formerAt: integer('former_at'),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.kind, table.address] }),
    index('addresses_address').on(table.address, table.kind),
  ],
)

/**
 * What an address has agreed to and refused, by channel. It belongs to the address, whichever records bear it,
 * now or later, and stays when they are gone.
 */
export const addressStates = sqliteTable(
  'address_states',
  {
    /** `phone`, `email`, or `customer`, whose address is the id. */
    kind: text().notNull(),
    address: text().notNull(),
    /** `*`: every channel. */
    channel: text().notNull(),
    /** 1 yes, 0 no; null: never asked. */
    consent: integer(),
    consentSource: text('consent_source'),
    consentProof: text('consent_proof'),
    consentAt: integer('consent_at'),
    /** 1: the source says when; 0: it is only known when it was heard of, which proves nothing of an order. */
    consentDated: integer('consent_dated').notNull().default(0),
    /** `opted_out`, `complaint`, `block`, `hard_bounce`, `invalid`, or `blacklisted` on every channel. */
    closedWhy: text('closed_why'),
    closedAt: integer('closed_at'),
    /** By which way it was closed: `reply`, `link`, `report`, `person`, `file`. */
    closedSource: text('closed_source'),
    closedBy: text('closed_by'),
    /** The words, the report's detail, or the reason that a person gave. */
    note: text(),
    /** Each reason to close it that was ever given, at its latest, as JSON; what holds of them stands above. */
    words: text(),
    /** When its owner last asked for more, and said when. */
    yesAt: integer('yes_at'),
    /** When a person last opened it, whatever had been said by then. */
    openedAt: integer('opened_at'),
    /** Since when a reply that may be an opt-out waits for a person. */
    heldAt: integer('held_at'),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.address, table.channel] }),
    index('address_states_blacklist').on(table.kind, table.address).where(sql`channel = '*'`),
  ],
)

/** Addresses that more than one customer has borne; kept by a trigger, so that most batches need ask no further. */
export const sharedAddresses = sqliteTable(
  'shared_addresses',
  { kind: text().notNull(), address: text().notNull() },
  (table) => [primaryKey({ columns: [table.kind, table.address] })],
)

/** Replies of which a person must say whether they are opt-outs. */
export const doubtfulReplies = sqliteTable(
  'doubtful_replies',
  {
    id: integer().primaryKey(),
    kind: text().notNull(),
    address: text().notNull(),
    channel: text().notNull(),
    /** Whose reply it was taken for; null: nobody we know. */
    customerId: text('customer_id'),
    text: text().notNull(),
    /** Which pattern of words made it doubtful. */
    pattern: text().notNull(),
    at: integer().notNull(),
    decidedAt: integer('decided_at'),
    /** `opt_out` or `no_opt_out`. */
    decision: text(),
    decidedBy: text('decided_by'),
  },
  (table) => [index('doubtful_replies_open').on(table.at).where(sql`decided_at is null`)],
)
