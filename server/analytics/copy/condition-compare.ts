import { isDate } from '../../../shared/calendar/date.ts'
import {
  dayIn,
  isCode,
  isoInstantIn,
  minorIn,
  numberIn,
  timeIn,
  truthIn,
} from '../../../shared/conditions/same.ts'
import type { Operand, Operator, Scalar } from '../../../shared/conditions/schema.ts'
import {
  type AttributeType,
  type Declared,
  type ReadingContext,
  types,
} from '../../../shared/conditions/types/index.ts'
import { isoInstant, numberText } from './condition-text.ts'
import {
  allOf,
  amongNumbers,
  amongTexts,
  anyOf,
  bound,
  numberSql,
  type Parameters,
} from './condition-writer.ts'

/** A comparison to be written: what `holds` of shared/conditions/compare does, of values that stand in a column. */
export interface Compared {
  readonly op: Operator
  readonly operand: Operand | undefined
  readonly parameters: Parameters
}

type Order = 'gt' | 'gte' | 'lt' | 'lte'
type Relation = 'same' | 'contains' | 'starts_with' | Order

const relations = {
  eq: 'same',
  in: 'same',
  ne: 'same',
  not_in: 'same',
  contains: 'contains',
  starts_with: 'starts_with',
  gt: 'gt',
  gte: 'gte',
  lt: 'lt',
  lte: 'lte',
  is_set: null,
  not_set: null,
} as const satisfies Record<Operator, Relation | null>

const signs = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const satisfies Record<Order, string>
const isOrder = (relation: Relation): relation is Order => Object.hasOwn(signs, relation)

const all = (operand: Operand): readonly Scalar[] => (Array.isArray(operand) ? operand : [operand as Scalar])
/** Neither over nor under a list of values. */
const single = (operand: Operand): Scalar | null => (Array.isArray(operand) ? null : (operand as Scalar))
const known = <T>(values: readonly (T | null)[]): T[] => values.flatMap((one) => (one === null ? [] : [one]))

/** Of a value that may be missing: its test, which is asked only where there is a value. Always true or false. */
function held(
  { op, operand }: Compared,
  missing: string,
  related: (relation: Relation, operand: Operand) => string,
) {
  if (op === 'is_set') return `not (${missing})`
  if (op === 'not_set') return `(${missing})`
  const relation = relations[op]
  if (operand === undefined || relation === null) return 'false'
  const holds = `coalesce(not (${missing}) and ${related(relation, operand)}, false)`
  return op === 'ne' || op === 'not_in' ? `(not ${holds})` : holds
}

function partOf(
  x: string,
  relation: 'contains' | 'starts_with',
  operand: Operand,
  parameters: Parameters,
): string {
  const name = relation === 'contains' ? 'contains' : 'starts_with'
  return anyOf(all(operand).map((part) => `${name}(${x}, ${parameters.text(String(part))})`))
}

function textRelated(x: string, relation: Relation, operand: Operand, parameters: Parameters): string {
  if (relation === 'same') return amongTexts(x, all(operand).map(String), parameters)
  return isOrder(relation) ? 'false' : partOf(x, relation, operand, parameters)
}

/** A text, compared as one. */
export function textHolds(x: string, compared: Compared): string {
  const { parameters } = compared
  return held(compared, `${x} is null or ${x} = ''`, (relation, operand) =>
    textRelated(x, relation, operand, parameters),
  )
}

/** A list of texts, of which one must do. */
export function listHolds(x: string, compared: Compared): string {
  const { parameters } = compared
  return held(compared, `${x} is null or len(${x}) = 0`, (relation, operand) => {
    const member = textRelated('m', relation, operand, parameters)
    return `len(list_filter(${x}, lambda m: ${member})) > 0`
  })
}

function ordered(x: string, relation: Order, wanted: number | null): string {
  return wanted === null ? 'false' : `${x} ${signs[relation]} ${numberSql(wanted)}`
}

