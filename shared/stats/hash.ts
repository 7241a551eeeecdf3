/** One UTF-16 unit as it goes into a hash. */
function mixed(unit: number): number {
  const block = Math.imul(unit, 0xcc9e2d51)
  return Math.imul((block << 15) | (block >>> 17), 0x1b873593)
}

function turned(hash: number): number {
  return (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
}

/** The hash of so many units. */
function finished(hash: number, length: number): number {
  let last = hash ^ (length * 2)
  last = Math.imul(last ^ (last >>> 16), 0x85ebca6b)
  last = Math.imul(last ^ (last >>> 13), 0xc2b2ae35)
  return (last ^ (last >>> 16)) >>> 0
}

/**
 * MurmurHash3 (x86, 32 bit) of a text's UTF-16 units, after Austin Appleby's public-domain reference.
 * The same on every machine; not for secrets.
 */
export function hash32(text: string, seed = 0): number {
  let hash = seed
  for (let index = 0; index < text.length; index += 1) hash = turned(hash ^ mixed(text.charCodeAt(index)))
  return finished(hash, text.length)
}

/** Stands between parts that are hashed together. */
const parting = 0x1f

/**
 * A number in [0, 1) that depends on nothing but the parts and their order: two hashes of these, with a sign between
 * them. Both are made in one walk, and no text of all parts is, as everybody's every draw takes one.
 */
export function unit(...parts: readonly (string | number)[]): number {
  let [high, low, length] = [0x9747b28c | 0, 0x5bd1e995, 0]
  for (let place = 0; place < parts.length; place += 1) {
    const part = parts[place]
    const text = typeof part === 'string' ? part : String(part)
    for (let index = place === 0 ? 0 : -1; index < text.length; index += 1) {
      const block = mixed(index < 0 ? parting : text.charCodeAt(index))
      high = turned(high ^ block)
      low = turned(low ^ block)
      length += 1
    }
  }
  return (finished(high, length) * 0x200000 + (finished(low, length) >>> 11)) / 2 ** 53
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
