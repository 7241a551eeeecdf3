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
  'coupon.expires': { filter: 'date_local', unreadable: false },
  'entry.amount': { filter: 'money', unreadable: true },
  'picks[0].price': { filter: 'money', unreadable: true },
  'festival.date': { filter: 'date_local', unreadable: false },
  'customer.birthday': { filter: 'date_local', unreadable: false },
}

/** Of a list each member is written as the first. */
function knownOf(path: string): KnownFormat | undefined {
  const first = path.replace(/\[\d+\]/, '[0]')
  return Object.hasOwn(known, first) ? known[first] : undefined
}

/** How a variable is written out; null where it is read as it is kept. */
export function formatOf(path: string): ValueFormat | null {
  return knownOf(path)?.filter ?? null
}

/** The filter without which nobody can read a variable; null where it may stand bare. */
export function neededFormat(path: string): ValueFormat | null {
  const format = knownOf(path)
  return format?.unreadable === true ? format.filter : null
}
