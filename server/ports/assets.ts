import type { Asset, AssetType } from '../../shared/assets/asset.ts'
import type { WrittenText } from '../../shared/text.ts'
import type { Act, Changes } from './acts.ts'
import type { Use } from './uses.ts'

/** A picture as it was read: its bytes are made here, of what was sent. */
export interface Picture {
  readonly type: AssetType
  readonly width: number
  readonly height: number
  readonly hash: string
  readonly data: Uint8Array
}

export interface StoredAsset extends Asset {
  readonly createdAt: number
  readonly updatedAt: number
}

export interface AssetNames {
  readonly name: WrittenText
  readonly alt: WrittenText
}

export interface NewAsset extends AssetNames {
  /** null: one that is free, made of the name. */
  readonly key: string | null
  /** What a free key is made of. */
  readonly stem: string
  readonly picture: Picture
}

export type AssetChanges = Changes<{
  /** Answers its key. Problems `asset-exists`, `assets-too-many`, `assets-full`. */
  add(act: Act, asset: NewAsset): Promise<string>
  /** Problem `not-found`. */
  rename(act: Act, key: string, names: AssetNames): Promise<void>
  /** Another picture under the same key; messages that were made keep the earlier one. Problems `not-found`, `assets-full`. */
  replace(act: Act, key: string, picture: Picture): Promise<void>
  /** Problems `not-found`, `asset-in-use` (an InUse). */
  remove(act: Act, key: string): Promise<void>
}>

/** Pictures that messages carry. Their bytes stand in the brand's own file, so that a backup or a copy has them. */
export interface AssetStore extends AssetChanges {
  list(): Promise<readonly StoredAsset[]>
  /** Problem `not-found`. */
  get(key: string): Promise<StoredAsset>
  /** All that shows one. Problem `not-found`. */
  uses(key: string): Promise<readonly Use[]>
  /** Bytes that are kept. */
  used(): Promise<number>
  /** What stands under a hash; null where nothing does. */
  file(hash: string): Promise<Pick<Picture, 'type' | 'data'> | null>
}
