import { z } from 'zod'

/** GET /audiences/:key/history */
export const audienceHistory = z.object({
  sizes: z
    .array(
      z.object({
        day: z.string().describe('YYYY-MM-DD by the brand’s clock'),
        at: z.int(),
        size: z.int(),
        joined: z
          .int()
          .nullable()
          .describe('Since it was looked at before; null on a day on which it was only counted'),
        left: z.int().nullable(),
      }),
    )
    .describe('The oldest first; a day on which nobody counted is missing'),
  moves: z
    .array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        at: z.int().describe('When it was seen'),
        joined: z.boolean(),
      }),
    )
    .describe('Who joined or left last, the latest first'),
})
export type AudienceHistory = z.infer<typeof audienceHistory>

/** POST /audiences/:key/look */
export const audienceLook = z.object({
  size: z.int(),
  joined: z.int().describe('Since it was looked at before; 0 where it never was'),
  left: z.int(),
})
