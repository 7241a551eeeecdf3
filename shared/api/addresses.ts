import { z } from 'zod'
import { addressFaults, addressKinds } from '../channels/address/address.ts'
import { limits } from '../limits.ts'
import { closedWhys } from '../message/standing.ts'

const kind = z.enum(addressKinds)
/** Under a seal an address is longer than it is. */
const longest = limits.addressLength.value * 2
const ref = z
  .string()
  .nullable()
  .describe('Of one that is masked: what names it wherever an address is asked for; null: it names itself')

/** What an address has said on one channel, and who says so. */
export const addressState = z.object({
  channel: z.string().describe('`*`: every channel'),
  consent: z.boolean().nullable(),
  consentSource: z.string().nullable(),
  consentProof: z.string().nullable(),
  consentAt: z.int().nullable(),
  closedWhy: z.enum(closedWhys).nullable(),
  closedAt: z.int().nullable(),
  closedSource: z.string().nullable(),
  closedBy: z.string().nullable(),
  note: z.string().nullable(),
  heldAt: z.int().nullable().describe('Since when a reply that may be an opt-out waits for a person'),
})

/** One address of a customer; of the id as such only where it has said something. */
export const customerAddress = z.object({
  kind,
  address: z.string().describe('In a page masked'),
  ref,
  used: z.boolean().describe('Whether it is the one that is written to'),
  addedAt: z.int().nullable(),
  source: z.string(),
  verifiedAt: z.int().nullable(),
  formerAt: z.int().nullable(),
  shared: z.int().describe('How many other customers bear it'),
  states: z.array(addressState),
})
export type CustomerAddress = z.infer<typeof customerAddress>

/** GET /opt-outs/doubtful */
export const doubtfulReply = z.object({
  id: z.int(),
  address: z.string(),
  channel: z.string(),
  customerId: z.string().nullable(),
  customerName: z.string().nullable(),
  text: z.string(),
  reason: z.string().describe('Why it may be an opt-out'),
  at: z.int(),
  decidedAt: z.int().nullable(),
  decision: z.enum(['opt_out', 'no_opt_out']).nullable(),
  decidedBy: z.string().nullable(),
})
export type DoubtfulReply = z.infer<typeof doubtfulReply>
export const doubtfulList = z.object({
  open: z.array(doubtfulReply),
  decided: z.array(doubtfulReply),
  total: z.int().describe('How many wait'),
})

/** POST /opt-outs/doubtful/:id */
export const doubtfulDecision = z.strictObject({ decision: z.enum(['opt_out', 'no_opt_out']) })

/** GET /blacklist?search=&after=&limit= */
export const blacklistQuery = z.object({
  search: z.string().max(200).optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(limits.longPageSize.value).default(100),
})
export const blacklistEntry = z.object({
  kind,
  address: z.string().describe('In a page masked'),
  ref,
  reason: z.string().nullable(),
  source: z.string().nullable(),
  by: z.string().nullable(),
  at: z.int().nullable(),
  customers: z.int().describe('How many customers bear it'),
})
export type BlacklistEntry = z.infer<typeof blacklistEntry>
export const blacklistPage = z.object({
  entries: z.array(blacklistEntry),
  total: z.int(),
  next: z.string().nullable(),
})

/** POST /blacklist, up to a thousand at once; DELETE /blacklist/:kind/:address */
export const blacklistAdd = z.strictObject({
  entries: z
    .array(
      z.strictObject({
        kind,
        address: z.string().min(1).max(longest),
        reason: z.string().max(500).nullable().default(null),
      }),
    )
    .min(1)
    .max(limits.addressesAtOnce.value),
})
/** POST /blacklist/csv: a column of phones, e-mails or ids, with or without a reason beside it. */
export const blacklistCsv = z.strictObject({ text: z.string().max(limits.blacklistLength.value) })
export const blacklistAnswer = z.object({
  added: z.int(),
  known: z.int(),
  refused: z.array(z.object({ line: z.int(), value: z.string(), fault: z.enum(addressFaults) })),
})

/** GET /addresses/shared: addresses that several customers bear. */
export const sharedQuery = z.object({
  limit: z.coerce.number().int().min(1).max(limits.longPageSize.value).default(100),
  after: z.string().optional(),
})
export const sharedAddressList = z.object({
  addresses: z.array(
    z.object({
      kind,
      address: z.string().describe('Masked'),
      customers: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
      count: z.int(),
    }),
  ),
  total: z.int(),
  next: z.string().nullable(),
})

export type SharedAddress = z.infer<typeof sharedAddressList>['addresses'][number]

/** GET /customers/:id/addresses */
export const customerAddressList = z.object({ addresses: z.array(customerAddress) })
/** POST /customers/:id/reveal: the whole of what a page shows masked; the log says who asked. */
export const revealAsked = z.strictObject({ kind: z.enum(['phone', 'email']) })
export const revealAnswer = z.object({
  addresses: z.array(z.object({ address: z.string(), ref: z.string(), used: z.boolean() })),
})

/** POST /customers/:id/addresses */
export const addressAdd = z.strictObject({ kind, address: z.string().min(1).max(limits.addressLength.value) })
/** POST /addresses/close, POST /addresses/open; the channel `*` is every one that writes to such addresses. */
export const addressChange = z.strictObject({
  kind,
  address: z.string().min(1).max(longest),
  channel: z.string().min(1),
  note: z.string().max(500).nullable().default(null),
})
