import { getTableColumns, getTableName } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/sqlite-core'
import type { TableName } from '../erasure/holdings.ts'
import * as tables from '../tables.ts'

type Tables = typeof tables
/** Tables whose rows are a customer's. */
export type CustomerTable = {
  [Name in TableName]: 'customerId' extends keyof Tables[Name]['_']['columns'] ? Name : never
}[TableName]

/**
 * What a merge does with the rows of whom it merges. `moves`: they become the survivor's, and one that the survivor has
 * already is put aside; `aside`: all are put aside, as they are reckoned anew; `own`: the merge has a way for them
 * (merging.ts); `stays`: they tell what was.
 */
type Way = 'moves' | 'aside' | 'own' | 'stays'

/** A table that is added does not compile until it is said here what becomes of its rows. */
export const waysOfMerging = {
  tags: 'moves',
  audienceMembers: 'moves',
  audienceStays: 'moves',
  enrollments: 'moves',
  messages: 'moves',
  inbox: 'moves',
  links: 'moves',
  plannedEvents: 'moves',
  addresses: 'moves',
  doubtfulReplies: 'moves',
  events: 'moves',
  coupons: 'moves',
  points: 'moves',
  goalHits: 'moves',
  earlyReceipts: 'moves',
  failedEntries: 'moves',
  coming: 'moves',
  watchMembers: 'moves',
  // Who looks after the survivor goes on doing so.
  owners: 'moves',
  tasks: 'moves',
  // Whoever waits to be given away does so under the survivor's id.
  toGive: 'moves',
  webhookHappenings: 'moves',
  webhookMessages: 'moves',
  webhookDeliveries: 'moves',
  identifiers: 'moves',
  aliases: 'moves',
  wechatFollowers: 'moves',
  wechatGrants: 'moves',
  wecomFollows: 'moves',
  wecomCodes: 'moves',
  wecomRecipients: 'moves',
  wecomMarks: 'moves',
  // Whoever was invited twice was so by the link that the survivor came by; links lead to the survivor.
  referralCodes: 'moves',
  referrals: 'moves',
  referralRewards: 'moves',
  scores: 'aside',
  toScore: 'moves',
  duplicates: 'own',
  changes: 'stays',
  merges: 'stays',
} as const satisfies Record<CustomerTable, Way>

/** A table whose rows a merge moves or puts aside, as its statements name it. */
export interface MovedTable {
  readonly name: string
  readonly way: 'moves' | 'aside'
  readonly columns: readonly string[]
  /** By what a row is known among those of a customer; empty: there is one. */
  readonly key: readonly string[]
  readonly sharded: boolean
}

const allTables = new Map(Object.entries(tables))

function movedTable([name, way]: readonly [string, Way]): MovedTable[] {
  const table = allTables.get(name)
  if (table === undefined || (way !== 'moves' && way !== 'aside')) return []
  const columns = Object.values(getTableColumns(table)).map(({ name: column }) => column)
  const { columns: configured, primaryKeys } = getTableConfig(table)
  const own = configured.filter(({ primary }) => primary)
  const key = [...own, ...primaryKeys.flatMap(({ columns: several }) => several)].map(
    ({ name: column }) => column,
  )
  return [
    {
      name: getTableName(table),
      way,
      columns,
      key: key.filter((column) => column !== 'customer_id'),
      sharded: columns.includes('shard'),
    },
  ]
}

export const movedTables: readonly MovedTable[] = Object.entries(waysOfMerging).flatMap(movedTable)
