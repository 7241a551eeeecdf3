import { assetTypes } from '../../shared/assets/asset.ts'

const PICTURE = new RegExp(
  `https?://[^\\s/"'<>]+(/a/[0-9a-f]{64}\\.(?:${Object.values(assetTypes).join('|')}))`,
  'g',
)

/**
 * Texts name the brand's pictures by the address at which customers reach this server, which the pages may not be
 * open at, and may not be allowed to fetch from. Their bytes are known by the path alone.
 */
export const ownPictures = (text: string): string => text.replace(PICTURE, '$1')
