import { z } from 'zod'

/** GET /wechat */
export const wechatStanding = z.object({
  followers: z.int().describe('Customers who follow the official account, as far as it has told of them'),
})
