import type { Operand, Operator, Scalar } from './schema.ts'

const marks = /[\s()[\].·‐‑‒–—−-]/g
const mobile = /^(?:\+?(?:0*86)+)?0?(1[3-9]\d{9})$/

/** A phone as profiles have it: at home its digits, of other countries with + and their code. */
function phone(text: string): string {
  const bare = text.normalize('NFKC').replace(marks, '')
  return mobile.exec(bare)?.[1] ?? bare.replace(/^00(?=[1-9])/, '+')
}

const email = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/** Columns that hold addresses in one form, and how what is written is brought near it. */
const forms: ReadonlyMap<string, (text: string) => string> = new Map([
  ['phone', phone],
  ['email', email],
])

/** Operators that ask for the whole of an address; a part of one is looked for as it is written. */
const whole: ReadonlySet<Operator> = new Set(['eq', 'ne', 'in', 'not_in'])

/**
 * What a test of a column compares with: an address in the form in which profiles have it, however a person has
 * written it (+86 138 0000 0001, Wang@Example.com); anything else as it stands.
 */
export function operandFor(name: string, op: Operator, value: Operand | undefined): Operand | undefined {
  const form = whole.has(op) ? forms.get(name) : undefined
  if (form === undefined || value === undefined) return value
  const one = (scalar: Scalar): Scalar => (typeof scalar === 'boolean' ? scalar : form(String(scalar)))
  return Array.isArray(value) ? value.map(one) : one(value)
}
