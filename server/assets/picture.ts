import { createHash } from 'node:crypto'
import sharp, { type Sharp } from 'sharp'
import type { AssetType } from '../../shared/assets/asset.ts'
import { Problem } from '../../shared/errors/index.ts'
import { limits } from '../../shared/limits.ts'
import type { Picture } from '../ports/assets.ts'

/** How each kind of file begins, whatever it is called. */
const beginnings: Readonly<Record<AssetType, (bytes: Uint8Array) => boolean>> = {
  'image/png': (bytes) => begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  'image/jpeg': (bytes) => begins(bytes, [0xff, 0xd8, 0xff]),
  'image/gif': (bytes) => /^GIF8[79]a$/.test(latin(bytes, 0, 6)),
  'image/webp': (bytes) => latin(bytes, 0, 4) === 'RIFF' && latin(bytes, 8, 12) === 'WEBP',
}

const begins = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte)

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.subarray(from, to)).toString('latin1')

/** What a file is by its first bytes; null where it is no picture that is taken, as a script or an SVG is none. */
export function typeOf(bytes: Uint8Array): AssetType | null {
  const types: readonly AssetType[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp']
  return types.find((type) => beginnings[type](bytes)) ?? null
}

const written = {
  'image/png': (image) => image.png({ compressionLevel: 9 }),
  'image/jpeg': (image) => image.jpeg({ quality: 85, mozjpeg: true }),
  'image/gif': (image) => image.gif(),
  'image/webp': (image) => image.webp({ quality: 85 }),
} as const satisfies Readonly<Record<AssetType, (image: Sharp) => Sharp>>

/** Pixels that are opened at most, over all pictures of an animation: more is a bomb. */
const mostPixels = 60_000_000

const kilo = 1000

/**
 * The picture that a file is, made anew of its pixels: turned as it was taken, no larger than a phone shows, and without
 * what else the file held (a place, a script behind the picture). Problems `asset-not-picture`, `asset-broken`,
 * `asset-too-large`.
 */
export async function readPicture(bytes: Uint8Array): Promise<Picture> {
  const type = typeOf(bytes)
  if (type === null) throw new Problem('asset-not-picture', {}, 'file')
  const side = limits.assetShownSide.value
  const animated = type === 'image/gif' || type === 'image/webp'
  const image = sharp(bytes, { animated, limitInputPixels: mostPixels, failOn: 'error' })
    .rotate()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
  const made = await written[type](image)
    .toBuffer({ resolveWithObject: true })
    .catch((error: unknown) => {
      throw new Problem('asset-broken', { detail: String(error) }, 'file')
    })
  const { data, info } = made
  const most = limits.assetSize.value
  if (data.byteLength > most) {
    const size = Math.ceil(data.byteLength / kilo)
    throw new Problem('asset-too-large', { side, size, limit: most / kilo }, 'file')
  }
  const hash = createHash('sha256').update(data).digest('hex')
  return { type, width: info.width, height: info.pageHeight ?? info.height, hash, data }
}
