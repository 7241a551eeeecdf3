/** The filter by which a value is written as its reader expects it. */
export type ValueFormat = 'money' | 'date_local'

interface KnownFormat {
  readonly filter: ValueFormat
  /** Whether its bare form is nothing that a customer can read: minor units, milliseconds. */
  readonly unreadable: boolean
}

const known: Readonly<Record<string, KnownFormat>> = {
  'coupon.value': { filter: 'money', unreadable: true },
  'coupon.min_spend': { filter: 'money', unreadable: true },
  'coupon.expires_at': { filter: 'date_local', unreadable: true },
  'entry.amount': { filter: 'money', unreadable: true },
  'festival.date': { filter: 'date_local', unreadable: false },
  'customer.birthday': { filter: 'date_local', unreadable: false },
}

/** How a variable is written out; null where it is read as it is kept. */
export function formatOf(path: string): ValueFormat | null {
  return Object.hasOwn(known, path) ? (known[path]?.filter ?? null) : null
}

/** The filter without which nobody can read a variable; null where it may stand bare. */
export function neededFormat(path: string): ValueFormat | null {
  return Object.hasOwn(known, path) && known[path]?.unreadable === true ? known[path].filter : null
}
