import { z } from 'zod'
import { attributeTypes, formats } from '../conditions/types/index.ts'
import { limits } from '../limits.ts'
import { unreadableRow } from './unreadable.ts'

/** Fields of the two files; every other column of customers becomes an attribute, of orders a property. */
export const customerFields = [
  'customer_id',
  'name',
  'first_name',
  'last_name',
  'phone',
  'email',
  'gender',
  'birthday',
  'city',
  'registered_at',
  'timezone',
  'language',
  'tags',
  'consent_sms',
  'consent_email',
  'opted_in_email',
  'unsubscribed_sms',
  'unsubscribed_email',
  /** Of marketing as a whole, whichever way it comes. */
  'consent',
  'unsubscribed',
] as const
export const orderFields = [
  'order_id',
  'customer_id',
  'phone',
  'email',
  'name',
  'first_name',
  'last_name',
  'ordered_at',
  'created_at',
  'amount',
  'refunded',
  'currency',
  'state',
  'refund_state',
  'cancelled_at',
  'item_title',
  'item_sku',
  'item_quantity',
  'item_price',
  'consent_email',
  'net',
  'tax',
  'shipping',
  'discount',
  'item_discount',
  'item_tax',
  'item_refunded',
  'item_refunded_quantity',
] as const
export const productFields = ['product_id', 'title', 'price', 'stock', 'category', 'image', 'link'] as const
export type CustomerField = (typeof customerFields)[number]
export type OrderField = (typeof orderFields)[number]
export type ProductField = (typeof productFields)[number]
export type ImportField = CustomerField | OrderField | ProductField

/** Who each row of a list is; every other column is known at entry. */
export const entrantFields = ['customer_id', 'phone', 'email'] as const satisfies readonly CustomerField[]

/** Files of the base. */
export const importKinds = ['customers', 'orders', 'products'] as const
/** Whatever is read in: `entrants` are a list of customers who are let into one journey. */
export const fileKinds = [...importKinds, 'entrants'] as const
export type ImportKind = (typeof fileKinds)[number]
export const fieldsOf: Readonly<Record<ImportKind, readonly ImportField[]>> = {
  customers: customerFields,
  orders: orderFields,
  products: productFields,
  entrants: entrantFields,
}

/**
 * What a file does to a list: `add` puts its customers in beside those who are in it, and makes the list where there is
 * none; `new` makes it, and is refused where the key is taken; `replace` takes out besides whom the file does not name.
 */
export const listModes = ['add', 'new', 'replace'] as const
export type ListMode = (typeof listModes)[number]

/** What a file must have to be imported: of each group one field or more. */
export const neededFields: Readonly<Record<ImportKind, readonly (readonly ImportField[])[]>> = {
  customers: [['customer_id', 'phone', 'email']],
  products: [['product_id']],
  orders: [
    ['order_id'],
    ['customer_id', 'phone', 'email'],
    ['ordered_at', 'created_at'],
    ['amount', 'net', 'item_price'],
  ],
  entrants: [['customer_id', 'phone', 'email']],
}

/** Names that no attribute or property may bear, as conditions know the field by them. */
export const reservedNames: Readonly<Record<ImportKind, readonly string[]>> = {
  customers: [
    'customer_id',
    'name',
    'phone',
    'email',
    'gender',
    'birthday',
    'city',
    'registered_at',
    'timezone',
    'language',
    'consent_sms',
    'consent_email',
  ],
  orders: ['order_id', 'customer_id', 'ordered_at', 'amount'],
  products: productFields,
  entrants: [],
}

export const importEncodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'windows-1252'] as const
export type ImportEncoding = (typeof importEncodings)[number]

const texts = z.object({ 'zh-CN': z.string(), en: z.string() })
const kind = z.enum(fileKinds)
/** What a column's values are, and how they are written where that leaves a doubt. */
export const columnType = z.object({
  type: z.enum(attributeTypes),
  format: z.enum(formats).nullable().default(null),
})
export type ColumnType = z.infer<typeof columnType>

/** Column → what its values are: of a column that is no field its type, of a date the order of day and month. */
export const columnTypes = z.record(z.string(), columnType)

