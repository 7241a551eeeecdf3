import { z } from 'zod'
import { actor } from '../audit/actor.ts'
import { limits } from '../limits.ts'
import type { LocalText } from '../text.ts'

/**
 * What a key is for. One that writes reads nothing, so that whoever finds it in a web shop learns of nobody; to one
 * without contacts phones and mailboxes are told masked, wherever they stand.
 */
export const keyKinds = {
  write: { 'zh-CN': '只写', en: 'Write only' },
  read: { 'zh-CN': '只读', en: 'Read only' },
  read_masked: { 'zh-CN': '只读，不含联系方式', en: 'Read only, without contacts' },
} as const satisfies Record<string, LocalText>
export type KeyKind = keyof typeof keyKinds

/** Both kinds of reading differ in what they are told, not in what they may ask. */
const reading = [
  'GET /customers',
  'GET /customers/:id',
  'GET /customers/:id/addresses',
  'GET /customers/:id/identifiers',
  'GET /customers/by/:kind/:value',
  'GET /merges',
  'GET /duplicates',
  'GET /customers/:id/orders',
  'GET /customers/:id/timeline',
  'GET /attributes',
  'GET /vocabulary',
  'GET /audiences',
  'POST /audiences/count',
  'GET /journeys',
  'GET /journeys/:id',
  'GET /journeys/:id/figures',
  'GET /journeys/:id/export',
  'GET /reports/journeys/:id',
  'GET /messages',
  'GET /products',
  'GET /imports',
  'GET /imports/:id',
  'GET /erasures',
  'GET /erasures/:id',
] as const

/** What each kind of key may call of its brand, and nothing else: methods and addresses as the API describes them. */
export const keyRights = {
  write: [
    'POST /customers',
    'PUT /customers/:id',
    'PATCH /customers/:id',
    'DELETE /customers/:id',
    'POST /customers/:id/identifiers',
    'DELETE /customers/:id/identifiers/:kind/:value',
    'POST /events',
    'POST /orders',
    'POST /products',
    'DELETE /products/:id',
  ],
  read: reading,
  read_masked: reading,
} as const satisfies Record<KeyKind, readonly string[]>

const kind = z.enum(['write', 'read', 'read_masked'] as const satisfies readonly KeyKind[])

/** POST /keys */
export const keyMake = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(limits.nameLength.value)
    .describe('By which the log says who it was; once given, it is no other key’s'),
  kind,
})

/** A key as it is listed: of the secret itself nothing is kept. */
export const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  kind,
  hint: z.string().describe('Its last letters, by which it is known again'),
  madeAt: z.int(),
  madeBy: actor,
  usedAt: z.int().nullable().describe('Noted at most every five minutes'),
  revokedAt: z.int().nullable(),
})
export type ApiKey = z.infer<typeof apiKey>

/** GET /keys */
export const keyList = z.object({ keys: z.array(apiKey) })

/** The answer to POST /keys: the only time that the key itself is told. */
export const keyMade = z.object({
  key: apiKey,
  secret: z.string().describe('Sent as `Authorization: Bearer …`; it is told this once'),
})
export type KeyMade = z.infer<typeof keyMade>
