import { contactNamed } from '../channels/address/conceal.ts'
import { type Operator, operators } from '../conditions/schema.ts'

/** What a test asks of a phone or a mailbox: the whole, whether there is one, or a part. */
const asks: Readonly<Record<Operator, 'whole' | 'beginning' | 'part'>> = {
  eq: 'whole',
  ne: 'whole',
  in: 'whole',
  not_in: 'whole',
  is_set: 'whole',
  not_set: 'whole',
  starts_with: 'beginning',
  contains: 'part',
  gt: 'part',
  gte: 'part',
  lt: 'part',
  lte: 'part',
}

/** As many letters of each as a mask shows: 138****1234, w***@example.com. */
const shownAtFirst = { phone: 3, email: 1 } as const

const isOperator = (op: unknown): op is Operator => operators.some((one) => one === op)

function isSeen(kind: 'phone' | 'email', op: Operator, value: unknown): boolean {
  if (Array.isArray(value)) return value.every((one) => isSeen(kind, op, one))
  const text = String(value)
  if (asks[op] === 'beginning') return text.length <= shownAtFirst[kind]
  // The provider stands behind the only @, and is shown whole.
  return op === 'contains' && kind === 'email' && text.startsWith('@')
}

/**
 * The first field in a condition, at whatever depth, of which a part is asked that a mask hides: by such tests a phone
 * could be learned digit by digit. null where there is none.
 */
export function hiddenPartAsked(condition: unknown): string | null {
  if (typeof condition !== 'object' || condition === null) return null
  const { name, property, op, value } = { name: null, property: null, op: null, value: null, ...condition }
  const field = typeof property === 'string' ? property : typeof name === 'string' ? name : null
  const kind = field === null ? null : contactNamed(field)
  if (kind !== null && isOperator(op) && asks[op] !== 'whole' && !isSeen(kind, op, value)) return field
  for (const part of Object.values(condition)) {
    const found = hiddenPartAsked(part)
    if (found !== null) return found
  }
  return null
}
