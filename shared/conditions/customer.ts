/** A value of an attribute or of an event's property. */
export type Value = string | number | boolean | readonly string[]

/** One member of the brand, as every room sees one. */
export interface Customer {
  readonly id: string
  readonly name: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly gender: string | null
  /** YYYY-MM-DD */
  readonly birthday: string | null
  readonly city: string | null
  /** Epoch milliseconds. */
  readonly registeredAt: number | null
  readonly timezone: string | null
  readonly language: string | null
  /** null: never asked; the brand's default policy decides. */
  readonly consentSms: boolean | null
  readonly consentEmail: boolean | null
  readonly blacklisted: boolean
  /** Channels that the customer has unsubscribed from. */
  readonly unsubscribed: readonly string[]
  readonly attributes: Readonly<Record<string, string | number | boolean>>
}

/** Something that a customer did, or that happened to one. A purchase is the event `order`. */
export interface CustomerEvent {
  readonly id: string
  readonly name: string
  /** Epoch milliseconds of the event's own time. */
  readonly at: number
  /** Minor units; null where no money is involved. */
  readonly amount: number | null
  readonly properties: Readonly<Record<string, Value>>
}

/** The columns of the customer under the names that files and conditions use. */
const columns: Readonly<Record<string, (customer: Customer) => Value | null>> = {
  customer_id: (customer) => customer.id,
  name: (customer) => customer.name,
  phone: (customer) => customer.phone,
  email: (customer) => customer.email,
  gender: (customer) => customer.gender,
  birthday: (customer) => customer.birthday,
  city: (customer) => customer.city,
  registered_at: (customer) => customer.registeredAt,
  timezone: (customer) => customer.timezone,
  language: (customer) => customer.language,
}

export const columnNames: readonly string[] = Object.keys(columns)

/** A known column or an attribute of the customer; null where it has no value. */
export function attributeOf(customer: Customer, name: string): Value | null {
  if (Object.hasOwn(columns, name)) return columns[name]?.(customer) ?? null
  return Object.hasOwn(customer.attributes, name) ? (customer.attributes[name] ?? null) : null
}

/** A property of an event; `amount` is the event's own. */
export function propertyOf(event: CustomerEvent, name: string): Value | null {
  if (name === 'amount') return event.amount
  return Object.hasOwn(event.properties, name) ? (event.properties[name] ?? null) : null
}
