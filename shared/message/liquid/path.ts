import { type FilteredValueToken, type Token, TypeGuards } from 'liquidjs'
import { plainOf } from '../typed.ts'
import { countGraphemes, graphemes } from './graphemes.ts'

/** A variable whose every step is written out, such as `customer.orders[0].name`. */
export interface Path {
  root: string
  keys: readonly (string | number)[]
  name: string
}

const PLAIN = /^[\u0080-\uFFFFa-zA-Z_][\u0080-\uFFFFa-zA-Z0-9_-]*$/

/** The name under which a path is reported; the same that LiquidJS's analysis gives. */
export function pathName(root: string, keys: readonly (string | number)[]): string {
  const step = (key: string | number): string => {
    if (typeof key === 'number') return `[${key}]`
    return PLAIN.test(key) ? `.${key}` : `['${key}']`
  }
  return (PLAIN.test(root) ? root : `['${root}']`) + keys.map(step).join('')
}

/** The path that a token reads, or undefined if it is a literal, a range or has a computed step. */
export function pathOf(token: Token | undefined): Path | undefined {
  if (!TypeGuards.isPropertyAccessToken(token) || token.variable !== undefined) return undefined
  const steps: (string | number)[] = []
  for (const prop of token.props) {
    if (TypeGuards.isWordToken(prop) || TypeGuards.isQuotedToken(prop) || TypeGuards.isNumberToken(prop)) {
      steps.push(prop.content)
    } else return undefined
  }
  const [root, ...keys] = steps
  return typeof root === 'string' ? { root, keys, name: pathName(root, keys) } : undefined
}

/** The one operand of an expression without operators. */
export function onlyOperand(value: FilteredValueToken): Token | undefined {
  return value.initial.postfix.length === 1 ? value.initial.postfix[0] : undefined
}

/** Follows keys through own properties only, with Liquid's `size`, `first` and `last`. */
export function readKeys(start: unknown, keys: readonly (string | number)[]): unknown {
  let value = start
  for (const key of keys) {
    if (value === undefined || value === null) return undefined
    value = readKey(value, key)
  }
  return value
}

function readText(text: string, key: string | number): unknown {
  if (key === 'size') return countGraphemes(text)
  if (key === 'first') return graphemes(text)[0]
  return key === 'last' ? graphemes(text).at(-1) : undefined
}

function readKey(typed: unknown, key: string | number): unknown {
  const value = plainOf(typed)
  if (typeof value === 'string') return readText(value, key)
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) {
    if (typeof key === 'number') return value.at(key)
    if (key === 'size') return value.length
    if (key === 'first') return value[0]
    return key === 'last' ? value.at(-1) : undefined
  }
  if (Object.hasOwn(value, key)) return Reflect.get(value, key)
  if (key === 'first') return Object.entries(value)[0]
  return key === 'size' ? Object.keys(value).length : undefined
}
