import { entryOf, isScore, type ScoreKind, type ScoreName, scoreNames } from '../models/scores.ts'
import type { AddressTimes } from './address-times.ts'
import { balanceName, isLaidName, type LaidName } from './ledger.ts'
import { type OwnerName, ownerNames } from './owner.ts'
import { type AttributeType, type Declared, type ReadingContext, typedValue } from './types/index.ts'
import type { Value } from './value.ts'

export type { Value } from './value.ts'

/** The types of the brand's attributes; what none is declared for is what its JSON says. */
export interface AttributeTypes extends ReadingContext {
  readonly of: Readonly<Record<string, Declared>>
}

/** What a property of an event may be: shops send lists of objects too, such as the lines of an order. */
export type PropertyValue =
  | string
  | number
  | boolean
  | readonly PropertyValue[]
  | { readonly [name: string]: PropertyValue }
export type Properties = Readonly<Record<string, PropertyValue>>

/**
 * Why nothing goes to an address on a channel: its owner asked for no more, may have asked so, complained, or
 * blocked us; or it was found dead.
 */
export const closures = ['opted_out', 'doubtful', 'complaint', 'block', 'hard_bounce', 'invalid'] as const
export type Closure = (typeof closures)[number]

/** One member of the brand, as every room sees one. */
export interface Customer {
  readonly id: string
  readonly name: string | null
  readonly phone: string | null
  readonly email: string | null
  /** By what WeCom knows them, once they have added somebody of the corp's. */
  readonly externalUserId?: string | null
  /** By what the official account knows them, once they have followed it. */
  readonly openid?: string | null
  /** Until when the account may answer them (epoch milliseconds), as far as answers are left. */
  readonly talkUntil?: number | null
  readonly gender: string | null
  /** YYYY-MM-DD */
  readonly birthday: string | null
  readonly city: string | null
  /** Epoch milliseconds. */
  readonly registeredAt: number | null
  readonly timezone: string | null
  readonly language: string | null
  /** What its address has said; null: never asked, and the brand's default policy decides. */
  readonly consentSms: boolean | null
  readonly consentEmail: boolean | null
  /** By id, phone or mailbox. */
  readonly blacklisted: boolean
  /** Channels that the customer has unsubscribed from: those that are closed by an opt-out. */
  readonly unsubscribed: readonly string[]
  /** Channels that are closed to the customer's addresses, and why. */
  readonly closed: Readonly<Partial<Record<string, Closure>>>
  /** Since when they are (epoch milliseconds), where that is known; on the blacklist under `*`. */
  readonly closedSince?: Readonly<Partial<Record<string, number>>>
  /** What else is known of the addresses in use with its time; only where a condition asks for it (`addresses` of its needs). */
  readonly addressTimes?: AddressTimes
  /** As they came in: a text stays the text that it was. `attributeOf` reads them by their types. */
  readonly attributes: Readonly<Record<string, string | number | boolean>>
  /** Without it no attribute has a declared type. */
  readonly types?: AttributeTypes
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
  /** Of what lasts, such as a passage through a journey, when it ended; absent while it goes on. */
  readonly until?: number
}

const text: Declared = { type: 'text', format: null }
const date: Declared = { type: 'date', format: null }
const time: Declared = { type: 'time', format: null }

/** The columns of the customer under the names that files and conditions use, with their types. */
const columns = {
  customer_id: { type: text, of: ({ id }) => id },
  name: { type: text, of: ({ name }) => name },
  phone: { type: text, of: ({ phone }) => phone },
  email: { type: text, of: ({ email }) => email },
  gender: { type: text, of: ({ gender }) => gender },
  birthday: { type: date, of: ({ birthday }) => birthday },
  city: { type: text, of: ({ city }) => city },
  registered_at: { type: time, of: ({ registeredAt }) => registeredAt },
  timezone: { type: text, of: ({ timezone }) => timezone },
  language: { type: text, of: ({ language }) => language },
} as const satisfies Record<string, { type: Declared; of: (customer: Customer) => Value | null }>
type Column = keyof typeof columns

const number: Declared = { type: 'number', format: null }
/** What models say of a customer is asked for as an attribute is, of these types. */
const kindTypes: Readonly<Record<ScoreKind, Declared>> = {
  fifth: number,
  word: text,
  text,
  number,
  share: number,
  rank: number,
  hour: number,
  money: { type: 'money', format: null },
}
/** The types of all scores, by their names. */
export const scoreTypes = Object.fromEntries(
  scoreNames.map((name) => [name, kindTypes[entryOf(name).kind]]),
) as Readonly<Record<ScoreName, Declared>>

/** Who has a customer is text, as are their names and numbers. */
const ownerTypes = Object.fromEntries(Object.keys(ownerNames).map((name) => [name, text])) as Readonly<
  Record<OwnerName, Declared>
>

/** The types of what is laid over a customer's attributes. */
export const laidTypes: Readonly<Record<LaidName, Declared>> = { ...ownerTypes, [balanceName]: number }

