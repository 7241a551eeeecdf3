import { z } from 'zod'
import { localText } from './unreadable.ts'

/** How picks were reckoned last, and how well they did on orders that were held out. */
export const pickRun = z.object({
  at: z.int().describe('When, on the brand’s clock'),
  buyers: z.int().describe('Customers who have bought any good'),
  goods: z.int().describe('Goods that enough of them have bought'),
  pairs: z.int().describe('Goods that are kept as bought together with another'),
  tried: z
    .object({
      from: z.int().describe('The moment from which orders were held out'),
      customers: z.int().describe('Whose next order it was tried on'),
      shown: z.int().describe('So many goods were shown to each'),
      picks: z.int().describe('Of so many the order held a good that was picked'),
      popular: z.int().describe('The same where everybody is shown the goods that most have bought'),
    })
    .nullable()
    .describe('null: too few customers have bought again'),
})
export type PickRun = z.infer<typeof pickRun>

/** GET /picks */
export const pickStanding = z.object({ last: pickRun.nullable().describe('null: never') })
export type PickStanding = z.infer<typeof pickStanding>

/** A product that is picked for one customer, and why. */
export const pickAnswer = z.object({
  id: z.string(),
  title: z.string(),
  price: z.int().nullable().describe('Minor units'),
  category: z.string().nullable(),
  image: z.string().nullable(),
  link: z.string().nullable(),
  why: z.enum(['together', 'again', 'category', 'popular']),
  reason: localText.describe('In words that a customer may read'),
})

/** GET /customers/:id/picks */
export const customerPicks = z.object({ picks: z.array(pickAnswer) })
export type CustomerPicks = z.infer<typeof customerPicks>
