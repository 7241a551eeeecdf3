/**
 * Why JSON that was read is not taken: a level too deep, a text that is none, a number that lost its digits, a name that
 * JavaScript takes for something else.
 */
export interface Unsound {
  readonly kind: 'too-deep' | 'broken-text' | 'number-lost' | 'reserved-name'
  readonly path: readonly (string | number)[]
}

export interface SoundRules {
  /** How many levels of lists and objects there may be. */
  readonly depth: number
  /** Whether whole numbers beyond 2^53, whose last digits are lost in reading, are let through. */
  readonly looseNumbers?: boolean
}

const broken = /[\0\p{Cs}]/u

/** Text that can be kept and sent as it is: without NUL, and without half a character. */
export function isSoundText(text: string): boolean {
  return !broken.test(text)
}

/** A list or an object that is being gone through, and how far. */
interface Open {
  readonly members: readonly unknown[]
  /** null: a list, whose members have no names. */
  readonly names: readonly string[] | null
  at: number
}

function opened(holder: object): Open {
  if (Array.isArray(holder)) return { members: holder, names: null, at: 0 }
  return { members: Object.values(holder), names: Object.keys(holder), at: 0 }
}

const keyOf = ({ names, at }: Open): string | number => names?.[at] ?? at

function numberFault(value: number, { looseNumbers = false }: SoundRules): Unsound['kind'] | null {
  if (!Number.isFinite(value)) return 'number-lost'
  return looseNumbers || !Number.isInteger(value) || Number.isSafeInteger(value) ? null : 'number-lost'
}

/** What is wrong with a name by itself. */
function nameFault(name: string | undefined): Unsound['kind'] | null {
  if (name === undefined) return null
  if (name === '__proto__') return 'reserved-name'
  return isSoundText(name) ? null : 'broken-text'
}

/** What is wrong with a value by itself, whatever it holds; `level`: in how many lists and objects it stands. */
function faultOf(value: unknown, level: number, rules: SoundRules): Unsound['kind'] | null {
  if (typeof value === 'string') return isSoundText(value) ? null : 'broken-text'
  if (typeof value === 'number') return numberFault(value, rules)
  return typeof value === 'object' && value !== null && level >= rules.depth ? 'too-deep' : null
}

/**
 * The first part of a JSON value that cannot be taken as it is; null where there is none. Goes through without
 * calling itself, so that no depth is too deep for it, and keeps nothing of what it has passed: there may be millions.
 */
export function unsoundPart(json: unknown, rules: SoundRules): Unsound | null {
  const whole = faultOf(json, 0, rules)
  if (whole !== null) return { kind: whole, path: [] }
  const open: Open[] = typeof json === 'object' && json !== null ? [opened(json)] : []
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    if (last.at >= last.members.length) {
      open.pop()
      const before = open.at(-1)
      if (before !== undefined) before.at += 1
      continue
    }
    const value = last.members[last.at]
    const kind = nameFault(last.names?.[last.at]) ?? faultOf(value, open.length, rules)
    if (kind !== null) return { kind, path: open.map(keyOf) }
    if (typeof value === 'object' && value !== null) open.push(opened(value))
    else last.at += 1
  }
  return null
}
