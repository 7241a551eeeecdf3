import { z } from 'zod'
import { limits } from '../limits.ts'

/** GET /customers/:id/orders?before=&limit= : newest first. */
export const customerOrderQuery = z.object({
  before: z
    .string()
    .regex(/^\d{1,16}\.\d{1,16}$/, 'the next of the page before')
    .optional()
    .describe('The `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(20),
})
export type CustomerOrderQuery = z.output<typeof customerOrderQuery>

const money = z.int().nullable().describe('Minor units')

/** A line of an order, with what the brand knows of its product. */
export const customerOrderLine = z.object({
  sku: z.string().nullable(),
  title: z.string().nullable(),
  quantity: z.number().nullable(),
  price: money,
  discount: money,
  image: z.string().nullable(),
  link: z.string().nullable(),
  returned: z.number().describe('Pieces of it that refunds which name it have given back'),
  returnedMoney: z.number().describe('What was given back for it by refunds that name it, in minor units'),
})

export const customerOrder = z.object({
  id: z.string(),
  at: z.int(),
  amount: money,
  refunded: z.int().describe('Given back of it in all'),
  discount: z.int().nullable().describe('Taken off in all; null: nothing says'),
  status: z.string().nullable().describe('As its source says; null: nothing says'),
  lines: z.array(customerOrderLine),
  properties: z.record(z.string(), z.json()),
})
export type CustomerOrder = z.infer<typeof customerOrder>

export const customerOrderPage = z.object({ orders: z.array(customerOrder), next: z.string().nullable() })
export type CustomerOrderPage = z.infer<typeof customerOrderPage>
