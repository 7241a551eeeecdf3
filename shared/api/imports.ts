import { z } from 'zod'

/** Fields of the two files; every other column of customers becomes an attribute. */
export const customerFields = [
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
] as const
export const orderFields = ['order_id', 'customer_id', 'ordered_at', 'amount'] as const

/** POST /imports/inspect (multipart, one file): what it holds, before anything is written. */
export const inspectAnswer = z.object({
  kind: z.enum(['customers', 'orders']),
  encoding: z.enum(['utf-8', 'gb18030']),
  columns: z.array(z.string()),
  /** Column → field, `attribute` or `ignore`. */
  mapping: z.record(z.string(), z.string()),
  sample: z.array(z.record(z.string(), z.string())),
  rows: z.int(),
})
export type InspectAnswer = z.infer<typeof inspectAnswer>

/** POST /imports (multipart: `file`, `kind`, `mapping` as JSON) starts one; GET /imports/:id tells how far it is. */
export const importAnswer = z.object({
  id: z.string(),
  kind: z.enum(['customers', 'orders']),
  file: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  progress: z.object({ done: z.int(), of: z.int() }),
  imported: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  /** The first 1,000; all of them at GET /imports/:id/rejected.csv */
  rejections: z.array(
    z.object({ line: z.int(), code: z.string(), reason: z.object({ 'zh-CN': z.string(), en: z.string() }) }),
  ),
  problem: z.string().nullable(),
  startedAt: z.int(),
  finishedAt: z.int().nullable(),
})
export type ImportAnswer = z.infer<typeof importAnswer>
export const importList = z.object({ imports: z.array(importAnswer) })
