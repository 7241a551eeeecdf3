import type { AssetChange, AssetList, KeptAsset } from '../../shared/api/assets.ts'
import { type Asset, assetKey, assetPath } from '../../shared/assets/asset.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { limits } from '../../shared/limits.ts'
import type { WrittenText } from '../../shared/text.ts'
import type { StoredAsset } from '../ports/assets.ts'
import type { Desk } from '../ports/desk.ts'
import type { Use } from '../ports/uses.ts'
import { readPicture } from './picture.ts'

/** What the use cases of pictures work with. */
export interface AssetDesk extends Desk {
  /** Has what has been saved shown from the next message on. */
  reconfigure(what: 'brand'): Promise<void>
}

const keptOf = (asset: StoredAsset, host: string): KeptAsset => {
  const path = assetPath(asset)
  return { ...asset, path, url: host + path }
}

export async function listAssets({ stores }: Desk, host: string): Promise<AssetList> {
  const [assets, used] = await Promise.all([stores.assets.list(), stores.assets.used()])
  return {
    assets: assets.map((asset) => keptOf(asset, host)),
    room: { used, most: limits.assetRoom.value },
  }
}

/** Problem `not-found`. */
export async function readAsset({ stores }: Desk, key: string, host: string): Promise<KeptAsset> {
  return keptOf(await stores.assets.get(key), host)
}

export interface Uploaded {
  readonly bytes: Uint8Array
  /** What the file is called. */
  readonly file: string
  readonly key?: Asset['key'] | undefined
  readonly name?: WrittenText | undefined
  readonly alt?: WrittenText | undefined
}

/** A file's name without its end, as people call the picture. */
const nameOfFile = (file: string): string =>
  file
    .replace(/\.\w{1,5}$/, '')
    .trim()
    .slice(0, limits.titleLength.value) || 'picture'

/** A key of a name in letters that a key may have; of a Chinese one nothing is left. */
function stemOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 50)
  return assetKey.safeParse(plain).success ? plain : 'picture'
}

/** Takes a picture in. Problems of `readPicture` and of AssetStore.add. */
export async function addAsset(
  desk: AssetDesk,
  actor: Actor,
  { bytes, file, key, name, alt }: Uploaded,
  host: string,
): Promise<KeptAsset> {
  const picture = await readPicture(bytes)
  const called = nameOfFile(file)
  const names = { name: name ?? { 'zh-CN': called, en: called }, alt: alt ?? { 'zh-CN': called, en: called } }
  const added = { key: key ?? null, stem: stemOf(called), ...names, picture }
  const made = await desk.stores.assets.add(desk.act(actor), added)
  await desk.reconfigure('brand')
  return readAsset(desk, made, host)
}

/** Shows another picture under a key. Problems of `readPicture` and of AssetStore.replace. */
export async function replaceAsset(
  desk: AssetDesk,
  actor: Actor,
  { key, bytes }: { readonly key: string; readonly bytes: Uint8Array },
  host: string,
): Promise<KeptAsset> {
  await desk.stores.assets.replace(desk.act(actor), key, await readPicture(bytes))
  await desk.reconfigure('brand')
  return readAsset(desk, key, host)
}

/** Problem `not-found`. */
export async function renameAsset(
  desk: AssetDesk,
  actor: Actor,
  { key, name, alt }: AssetChange & { readonly key: string },
  host: string,
): Promise<KeptAsset> {
  await desk.stores.assets.rename(desk.act(actor), key, { name, alt })
  await desk.reconfigure('brand')
  return readAsset(desk, key, host)
}

/** Problems `not-found`, `asset-in-use`. */
export async function removeAsset(desk: AssetDesk, actor: Actor, key: string): Promise<void> {
  await desk.stores.assets.remove(desk.act(actor), key)
  await desk.reconfigure('brand')
}

/** All that shows a picture. Problem `not-found`. */
export async function usesOfPicture({ stores }: Desk, key: string): Promise<Use[]> {
  return [...(await stores.assets.uses(key))]
}
