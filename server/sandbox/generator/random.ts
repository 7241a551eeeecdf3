/** Two words that stand for a seed and a text. */
export interface Key {
  readonly a: number
  readonly b: number
}

/** MurmurHash3's 32-bit finalizer (Appleby): every input bit reaches every output bit. */
function mix(word: number): number {
  let h = word
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** The key of a text under a seed: FNV-1a twice from different offsets, then mixed. */
export function keyOf(seed: number, text: string): Key {
  let a = mix(seed ^ 0x811c9dc5)
  let b = mix(seed + 0x9e3779b9)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x01000197)
  }
  return { a: mix(a), b: mix(b ^ text.length) }
}

/**
 * A stream of random numbers that depends on its key, stream and cell alone, so that any slice of the
 * brand's life can be made without what came before. The generator is xoroshiro64** 1.0 (Blackman and
 * Vigna, prng.di.unimi.it).
 */
export class Random {
  private low: number
  private high: number

  constructor(key: Key, stream: number, cell = 0) {
    this.low = mix(key.a ^ Math.imul(stream + 1, 0x9e3779b1))
    this.high = mix(key.b ^ Math.imul(cell + 1, 0x85ebca77)) ^ Math.imul(this.low, 0x27d4eb2f)
    // The one state that the generator cannot leave.
    if (this.low === 0 && this.high === 0) this.low = 1
    this.next()
  }

  /** Uniform in [0, 1). */
  next(): number {
    const low = this.low
    const product = Math.imul(low, 0x9e3779bb)
    const word = Math.imul((product << 5) | (product >>> 27), 5)
    const high = this.high ^ low
    this.low = ((low << 26) | (low >>> 6)) ^ high ^ (high << 9)
    this.high = (high << 13) | (high >>> 19)
    return (word >>> 0) / 4294967296
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** A whole number in [0, count). */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  /** A number in [from, to). */
  between(from: number, to: number): number {
    return from + this.next() * (to - from)
  }

  /** One item of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)]
    if (item === undefined) throw new RangeError('cannot pick from an empty list')
    return item
  }

  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next())
  }

  /** Standard normal, by the Box-Muller transform. */
  normal(): number {
    return Math.sqrt(this.exponential(2)) * Math.cos(2 * Math.PI * this.next())
  }

  /** Gamma with mean 1, by Marsaglia and Tsang (2000); a shape below 1 is boosted as they say. */
  gamma(shape: number): number {
    if (shape < 1) {
      const boosted = this.gamma(shape + 1) * (shape + 1)
      return (boosted * (1 - this.next()) ** (1 / shape)) / shape
    }
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = this.normal()
      const v = (1 + c * x) ** 3
      if (v > 0 && Math.log(1 - this.next()) < 0.5 * x * x + d - d * v + d * Math.log(v))
        return (d * v) / shape
    }
  }

  /** Poisson, by Knuth's product of uniforms; meant for means of a few, and never above `most`. */
  poisson(mean: number, most = 60): number {
    const floor = Math.exp(-mean)
    let count = 0
    for (let product = this.next(); product > floor && count < most; product *= this.next()) count++
    return count
  }
}

/** Items drawn in proportion to their weights. */
export class Weighted<T> {
  private readonly items: readonly T[]
  private readonly sums: number[] = []
  readonly total: number

  constructor(items: readonly T[], weightOf: (item: T) => number) {
    this.items = items
    let total = 0
    for (const item of items) {
      total += weightOf(item)
      this.sums.push(total)
    }
    this.total = total
  }

  draw(random: Random): T {
    const point = random.next() * this.total
    let low = 0
    let high = this.sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.sums[middle] ?? 0) > point) high = middle
      else low = middle + 1
    }
    const item = this.items[low]
    if (item === undefined) throw new RangeError('cannot draw from an empty list')
    return item
  }
}
