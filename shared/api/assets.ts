import { z } from 'zod'
import { assetSchema } from '../assets/asset.ts'
import { newName, writtenText } from '../text.ts'

/** A picture as it is kept. */
export const keptAsset = assetSchema.extend({
  path: z.string().describe('Where everybody may fetch it, on this server'),
  url: z.string().describe('The same with the server’s address, as texts may show it'),
  createdAt: z.int(),
  updatedAt: z.int(),
})
export type KeptAsset = z.infer<typeof keptAsset>

/** GET /assets */
export const assetList = z.object({
  assets: z.array(keptAsset),
  room: z.object({ used: z.int(), most: z.int() }).describe('Bytes'),
})
export type AssetList = z.infer<typeof assetList>

/** PUT /assets/:key */
export const assetChange = z.strictObject({ name: newName, alt: writtenText })
export type AssetChange = z.output<typeof assetChange>