/** A number of which nobody has said what it is: as text it is what JavaScript writes. */
function numberRelated(x: string, relation: Relation, operand: Operand, parameters: Parameters): string {
  if (relation === 'same') {
    // Beyond the safe ones whole numbers have lost their last digits: two of them only look the same.
    const safe = `(${x} <> floor(${x}) or abs(${x}) <= ${Number.MAX_SAFE_INTEGER})`
    const wanted = known(all(operand).map((one) => (isCode(one) ? null : numberIn(one))))
    return wanted.length === 0 ? 'false' : allOf([amongNumbers(x, wanted), safe])
  }
  if (!isOrder(relation))
    return bound(numberText(x), (text) => partOf(text, relation, operand, parameters), 't')
  const wanted = single(operand)
  return ordered(x, relation, wanted === null ? null : numberIn(wanted))
}

/** A number that has been counted or added up, or an amount. */
export function numberHolds(x: string, compared: Compared): string {
  const { parameters } = compared
  return held(compared, `${x} is null`, (relation, operand) =>
    numberRelated(x, relation, operand, parameters),
  )
}

/** More values than so many are told apart no sooner than the sums themselves. */
const mostDeciding = 12

/** The numbers beside which it matters how a number was rounded; null: beside all, as its digits are looked at. */
export function decidingNumbers({ op, operand }: Pick<Compared, 'op' | 'operand'>): readonly number[] | null {
  const relation = relations[op]
  if (operand === undefined || relation === null) return []
  const wanted = known(all(operand).map(numberIn))
  return (relation === 'same' || isOrder(relation)) && wanted.length <= mostDeciding ? wanted : null
}

function truthRelated(x: string, relation: Relation, operand: Operand, parameters: Parameters): string {
  if (relation === 'same') return amongTexts(x, known(all(operand).map(truthIn)).map(String), parameters)
  return isOrder(relation) ? 'false' : partOf(x, relation, operand, parameters)
}

function jsonTextRelated(x: string, relation: Relation, operand: Operand, parameters: Parameters): string {
  const text = `json_extract_string(${x}, '$')`
  if (!isOrder(relation)) return bound(text, (t) => textRelated(t, relation, operand, parameters), 't')
  const one = single(operand)
  const wanted = one === null ? null : isoInstantIn(one)
  if (wanted === null) return 'false'
  return bound(text, (t) => `${isoInstant(t)} ${signs[relation]} ${numberSql(wanted)}`, 't')
}