export const columnNames: readonly string[] = Object.keys(columns)
export const isColumn = (name: string): name is Column => Object.hasOwn(columns, name)

/** The type of a column or an attribute; null where nobody has declared one. */
export function declaredOf(types: AttributeTypes | undefined, name: string): Declared | null {
  if (isColumn(name)) return columns[name].type
  if (isScore(name)) return scoreTypes[name]
  // A brand may have an attribute of its own by that name, of its own type.
  const own = types !== undefined && Object.hasOwn(types.of, name) ? (types.of[name] ?? null) : null
  return own ?? (isLaidName(name) ? laidTypes[name] : null)
}

/** A known column or an attribute of the customer as it came in; null where it has no value. */
export function rawAttributeOf(customer: Customer, name: string): Value | null {
  if (isColumn(name)) return columns[name].of(customer)
  return Object.hasOwn(customer.attributes, name) ? (customer.attributes[name] ?? null) : null
}

/**
 * A known column or an attribute of the customer, read as its declared type has it; null where it has no
 * value, or none that can be read so.
 */
export function attributeOf(customer: Customer, name: string): Value | null {
  const raw = rawAttributeOf(customer, name)
  return isColumn(name) ? raw : typedAttribute(raw, name, customer.types)
}

/** The columns that are a text of the customer's, by the names that they have there. */
const texts = {
  name: 'name',
  phone: 'phone',
  email: 'email',
  gender: 'gender',
  birthday: 'birthday',
  city: 'city',
  timezone: 'timezone',
  language: 'language',
} as const satisfies Partial<Record<Column, keyof Customer>>

const isText = (name: string): name is keyof typeof texts => Object.hasOwn(texts, name)

/** A customer with another value of a column or an attribute, null for none; who it is stays. */
export function withAttribute(
  customer: Customer,
  name: string,
  value: string | number | boolean | null,
): Customer {
  if (isText(name)) return { ...customer, [texts[name]]: value === null ? null : String(value) }
  if (name === 'registered_at') {
    const at = typeof value === 'number' ? value : Date.parse(String(value))
    return { ...customer, registeredAt: Number.isNaN(at) ? null : at }
  }
  if (isColumn(name)) return customer
  const { [name]: _before, ...others } = customer.attributes
  return { ...customer, attributes: value === null ? others : { ...others, [name]: value } }
}

/** Types of which a text says only what could be read; of the others it says what came in. */
const strict: Readonly<Record<AttributeType, boolean>> = {
  text: false,
  number: true,
  money: true,
  date: true,
  time: true,
  yes_no: false,
  list: false,
}

/** An attribute as a text of a message has it. `plain` is what a template reckons with and compares. */
export type WrittenAttribute =
  | { readonly kind: 'plain'; readonly plain: Scalar }
  /** Minor units. */
  | { readonly kind: 'money'; readonly plain: Scalar; readonly minor: number }
  /** As `Reading` has a date and a time. */
  | { readonly kind: 'date'; readonly plain: Scalar; readonly day: string }
  | { readonly kind: 'time'; readonly plain: Scalar; readonly at: number }

/**
 * An attribute as a text of a message has it: a number to reckon with, a day that only its column's way of
 * writing tells as a date that anybody can read, else as it came in; null where it cannot be read as its type
 * has it, so that nobody is told what nobody could read.
 */
export function writtenAttribute(
  raw: Scalar,
  name: string,
  types: AttributeTypes | undefined,
): WrittenAttribute | null {
  const declared = declaredOf(types, name)
  if (declared === null || types === undefined || !strict[declared.type]) return { kind: 'plain', plain: raw }
  const { type, format } = declared
  if (type === 'number') return writtenNumber(raw, declared, types)
  if (type === 'money') {
    const minor = typedValue(declared, raw, types)
    return typeof minor === 'number' ? { kind: 'money', plain: raw, minor } : null
  }
  const day = typedValue({ type: 'date', format }, raw, types)
  if (typeof day !== 'string') return null
  const plain = format === null ? raw : day
  const at = type === 'time' ? typedValue(declared, raw, types) : null
  return typeof at === 'number' ? { kind: 'time', plain, at } : { kind: 'date', plain, day }
}

function writtenNumber(raw: Scalar, declared: Declared, types: AttributeTypes): WrittenAttribute | null {
  const number = typeof raw === 'number' ? raw : typedValue(declared, raw, types)
  return typeof number === 'number' ? { kind: 'plain', plain: number } : null
}
type Scalar = string | number | boolean

/** A value of an attribute as it came in, read as its declared type has it. */
export function typedAttribute(
  raw: Value | null,
  name: string,
  types: AttributeTypes | undefined,
): Value | null {
  const declared = declaredOf(types, name)
  return raw === null || declared === null || types === undefined ? raw : typedValue(declared, raw, types)
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
  if (typeof value !== 'object' || value === null) return []
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
