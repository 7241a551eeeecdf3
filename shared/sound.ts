/** Why JSON that was read is not taken: a level too deep, a text that is none, a number that lost its digits. */
export interface Unsound {
  readonly kind: 'too-deep' | 'broken-text' | 'number-lost'
  readonly path: readonly (string | number)[]
}

export interface SoundRules {
  /** How many levels of lists and objects there may be. */
  readonly depth: number
  /** Whether whole numbers beyond 2^53, whose last digits are lost in reading, are let through. */
  readonly looseNumbers?: boolean
}

interface Part {
  readonly value: unknown
  readonly key: string | number
  readonly level: number
  readonly parent: Part | null
}

function pathOf(part: Part): (string | number)[] {
  const path: (string | number)[] = []
  for (let at: Part | null = part; at !== null && at.parent !== null; at = at.parent) path.unshift(at.key)
  return path
}

const broken = /[\0\p{Cs}]/u

/** Text that can be kept and sent as it is: without NUL, and without half a character. */
export function isSoundText(text: string): boolean {
  return !broken.test(text)
}

function faultOf({ value, key, level }: Part, rules: SoundRules): Unsound['kind'] | null {
  if (typeof key === 'string' && !isSoundText(key)) return 'broken-text'
  if (typeof value === 'string') return isSoundText(value) ? null : 'broken-text'
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return 'number-lost'
    return rules.looseNumbers || !Number.isInteger(value) || Number.isSafeInteger(value)
      ? null
      : 'number-lost'
  }
  return typeof value === 'object' && value !== null && level >= rules.depth ? 'too-deep' : null
}

/**
 * The first part of a JSON value that cannot be taken as it is; null where there is none. Goes through without
 * calling itself, so that no depth is too deep for it.
 */
export function unsoundPart(json: unknown, rules: SoundRules): Unsound | null {
  const open: Part[] = [{ value: json, key: '', level: 0, parent: null }]
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const kind = faultOf(part, rules)
    if (kind !== null) return { kind, path: pathOf(part) }
    const { value, level } = part
    if (typeof value !== 'object' || value === null) continue
    const members: [string | number, unknown][] = Array.isArray(value)
      ? value.map((member, index) => [index, member])
      : Object.entries(value)
    for (const [key, member] of members.reverse())
      open.push({ value: member, key, level: level + 1, parent: part })
  }
  return null
}
