/**
 * MurmurHash3 (x86, 32 bit) of a text's UTF-16 units, after Austin Appleby's public-domain reference.
 * The same on every machine; not for secrets.
 */
export function hash32(text: string, seed = 0): number {
  let hash = seed
  for (let index = 0; index < text.length; index += 1) {
    let block = text.charCodeAt(index)
    block = Math.imul(block, 0xcc9e2d51)
    block = (block << 15) | (block >>> 17)
    hash ^= Math.imul(block, 0x1b873593)
    hash = (hash << 13) | (hash >>> 19)
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0
  }
  hash ^= text.length * 2
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** A number in [0, 1) that depends on nothing but the parts and their order. */
export function unit(...parts: readonly (string | number)[]): number {
  const text = parts.join('\u001f')
  return (hash32(text, 0x9747b28c) * 0x200000 + (hash32(text, 0x5bd1e995) >>> 11)) / 2 ** 53
}

/**
 * Picks one of weighted options for a key by weighted rendezvous hashing (Schindelhauer and Schomaker
 * 2005: the greatest of -w / ln u). When weights change, only customers move whose option lost or whose
 * new option gained share. Options of weight 0 are never picked; null where all are 0.
 */
export function pickWeighted(
  options: readonly { readonly id: string; readonly weight: number }[],
  ...key: readonly (string | number)[]
): string | null {
  let best: string | null = null
  let highest = 0
  for (const { id, weight } of options) {
    if (weight <= 0) continue
    const score = -weight / Math.log(1 - unit(...key, id))
    const value = score > 0 ? score : Number.POSITIVE_INFINITY
    if (best === null || value > highest) {
      best = id
      highest = value
    }
  }
  return best
}

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A code of `length` letters and digits without those that look alike, made from the parts alone. */
export function codeOf(length: number, ...parts: readonly (string | number)[]): string {
  const text = parts.join('\u001f')
  let code = ''
  for (let index = 0; index < length; index += 1) code += alphabet[hash32(text, index * 0x9e3779b1) & 31]
  return code
}
