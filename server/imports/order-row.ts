import type { Properties } from '../../shared/conditions/customer.ts'
import { moneyFault, orderEvent } from '../../shared/conditions/purchases.ts'
import { minorDigits } from '../../shared/money.ts'
import type { NewEvent } from '../store/sqlite/events/events.ts'
import {
  type CellFault,
  cellFor,
  cellValue,
  idReader,
  optional,
  type RowContext,
  required,
  textAt,
} from './cells.ts'
import { fullName, type RowReading } from './customer-row.ts'
import { propertiesReader } from './extras.ts'
import { type FileReturn, returnOf } from './given-back.ts'
import { itemsProperty, itemsReader } from './items.ts'
import { amountReader, isCurrency, takenOff } from './money.ts'
import { paidTimeNames, plainName } from './names.ts'
import { differing, moneyReader } from './order-money.ts'
import { Passed, Refusal } from './reasons.ts'
import { type NoPurchase, type OrderState, refundStateOf, remembering, stateOf } from './states.ts'
import {
  instantReader,
  type Read,
  readConsent,
  readEmail,
  readId,
  readPhone,
  readText,
  refused,
} from './values.ts'

/** Who an order says that its customer is: by id, else by address. */
export interface OrderKey {
  readonly id: string | null
  readonly phone: string | null
  readonly email: string | null
  /** For a customer who is made of the order. */
  readonly name: string | null
  readonly consentEmail: boolean | null
  /** Whether the buyer has opted out of mail. */
  readonly left: boolean
}

export interface OrderRow {
  readonly kind: 'purchase'
  readonly key: OrderKey
  readonly order: Omit<NewEvent, 'customerId'>
  /** What was given back of it. */
  readonly back: FileReturn
}

/** An order that was closed, not paid, or given back in full: what an earlier file said of it no longer holds. */
export interface NoPurchaseRow {
  readonly kind: 'no-purchase'
  readonly id: string
  readonly why: Passed
}

const codes: Readonly<Record<NoPurchase, ConstructorParameters<typeof Passed>[0]>> = {
  refunded: 'order-refunded',
  closed: 'order-closed',
  unpaid: 'order-unpaid',
}

type Lines = readonly (readonly string[])[]

/** What all lines of an order say together: of each column the first cell that says anything. */
export function merged(lines: Lines): readonly string[] {
  const [first = [], ...rest] = lines
  if (rest.length === 0) return first
  return first.map((cell, at) =>
    textAt(first, at) !== '' ? cell : (rest.find((line) => textAt(line, at) !== '')?.[at] ?? cell),
  )
}

const readState: Read<string> = (text) => text

/** Says what the columns of states make of an order, and which of their words it was. */
function verdictReader(context: RowContext) {
  const state = cellFor('state', readState, context)
  const refund = cellFor('refund_state', readState, context)
  const cancelled = cellFor('cancelled_at', readState, context)
  const stateWord = remembering(stateOf)
  const refundWord = remembering(refundStateOf)
  return (cells: readonly string[], faults: CellFault[]): { state: OrderState | null; word: string } => {
    const called = cancelled === undefined ? '' : textAt(cells, cancelled.index)
    const word = state === undefined ? '' : textAt(cells, state.index)
    const back = refund === undefined ? '' : textAt(cells, refund.index)
    const said = word === '' ? null : stateWord(word)
    if (called !== '' && !/^(?:0|否|no|false)$/i.test(called))
      return { state: said === 'refunded' ? said : 'closed', word: word === '' ? called : word }
    const given = back === '' ? 'purchase' : refundWord(back)
    if (given !== 'purchase' && (said === null || said === 'purchase' || said === 'unknown'))
      return { state: given, word: back }
    if (said === 'unknown' && state !== undefined)
      faults.push({
        column: state.column,
        value: word,
        refusal: refused('unknown-state', word, state.column),
      })
    return { state: said, word }
  }
}

const isEmpty = (properties: Properties): boolean => {
  for (const _ in properties) return false
  return true
}

/** All of them as one, of which a later one's word counts; mostly the file's own columns are all there is. */
const together = (items: Properties, own: Properties, money: Properties): Properties =>
  isEmpty(items) && isEmpty(money) ? own : { ...items, ...own, ...money }

const isNoPurchase = (state: OrderState | null): state is NoPurchase =>
  state === 'refunded' || state === 'closed' || state === 'unpaid'

