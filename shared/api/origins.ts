import { z } from 'zod'
import { profileValues } from '../origins/held.ts'
import { type OriginKind, originKinds } from '../origins/kinds.ts'
import { writtenText } from '../text.ts'

/** Where a value of a customer came from, and when. */
export const valueOrigin = z.object({
  // The names of a closed list; `Object.keys` does not know that it is closed.
  kind: z.enum(Object.keys(originKinds) as [OriginKind, ...OriginKind[]]),
  name: z.string().describe('Of an import its file, of a journey its id, of an actor theirs; or empty'),
  journeyName: writtenText.nullable(),
  reference: z.string().describe('Of an import its id, of an actor the way in; or empty'),
  at: z
    .int()
    .nullable()
    .describe('When it came; of one that is unknown since when origins are written down, in real time'),
  from: z.string().nullable().describe('The earlier id of the customer with whom it came by a merge'),
})
export type ValueOrigin = z.infer<typeof valueOrigin>

/** Of each value that a customer has, by its name. */
export const customerOrigins = z.object({
  profile: z.partialRecord(z.enum(profileValues), valueOrigin),
  attributes: z.record(z.string(), valueOrigin),
  tags: z.record(z.string(), valueOrigin),
})
export type CustomerOrigins = z.infer<typeof customerOrigins>
