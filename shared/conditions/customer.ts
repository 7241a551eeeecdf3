type Scalar = string | number | boolean

/** A value as conditions compare it. */
export type Value = Scalar | readonly Scalar[]

/** What a property of an event may be: shops send lists of objects too, such as the lines of an order. */
export type PropertyValue = Scalar | readonly PropertyValue[] | { readonly [name: string]: PropertyValue }
export type Properties = Readonly<Record<string, PropertyValue>>

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
  readonly properties: Properties
  /** Order of arrival among all events; absent where it was not recorded but drawn. */
  readonly seq?: number
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

/** The property under which an order's number is asked for, wherever the order came from. */
export const orderNumber = 'order_id'

/** Whether a property of an event is, unless the event says otherwise, the event's id: an order's number. */
export function isOrderNumber(event: string, property: string): boolean {
  return event === 'order' && property === orderNumber
}

/** A value as conditions see it: of objects, each one's JSON text. */
function comparable(value: PropertyValue): Value {
  if (typeof value !== 'object') return value
  if (!isList(value)) return JSON.stringify(value)
  return value.flatMap((member) => comparable(member))
}

function isList(value: PropertyValue): value is readonly PropertyValue[] {
  return Array.isArray(value)
}

function memberAt(value: PropertyValue, path: readonly string[]): PropertyValue[] {
  const [first, ...rest] = path
  if (first === undefined) return [value]
  if (typeof value !== 'object') return []
  if (isList(value)) return value.flatMap((member) => memberAt(member, path))
  const own = Object.hasOwn(value, first) ? value[first] : undefined
  return own === undefined ? [] : memberAt(own, rest)
}

/**
 * A property by its name, else by its path: `items.title` is the list of the titles of all items, of which a
 * comparison needs one to hold. Null where there is none.
 */
export function valueAt(properties: Properties, name: string): Value | null {
  const own = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (own !== undefined) return comparable(own)
  if (!name.includes('.')) return null
  const found = memberAt(properties, name.split('.'))
  const [only] = found
  if (only === undefined) return null
  return found.length === 1 ? comparable(only) : comparable(found)
}

/** A property of an event; `amount` is the event's own, and the `order_id` of an order its id. */
export function propertyOf(event: CustomerEvent, name: string): Value | null {
  if (name === 'amount') return event.amount
  return valueAt(event.properties, name) ?? (isOrderNumber(event.name, name) ? event.id : null)
}

/**
 * What may be known of the event by which a customer came in, and what an enrollment keeps of it: all that
 * `propertyOf` answers, and the event's `id` and `at` (ISO) where it has no properties of those names.
 */
export function entryValues(event: CustomerEvent): Properties {
  const { amount, ...own } = event.properties
  return {
    id: event.id,
    at: new Date(event.at).toISOString(),
    ...(isOrderNumber(event.name, orderNumber) ? { [orderNumber]: event.id } : {}),
    ...own,
    ...(event.amount === null ? {} : { amount: event.amount }),
  }
}