/** Reads the lines of one order, or says why it cannot enter. */
export function orderReader(context: RowContext): (lines: Lines) => RowReading<OrderRow | NoPurchaseRow> {
  const { currency } = context
  const formatOf = (field: string) => {
    const column = context.columns.find((one) => context.mapping[one] === field)
    return column === undefined ? null : (context.types[column]?.format ?? null)
  }
  const readAmount = amountReader({ currency, digits: minorDigits(currency), mark: context.decimalMark })
  const orderId = cellFor('order_id', idReader(readId, context.rounded), context)
  const customerId = cellFor('customer_id', idReader(readId, context.rounded), context)
  const phone = cellFor('phone', readPhone, context)
  const email = cellFor('email', readEmail, context)
  const name = cellFor('name', readText, context)
  const first = cellFor('first_name', readText, context)
  const last = cellFor('last_name', readText, context)
  const consent = cellFor('consent_email', readConsent, context)
  const orderedAt = cellFor('ordered_at', instantReader(context.zone, formatOf('ordered_at')), context)
  const createdAt = cellFor('created_at', instantReader(context.zone, formatOf('created_at')), context)
  const amountOf = cellFor('amount', readAmount, context)
  const refundedOf = cellFor('refunded', takenOff(readAmount), context)
  const currencyOf = cellFor<string>(
    'currency',
    (text, column) =>
      isCurrency(text, currency) ? text : refused('other-currency', text, column, { currency }),
    context,
  )
  const paid = orderedAt !== undefined && paidTimeNames.has(plainName(orderedAt.column))
  const verdict = verdictReader(context)
  const properties = propertiesReader(context)
  const itemsOf = itemsReader(context, readAmount)
  const moneyOf = moneyReader(context, readAmount)

  const keyOf = (cells: readonly string[], faults: CellFault[]): OrderKey | Refusal => {
    const id = cellValue(customerId, cells)
    if (id instanceof Refusal) return id
    const tel = optional(phone, cells, faults) ?? null
    const mail = optional(email, cells, faults) ?? null
    if (id === undefined && tel === null && mail === null)
      return phone === undefined && email === undefined
        ? new Refusal('missing-value', { column: customerId?.column ?? '' })
        : new Refusal('no-key')
    const agreed = cellValue(consent, cells)
    if (agreed instanceof Refusal && consent !== undefined)
      faults.push({ column: consent.column, value: textAt(cells, consent.index), refusal: agreed })
    return {
      id: id ?? null,
      phone: tel,
      email: mail,
      name:
        optional(name, cells, faults) ??
        fullName(optional(first, cells, faults), optional(last, cells, faults)) ??
        null,
      consentEmail: agreed === undefined ? null : agreed === 'yes',
      left: agreed === 'out',
    }
  }

  /** The time of payment, else that of the order where nothing says that it was not paid. */
  const timeOf = (cells: readonly string[], state: OrderState | null): number | Refusal => {
    const at = cellValue(orderedAt, cells)
    if (at !== undefined) return at
    if (orderedAt !== undefined && createdAt === undefined) return required(orderedAt, cells)
    if (paid && state === null) return new Passed('order-unpaid', { state: orderedAt?.column ?? '' })
    return required(createdAt, cells)
  }

  return (lines) => {
    const faults: CellFault[] = []
    const cells = merged(lines)
    const id = required(orderId, cells)
    if (id instanceof Refusal) return { entry: id, faults }
    const { state, word } = verdict(cells, faults)
    if (isNoPurchase(state))
      return { entry: { kind: 'no-purchase', id, why: new Passed(codes[state], { state: word }) }, faults }
    const key = keyOf(cells, faults)
    if (key instanceof Refusal) return { entry: key, faults }
    const at = timeOf(cells, state)
    if (at instanceof Passed) return { entry: { kind: 'no-purchase', id, why: at }, faults }
    if (at instanceof Refusal) return { entry: at, faults }
    const items = itemsOf(lines, faults)
    const money = moneyOf(cells, items, faults)
    const amount = money.comesTo ?? required(amountOf, cells)
    if (amount instanceof Refusal) return { entry: amount, faults }
    const coin = cellValue(currencyOf, cells)
    if (coin instanceof Refusal) return { entry: coin, faults }
    if (moneyFault({ name: orderEvent, amount, properties: {} }) !== null)
      return {
        entry: refused('negative-amount', textAt(cells, amountOf?.index ?? -1), amountOf?.column ?? ''),
        faults,
      }
    const differs = differing(context, amount, money.properties, textAt(cells, amountOf?.index ?? -1))
    if (differs !== null) faults.push(differs)
    const returned = returnOf(items, optional(refundedOf, cells, faults), faults)
    const back = returned.total ?? 0
    if (back > 0 && back >= amount)
      return {
        entry: {
          kind: 'no-purchase',
          id,
          why: new Passed('order-refunded', { state: word || (refundedOf?.column ?? '') }),
        },
        faults,
      }
    if (state === 'partly-refunded' && back === 0)
      faults.push({ column: refundedOf?.column ?? '', value: word, refusal: new Refusal('partial-refund') })
    const order = {
      id,
      name: orderEvent,
      at,
      amount,
      properties: together(itemsProperty(items), properties(lines, faults), money.properties),
    }
    return { entry: { kind: 'purchase', key, order, back: returned }, faults }
  }
}
