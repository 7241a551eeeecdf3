import { z } from 'zod'
import { limits } from '../limits.ts'

/** Events by which somebody looks at a page. */
export const pageEvents = ['page_viewed', 'page_view', 'product_viewed'] as const
/** Tells, when a page is left, how long it was seen. */
export const leaveEvent = 'page_left'

/** GET /customers/:id/visits?before=&limit= : newest first. */
export const customerVisitQuery = z.object({
  before: z
    .string()
    .regex(/^\d{1,16}\.\d{1,16}$/, 'the next of the page before')
    .optional()
    .describe('The `next` of the page before'),
  limit: z.coerce.number().int().min(1).max(limits.pageSize.value).default(20),
})
export type CustomerVisitQuery = z.output<typeof customerVisitQuery>

export const customerVisit = z.object({
  id: z.string().describe('Of its own among the visits of this customer'),
  at: z.int(),
  event: z.enum(pageEvents),
  title: z.string().nullable().describe('What the page or its product is called'),
  url: z.string().nullable().describe('Its address, or its path'),
  seconds: z
    .number()
    .nullable()
    .describe(
      'How long it was seen: as the event says, or as was told when the page was left; null: nothing says',
    ),
  source: z.string().nullable().describe('Its `source` or `utm_source`; null: nothing says'),
  referrer: z.string().nullable().describe('The page before it; null: nothing says'),
})
export type CustomerVisit = z.infer<typeof customerVisit>

export const customerVisitPage = z.object({ visits: z.array(customerVisit), next: z.string().nullable() })
export type CustomerVisitPage = z.infer<typeof customerVisitPage>