/** Texts that JSON writes just as they are. */
const plainText = /^[^"\\\p{Control}\p{Surrogate}]+$/u

/**
 * Texts of which one stands in the JSON of whatever is the same as an operand; null where that cannot be said, as of
 * a text that reads as a number. What no such text is in need not be looked at.
 */
export function needlesOf({ op, operand }: Compared): readonly string[] | null {
  if ((op !== 'eq' && op !== 'in') || operand === undefined) return null
  const texts = all(operand).map((one) =>
    typeof one === 'string' && plainText.test(one) && numberIn(one) === null && truthIn(one) === null
      ? one
      : null,
  )
  return texts.length > 12 || texts.includes(null) ? null : known(texts)
}

/**
 * A value of JSON, or a list of such, as text: what it is by JSON says how it is compared. `number`: the number that it
 * is, where that has been read already; most values are told apart by that.
 */
export function jsonHolds(json: string, compared: Compared, number: string | null = null): string {
  const { parameters } = compared
  const holds = anyJsonHolds(json, compared)
  if (number === null) return holds
  const asNumber = held(compared, 'false', (relation, operand) =>
    numberRelated(number, relation, operand, parameters),
  )
  return `case when ${number} is null then ${holds} else ${asNumber} end`
}

function anyJsonHolds(json: string, compared: Compared): string {
  const { parameters } = compared
  return bound(json, (v) =>
    held(compared, `${v} is null or ${v} in ('""', '[]')`, (relation, operand) => {
      const scalar = (x: string) => `case
        when starts_with(${x}, '"') then ${jsonTextRelated(x, relation, operand, parameters)}
        when ${x} in ('true', 'false') then ${truthRelated(x, relation, operand, parameters)}
        else ${bound(`try_cast(${x} as double)`, (n) => numberRelated(n, relation, operand, parameters), 'n')} end`
      return `case when starts_with(${v}, '[')
        then len(list_filter(from_json(${v}, '["JSON"]'), lambda m: ${bound('m::VARCHAR', scalar, 's')})) > 0
        else ${scalar(v)} end`
    }),
  )
}

/** Where an attribute's value stands: in a column of its declared type. */
export interface TypedValue {
  readonly sql: string
  /** Of a date: the SQL of the day that exists; null for one without a year. */
  readonly date: string
}

type TypedWriter = (x: TypedValue, compared: Compared, declared: Declared, context: ReadingContext) => string

/** Numbers whose operands are read as the type has them. */
const numbers =
  (read: (operand: Scalar, declared: Declared, context: ReadingContext) => number | null): TypedWriter =>
  ({ sql }, compared, declared, context) =>
    held(compared, `${sql} is null`, (relation, operand) => {
      if (relation === 'same')
        return amongNumbers(sql, known(all(operand).map((one) => read(one, declared, context))))
      if (!isOrder(relation)) return 'false'
      const one = single(operand)
      return ordered(sql, relation, one === null ? null : read(one, declared, context))
    })

function dateRelated(
  { sql, date }: TypedValue,
  relation: Relation,
  days: readonly string[],
  parameters: Parameters,
) {
  if (relation === 'same') return amongTexts(sql, days, parameters)
  const [day] = days
  if (!isOrder(relation) || day === undefined) return 'false'
  const over = isDate(day) ? `${date} ${signs[relation]} ${parameters.text(day)}` : 'false'
  const same = relation === 'gte' || relation === 'lte' ? `${sql} = ${parameters.text(day)}` : 'false'
  return `(coalesce(${over}, false) or ${same})`
}

const dates: TypedWriter = (value, compared, declared, context) =>
  held(compared, `${value.sql} is null or ${value.sql} = ''`, (relation, operand) => {
    if (isOrder(relation) && Array.isArray(operand)) return 'false'
    const days = known(all(operand).map((one) => dayIn(one, declared, context)))
    return dateRelated(value, relation, days, compared.parameters)
  })

/** The instants that stand so to a moment, or to all of a day. */
function timeRelated(x: string, relation: Relation, from: number, to: number | null): string {
  const [start, end] = [numberSql(from), numberSql(to ?? from)]
  if (relation === 'same') return to === null ? `${x} = ${start}` : `(${x} >= ${start} and ${x} < ${end})`
  if (relation === 'gte') return `${x} >= ${start}`
  if (relation === 'lt') return `${x} < ${start}`
  if (relation === 'gt') return to === null ? `${x} > ${start}` : `${x} >= ${end}`
  if (relation === 'lte') return to === null ? `${x} <= ${start}` : `${x} < ${end}`
  return 'false'
}

const times: TypedWriter = ({ sql }, compared, declared, context) =>
  held(compared, `${sql} is null`, (relation, operand) => {
    if (isOrder(relation) && Array.isArray(operand)) return 'false'
    const wanted = known(all(operand).map((one) => timeIn(one, declared, context)))
    return anyOf(wanted.map(({ from, to }) => timeRelated(sql, relation, from, to)))
  })

const truths: TypedWriter = ({ sql }, compared) =>
  held(compared, `${sql} is null`, (relation, operand) => {
    if (relation !== 'same') return 'false'
    const wanted = new Set(known(all(operand).map(truthIn)))
    return wanted.size === 0 ? 'false' : `${sql} in (${[...wanted].join(', ')})`
  })

const typedWriters: Readonly<Record<AttributeType, TypedWriter>> = {
  text: ({ sql }, compared) => textHolds(sql, compared),
  list: ({ sql }, compared) => listHolds(sql, compared),
  number: numbers(numberIn),
  money: numbers(minorIn),
  date: dates,
  time: times,
  yes_no: truths,
}

/** A value of an attribute that is declared to be of a type; an operator that the type does not know holds for nobody. */
export function typedHolds(
  value: TypedValue,
  declared: Declared,
  compared: Compared,
  context: ReadingContext,
): string {
  const operators: readonly Operator[] = types[declared.type].operators
  return operators.includes(compared.op)
    ? typedWriters[declared.type](value, compared, declared, context)
    : 'false'
}
