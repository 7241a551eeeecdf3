import { z } from 'zod'
import { limits } from '../limits.ts'
import { newName, writtenText } from '../text.ts'

/** The kinds of pictures that are kept, each with the end of its file's name. */
export const assetTypes = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
} as const
export type AssetType = keyof typeof assetTypes

/** By which attachments, contents and texts name a picture. */
export const assetKey = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'a lower-case letter, then letters, digits or _, 64 at most')
  .refine((key) => !['size', 'first', 'last'].includes(key), 'any key but size, first and last')

/** What is known of a picture beside its bytes. */
export const assetSchema = z.strictObject({
  key: assetKey,
  name: newName,
  alt: writtenText.describe('What stands for it where no picture is shown'),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '64 of 0-9 and a-f')
    .describe('SHA-256 of its bytes, by which its file is named'),
  type: z.enum(['image/png', 'image/jpeg', 'image/gif', 'image/webp'] satisfies AssetType[]),
  width: z.int().min(1).max(limits.assetSide.value),
  height: z.int().min(1).max(limits.assetSide.value),
  bytes: z.int().min(1),
})
export type Asset = z.output<typeof assetSchema>

/** All pictures of a brand, in the order of their keys. */
export type Assets = readonly Asset[]

const byKey = new WeakMap<Assets, ReadonlyMap<string, Asset>>()

/** A picture by its key. A pure function; the map only saves time. */
export function assetIn(assets: Assets, key: string): Asset | undefined {
  let known = byKey.get(assets)
  if (known === undefined) {
    known = new Map(assets.map((asset) => [asset.key, asset]))
    byKey.set(assets, known)
  }
  return known.get(key)
}

/** Where everybody may fetch a picture, on whatever host this server has: its bytes never change under this name. */
export const assetPath = ({ hash, type }: Pick<Asset, 'hash' | 'type'>): string =>
  `/a/${hash}.${assetTypes[type]}`
