import { operandFor } from '../../shared/conditions/address.ts'
import { type AttributeTypes, declaredOf, isColumn, isOrderNumber } from '../../shared/conditions/customer.ts'
import { isOwnerName } from '../../shared/conditions/owner.ts'
import { orderEvent } from '../../shared/conditions/purchases.ts'
import {
  type AnniversaryTest,
  type Condition,
  type EventsTest,
  isEntryReference,
  type Leaf,
  type Operand,
  type Operator,
  type PropertyTest,
} from '../../shared/conditions/schema.ts'
import { intervalsOf, type TimeContext } from '../../shared/conditions/window.ts'
import { isScore } from '../../shared/models/scores.ts'
import { netAmount, orderStands, wholeSum } from './orders.ts'
import { ownerJson } from './owner.ts'

/** A piece of SQL over the customer `c`, with the values of its parameters in order. */
export interface Fragment {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

export interface SqlContext extends TimeContext {
  /** Whether the customer `c` is in an audience; null where nobody can say. */
  readonly members: (audience: string) => Fragment | null
  /** What the brand's attributes are declared to be. */
  readonly types: AttributeTypes | undefined
}

const never: Fragment = { sql: '0', values: [] }
const always: Fragment = { sql: '1', values: [] }

function join(fragments: readonly Fragment[], glue: string): Fragment {
  return {
    sql: `(${fragments.map(({ sql }) => sql).join(glue)})`,
    values: fragments.flatMap(({ values }) => values),
  }
}

function operandText(value: Operand | undefined): string {
  return value === undefined ? '' : JSON.stringify(value)
}

/** Compares a piece of SQL that yields JSON text. */
function compared(json: Fragment, op: Operator, value: Operand | undefined): Fragment {
  return { sql: `magpie_compare(${json.sql}, ?, ?)`, values: [...json.values, op, operandText(value)] }
}

/** The amount of the event `e`; an order's is less what was given back. */
function amountJson(event: string, soFar: number, write: (amount: string) => string): Fragment {
  if (event !== orderEvent) return { sql: write('e.amount'), values: [] }
  return { sql: write(netAmount), values: [soFar] }
}

/** Nothing from then on is known yet. */
const soFarOf = ({ now, knownUntil }: TimeContext) => Math.min(now, knownUntil ?? now) + 1

/** JSON text of a property of the event `e`, as `propertyOf` answers it in memory. */
function propertyJson(event: string, property: string, soFar: number): Fragment {
  if (property === 'amount') return amountJson(event, soFar, (amount) => `cast(${amount} as text)`)
  const own: Fragment = { sql: 'magpie_property(e.properties, ?)', values: [property] }
  return isOrderNumber(event, property) ? { ...own, sql: `coalesce(${own.sql}, json_quote(e.id))` } : own
}

function propertyHolds(event: string, test: PropertyTest, soFar: number): Fragment {
  const { property, op } = test
  // Over the base nobody has come in by an event, so a property of the entry has no value.
  const value = isEntryReference(test.value) ? undefined : test.value
  if (property === 'amount' || isOrderNumber(event, property))
    return compared(propertyJson(event, property, soFar), op, value)
  return { sql: 'magpie_member(e.properties, ?, ?, ?)', values: [property, op, operandText(value)] }
}

/** Which of the events `e` by its name a test asks about: filters and windows; null where no window is open. */
function meantEvents(test: EventsTest, context: TimeContext): Fragment | null {
  const windows = intervalsOf(test.window, context).map(
    ([from, to]): Fragment =>
      from === Number.NEGATIVE_INFINITY
        ? { sql: 'e.at < ?', values: [to] }
        : { sql: '(e.at >= ? and e.at < ?)', values: [from, to] },
  )
  if (windows.length === 0) return null
  const soFar = soFarOf(context)
  return join(
    [join(windows, ' or '), ...test.where.map((one) => propertyHolds(test.event, one, soFar))],
    ' and ',
  )
}

/** All events of a customer by a name; orders as far as they stand. */
function eventsNamed(event: string, context: TimeContext): Fragment {
  const named = 'from events e where e.customer_id = c.id and e.name = ?'
  if (event !== orderEvent) return { sql: named, values: [event] }
  const soFar = soFarOf(context)
  return { sql: `${named} and ${orderStands}`, values: [event, soFar, soFar] }
}

/** The events that a test asks about: name, filters and windows; null where no window is open. */
function eventsFrom(test: EventsTest, context: TimeContext): Fragment | null {
  const meant = meantEvents(test, context)
  if (meant === null) return null
  const named = eventsNamed(test.event, context)
  return { sql: `${named.sql} and ${meant.sql}`, values: [...named.values, ...meant.values] }
}

/** JSON text of the sum; decimals are added in the order of the events, as in memory, so that both round alike. */
function summed(event: string, property: string, soFar: number): Fragment {
  if (property === 'amount') return amountJson(event, soFar, (amount) => `cast(${wholeSum(amount)} as text)`)
  const { sql, values } = propertyJson(event, property, soFar)
  return { sql: `magpie_sum(${sql} order by e.at, e.seq)`, values }
}

function pickedValue(event: string, property: string, context: TimeContext): Fragment {
  if (property === 'days_ago')
    return { sql: `cast(magpie_days(e.at, ?, ?) as text)`, values: [context.now, context.zone] }
  return propertyJson(event, property, soFarOf(context))
}

function eventsHold(test: EventsTest, context: TimeContext): Fragment {
  const from = eventsFrom(test, context)
  const property = test.property ?? 'amount'
  if (from === null) {
    const empty = test.measure === 'count' || test.measure === 'sum' ? `'0'` : 'null'
    return compared({ sql: empty, values: [] }, test.op, test.value)
  }
  if (test.measure === 'count' && test.op === 'gte' && test.value === 1)
    return { sql: `exists (select 1 ${from.sql})`, values: from.values }
  if (test.measure === 'count' || test.measure === 'sum') {
    const value =
      test.measure === 'sum'
        ? summed(test.event, property, soFarOf(context))
        : { sql: 'cast(count(*) as text)', values: [] }
    const query = `(select ${value.sql} ${from.sql})`
    return compared({ sql: query, values: [...value.values, ...from.values] }, test.op, test.value)
  }
  const value = pickedValue(test.event, property, context)
  const direction = test.measure === 'first' ? 'asc' : 'desc'
  const query = `(select ${value.sql} ${from.sql} order by e.at ${direction}, e.seq ${direction} limit 1)`
  return compared({ sql: query, values: [...value.values, ...from.values] }, test.op, test.value)
}

/** What the functions must know of an attribute's type to read its values; '' where none is declared. */
function readingText(name: string, { types, zone }: SqlContext): string {
  const declared = declaredOf(types, name)
  if (declared === null) return ''
  return JSON.stringify({ declared, zone: types?.zone ?? zone, currency: types?.currency ?? '' })
}

/** Where a value of a customer's stands as JSON: what models say, and who has them, have tables of their own. */
const heldIn = (name: string): string =>
  isScore(name)
    ? `coalesce((select s.scores from scores s where s.customer_id = c.id), '{}')`
    : isOwnerName(name)
      ? `coalesce(${ownerJson('c.id')}, c.attributes)`
      : 'c.attributes'

function attributeHolds(
  name: string,
  op: Operator,
  value: Operand | undefined,
  context: SqlContext,
): Fragment {
  const asked = [op, operandText(operandFor(name, op, value)), readingText(name, context)]
  if (!isColumn(name))
    return { sql: `magpie_attribute(${heldIn(name)}, ?, ?, ?, ?)`, values: [name, ...asked] }
  return { sql: `magpie_column(${columnJson(name).sql}, ?, ?, ?)`, values: asked }
}

function anniversaryHolds(test: AnniversaryTest, context: SqlContext): Fragment {
  const { name } = test
  const { now, zone, types } = context
  const declared = isColumn(name) ? null : declaredOf(types, name)
  const reading = types === undefined ? null : { zone: types.zone, currency: types.currency }
  const asked = JSON.stringify({ test, now, zone, declared, reading })
  if (isColumn(name))
    return {
      sql: `(c.${columnOf(name)} is not null and magpie_own_day(${columnJson(name).sql}, c.timezone, ?))`,
      values: [asked],
    }
  const held = heldIn(name)
  // Most attributes are most customers' not: the name's absence is seen without reading the JSON.
  return {
    sql: `(instr(${held}, ?) > 0 and magpie_own_day(magpie_property(${held}, ?), c.timezone, ?))`,
    values: [JSON.stringify(name), name, asked],
  }
}

/** Whether the customer is in a saved list. */
export function listHolds(audience: string): Fragment {
  return {
    sql: 'exists (select 1 from audience_members m where m.audience = ? and m.customer_id = c.id)',
    values: [audience],
  }
}

function leafHolds(test: Leaf, context: SqlContext, unsure: Fragment): Fragment {
  switch (test.kind) {
    case 'attribute':
      return attributeHolds(test.name, test.op, test.value, context)
    case 'tag': {
      const has = 'exists (select 1 from tags t where t.customer_id = c.id and t.tag = ?)'
      return { sql: test.has ? has : `not ${has}`, values: [test.tag] }
    }
    case 'audience': {
      const member = context.members(test.audience)
      if (member === null) return unsure
      return test.member ? member : { sql: `not ${member.sql}`, values: member.values }
    }
    case 'anniversary':
      return anniversaryHolds(test, context)
    case 'events':
      return eventsHold(test, context)
    case 'history':
      return compared({ sql: `'0'`, values: [] }, test.op, test.value)
    case 'entry':
      return compared({ sql: 'null', values: [] }, test.op, test.value)
  }
}

const columnOf = (name: string) => (name === 'customer_id' ? 'id' : name)

function columnJson(name: string): Fragment {
  const column = columnOf(name)
  // Bytes, which only another program can have written there, are the text that they spell.
  const value = `iif(typeof(c.${column}) = 'blob', cast(c.${column} as text), c.${column})`
  return { sql: `case when c.${column} is null then null else json_quote(${value}) end`, values: [] }
}

const ordered: Partial<Readonly<Record<Operator, string>>> = { gt: '>', gte: '>=', lt: '<', lte: '<=' }

/** Compares a whole number of SQL; with another the database does so itself, which is many times faster. */
function comparedWhole(sql: string, op: Operator, value: Operand | undefined): Fragment {
  const sign = ordered[op]
  if (sign !== undefined && typeof value === 'number' && Number.isSafeInteger(value))
    return { sql: `${sql} ${sign} ?`, values: [value] }
  return compared({ sql: `cast(${sql} as text)`, values: [] }, op, value)
}

/** From so many tests of one event on they are answered together. */
const fewestTogether = 4

type CountedTest = EventsTest & { readonly measure: 'count' | 'sum' }

/** Tests that count or add up amounts, so that one walk over a customer's events can answer many of them. */
function isCounted(part: Condition): part is CountedTest {
  if (part.kind !== 'events') return false
  return part.measure === 'count' || (part.measure === 'sum' && (part.property ?? 'amount') === 'amount')
}

/**
 * Tests of one event in one walk over each customer's events: two hundred sums by themselves would look up what has
 * been given back of every order two hundred times. The limit keeps the database from doing just that.
 */
function heldTogether(
  event: string,
  tests: readonly CountedTest[],
  context: SqlContext,
  glue: string,
): Fragment {
  const named = eventsNamed(event, context)
  const net = amountJson(event, soFarOf(context), (amount) => amount)
  const measures: Fragment[] = []
  const answers = tests.map((test): Fragment => {
    const meant = meantEvents(test, context) ?? never
    const counted = test.measure === 'count' ? '1' : 'e.net'
    measures.push({
      sql: `${wholeSum(`case when ${meant.sql} then ${counted} end`)} as m${measures.length}`,
      values: meant.values,
    })
    return comparedWhole(`m.m${measures.length - 1}`, test.op, test.value)
  })
  const asked = join(answers, glue)
  const within = `select e.id, e.customer_id, e.at, e.amount, e.properties, ${net.sql} as net ${named.sql} limit -1`
  return {
    sql: `(select ${asked.sql} from (select ${measures.map(({ sql }) => sql).join(', ')} from (${within}) e) m)`,
    values: [...asked.values, ...measures.flatMap(({ values }) => values), ...net.values, ...named.values],
  }
}

/** The parts of a group; many tests of one event stand together, behind the rest. */
function partsOf(
  parts: readonly Condition[],
  context: SqlContext,
  unsure: Fragment,
  glue: string,
): Fragment[] {
  const counted = new Map<string, CountedTest[]>()
  for (const part of parts)
    if (isCounted(part)) {
      const known = counted.get(part.event)
      if (known === undefined) counted.set(part.event, [part])
      else known.push(part)
    }
  const together = [...counted].filter(([, tests]) => tests.length >= fewestTogether)
  const events = new Set(together.map(([event]) => event))
  return [
    ...parts
      .filter((part) => !(isCounted(part) && events.has(part.event)))
      .map((part) => fragmentOf(part, context, unsure)),
    ...together.map(([event, tests]) => heldTogether(event, tests, context, glue)),
  ]
}

/** `unsure` is what a test answers of which nobody can say: what makes the whole less likely, as in memory. */
function fragmentOf(condition: Condition, context: SqlContext, unsure: Fragment): Fragment {
  if (condition.kind === 'not') {
    const inner = fragmentOf(condition.of, context, unsure === never ? always : never)
    return { sql: `not ${inner.sql}`, values: inner.values }
  }
  if (condition.kind !== 'all' && condition.kind !== 'any') return leafHolds(condition, context, unsure)
  if (condition.of.length === 0) return never
  const glue = condition.kind === 'all' ? ' and ' : ' or '
  return join(partsOf(condition.of, context, unsure, glue), glue)
}

/** A condition as SQL over the customer `c`; it holds for the same customers as `evaluate` does. */
export function conditionSql(condition: Condition, context: SqlContext): Fragment {
  return fragmentOf(condition, context, never)
}
