import type { Asset } from '../../../../shared/assets/asset.ts'
import type { Use } from '../../../ports/uses.ts'
import { usesOf, usesOfText } from '../audiences/uses.ts'
import type { BrandDatabase } from '../database.ts'

/** All that shows a picture: cards by its key, and texts and contents by its address, which its hash is part of. */
export function usesOfAsset(db: BrandDatabase, { key, hash }: Pick<Asset, 'key' | 'hash'>): Use[] {
  const found = [...usesOf(db, { kind: 'asset', name: key }), ...usesOfText(db, hash)]
  const place = ({ kind, id, state, version, node }: Use) => [kind, id, state, version, node].join('\n')
  return [...new Map(found.map((use) => [place(use), use])).values()]
}