/** What a person may say of a file beside its columns. */
export const importOptions = z.strictObject({
  /** The line that names the columns, counted from 1; without it the likeliest one. */
  header: z.int().min(1).max(limits.importHeaderLine.value).optional(),
  encoding: z.enum(importEncodings).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  /** Orders make the customers whom nobody knows yet. */
  createCustomers: z.boolean().default(false),
  /** Totals, remarks and repeated headers are taken for data. */
  takeAll: z.boolean().default(false),
  /** Which list of a Mailchimp audience the file is; null: none. Without it the file's name tells. */
  membership: z.enum(['subscribed', 'unsubscribed', 'cleaned', 'nonsubscribed']).nullable().optional(),
})
export type ImportOptions = z.infer<typeof importOptions>

const rejection = z.object({ line: z.int(), code: z.string(), reason: texts })

/** POST /imports/inspect (multipart, one file): what it holds, before anything is written. */
export const inspectAnswer = z.object({
  kind,
  /** Whether the columns leave no doubt of the kind. */
  sure: z.boolean(),
  /** The program whose export it is; null where it is not known. */
  program: texts.nullable(),
  encoding: z.enum(importEncodings),
  delimiter: z.string(),
  /** The line that is taken for the header, and the first lines of the file. */
  header: z.int(),
  head: z.array(z.object({ line: z.int(), text: z.string() })),
  columns: z.array(z.string()),
  /** Column → field, `attribute` or `ignore`. */
  mapping: z.record(z.string(), z.string()),
  types: columnTypes,
  membership: importOptions.shape.membership.unwrap(),
  sample: z.array(z.record(z.string(), z.string())),
  rows: z.int(),
  /** The first rows that are no data: totals, remarks, the header once more. */
  noData: z.array(rejection),
  /** What deserves a look before the import. */
  warnings: z.array(z.object({ code: z.string(), column: z.string().nullable(), text: texts })),
})
export type InspectAnswer = z.infer<typeof inspectAnswer>

/** What an import has done so far, in rows, but for the last three. */
export const importCounts = z.object({
  imported: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  /** Further lines of an order. */
  lines: z.int().default(0),
  /** Rows that are no data or no purchase. */
  passed: z.int().default(0),
  /** Cells left out of rows that entered. */
  cells: z.int().default(0),
  /** Customers made of what orders say of them. */
  created: z.int().default(0),
  /** Rows whose customer was found by phone or e-mail. */
  matched: z.int().default(0),
  /** Orders of earlier files that turned out to be no purchases. */
  withdrawn: z.int().default(0),
  /** Customers taken out of the list that a file has replaced. */
  removed: z.int().default(0),
})
export type ImportCounts = z.infer<typeof importCounts>

/** POST /imports (multipart: `file`, `kind`, `mapping` as JSON) starts one; GET /imports/:id tells how far it is. */
export const importAnswer = importCounts.extend({
  id: z.string(),
  kind,
  file: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  progress: z.object({ done: z.int(), of: z.int() }),
  /** How many have their turn before it; 0 where it runs. */
  before: z.int().default(0),
  /** The first 1,000; all of them at GET /imports/:id/rejected.csv, with the rows passed over and the cells. */
  rejections: z.array(rejection),
  /** Rows passed over, by reason. */
  passedRows: z
    .array(z.object({ code: z.string(), count: z.int(), lines: z.array(z.int()), reason: texts }))
    .default([]),
  /** The first 1,000 cells left out. */
  cellFaults: z.array(rejection.extend({ column: z.string(), value: z.string() })).default([]),
  /** Addresses that several customers have, the first of them, and how many there are in all. */
  shared: z
    .object({
      count: z.int(),
      addresses: z.array(z.object({ address: z.string(), customers: z.array(z.string()) })),
    })
    .default({ count: 0, addresses: [] }),
  problem: z.string().nullable(),
  startedAt: z.int(),
  finishedAt: z.int().nullable(),
})
export type ImportAnswer = z.infer<typeof importAnswer>
export const importList = z.object({
  imports: z.array(importAnswer),
  unreadable: z.array(unreadableRow).describe('Those whose report cannot be read'),
})
export type ImportList = z.infer<typeof importList>
