import type { z } from 'zod'
import type {
  AttributeDeclared,
  AttributeList,
  AttributeSave,
  UnreadableList,
} from '../../shared/api/attributes.ts'
import type { ContactsShown } from '../../shared/api/contacts.ts'
import type { CustomerOrderPage, CustomerOrderQuery } from '../../shared/api/customer-orders.ts'
import type { CustomerVisitPage, CustomerVisitQuery } from '../../shared/api/customer-visits.ts'
import type { CustomerAnswer, customerList, VocabularyAnswer } from '../../shared/api/customers.ts'
import type { EventCorrection } from '../../shared/api/events.ts'
import { propertiesFault } from '../../shared/api/properties.ts'
import type { TimelinePage, TimelineQuery, UntoldEntry } from '../../shared/api/timeline.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { concealed } from '../../shared/channels/address/conceal.ts'
import { maskPhone } from '../../shared/channels/address/mask.ts'
import { unfitTests } from '../../shared/compile/index.ts'
import { balanceName } from '../../shared/conditions/ledger.ts'
import { isOwnerName } from '../../shared/conditions/owner.ts'
import type { Declared } from '../../shared/conditions/types/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { inBoth } from '../../shared/errors/say.ts'
import { isScore } from '../../shared/models/scores.ts'
import type { AttributeSurvey, CustomerSearch, StoryPart } from '../ports/customers.ts'
import type { Desk } from '../ports/desk.ts'
import { type EventAsked, isReadable } from '../ports/engine.ts'
import { toldOf } from './contacts.ts'

/** By part of an id, a name, a phone or an e-mail address; by audience and tag. Phones are masked. */
export async function searchCustomers(
  { stores, now, brand }: Desk,
  query: CustomerSearch,
): Promise<z.output<typeof customerList>> {
  const found = await stores.customers.search(query, { now: now(), zone: brand().zone })
  return { ...found, customers: found.customers.map((one) => ({ ...one, phone: maskPhone(one.phone) })) }
}

export interface AskedCustomer {
  readonly id: string
  readonly contacts: ContactsShown
  readonly story: StoryPart
}

/** All that is known of one customer, phones and mailboxes as whoever asks may see them; Problem `not-found`. */
export async function readCustomer(
  desk: Desk,
  { id, contacts, story: part }: AskedCustomer,
): Promise<CustomerAnswer> {
  const { stores, registry } = desk
  const { customer, ...story } = await stores.customers.story(id, registry, part)
  const unreadable = isReadable(customer) ? null : customer.unreadable
  // What models say stands by itself, with its reasons.
  const own = isReadable(customer) ? Object.entries(customer.attributes) : []
  const owned = own.some(([name]) => name === 'owner_name')
  const attributes = Object.fromEntries(
    own.filter(([name]) => !isScore(name) && name !== balanceName && !(owned && isOwnerName(name))),
  )
  const { unsubscribed, ...rest } = customer
  const answer = {
    customer: { ...rest, unsubscribed: [...unsubscribed], attributes, unreadable },
    contacts,
    ...story,
  }
  return toldOf(desk, { shown: contacts, customers: [id] }, answer)
}

export interface AskedTimeline {
  readonly id: string
  readonly contacts: ContactsShown
  readonly query: TimelineQuery
}

/** A page of what has happened between the brand and one customer; Problem `not-found`. */
export async function readTimeline(
  desk: Desk,
  { id, contacts: shown, query }: AskedTimeline,
): Promise<TimelinePage> {
  const borne = shown === 'whole' ? null : await desk.stores.addresses.borneBy([id])
  const tell = borne === null ? null : (entry: UntoldEntry) => concealed(entry, borne)
  const page = await desk.stores.customers.timeline(id, query, desk.registry, tell)
  return toldOf(desk, { shown, customers: [id] }, page)
}

export interface AskedOrders {
  readonly id: string
  readonly contacts: ContactsShown
  readonly query: CustomerOrderQuery
}

/** A page of what a customer has bought; Problem `not-found`. */
export async function readOrders(
  desk: Desk,
  { id, contacts: shown, query }: AskedOrders,
): Promise<CustomerOrderPage> {
  return toldOf(desk, { shown, customers: [id] }, await desk.stores.customers.orders(id, query))
}

export interface AskedVisits {
  readonly id: string
  readonly contacts: ContactsShown
  readonly query: CustomerVisitQuery
}

/** A page of the pages that a customer has looked at; Problem `not-found`. */
export async function readVisits(
  desk: Desk,
  { id, contacts: shown, query }: AskedVisits,
): Promise<CustomerVisitPage> {
  return toldOf(desk, { shown, customers: [id] }, await desk.stores.customers.visits(id, query))
}

/** Runs between two batches of the engine's. */
interface Between {
  exclusive<T>(work: () => Promise<T>): Promise<T>
}

/** Corrects what a customer did: the reports and every condition count it as it is then. */
export async function correctEvent(
  desk: Desk & { readonly engine: Between },
  actor: Actor,
  { event, correction }: { readonly event: EventAsked; readonly correction: EventCorrection },
): Promise<void> {
  const { properties } = correction
  const fault = properties === undefined ? null : propertiesFault(properties)
  if (fault !== null) throw new Problem('invalid-request', inBoth('detail', fault), 'properties')
  await desk.engine.exclusive(() => desk.stores.customers.correctEvent(desk.act(actor), event, correction))
}

/** Takes away what a customer never did. */
export async function removeEvent(
  desk: Desk & { readonly engine: Between },
  actor: Actor,
  event: EventAsked,
): Promise<void> {
  await desk.engine.exclusive(() => desk.stores.customers.removeEvent(desk.act(actor), event))
}

/** All fields that customers have, with what they hold. */
export function listAttributes({ stores }: Desk): Promise<AttributeList> {
  return stores.customers.attributes()
}

/** The running journeys of which a test asks of a field what its type does not know: it holds for nobody. */
async function unfitJourneys(
  { stores, registry }: Desk,
  name: string,
): Promise<AttributeDeclared['journeys']> {
  const known = await stores.customers.knownAttributes()
  const found: AttributeDeclared['journeys'] = []
  for (const { id, name: called, status, liveVersion } of await stores.journeys.summaries()) {
    if (liveVersion === null || (status !== 'live' && status !== 'paused')) continue
    const journey = await stores.journeys.readableGraph(id, liveVersion)
    if (journey === null) continue
    for (const { node, message } of unfitTests(journey, registry, { name, known }))
      found.push({ id, name: called, node, message })
  }
  return found
}

/** What a person says that a field holds; null: its values are to say. */
export interface Declaration {
  readonly name: string
  readonly type: Declared | null
}

export const declarationOf = (name: string, { type, format }: AttributeSave): Declaration => ({
  name,
  type: type === null ? null : { type, format },
})

/** Declares what a field holds, as a survey has read its values by it. */
export function declareAttribute(
  desk: Desk,
  actor: Actor,
  { name, type }: Declaration,
  survey: AttributeSurvey,
): Promise<void> {
  return desk.stores.customers.declare(desk.act(actor), name, type, survey)
}

/** A field as it is declared, and the running journeys that are left without an answer by it. Problem `not-found`. */
export async function readDeclared(desk: Desk, name: string): Promise<AttributeDeclared> {
  const entry = (await desk.stores.customers.attributes()).attributes.find((one) => one.name === name)
  if (entry === undefined) throw new Problem('not-found', { what: name }, 'name')
  return { ...entry, journeys: await unfitJourneys(desk, name) }
}

/** Customers whose value of a field cannot be read, with the reason. */
export function listUnreadable(
  { stores }: Desk,
  name: string,
  page: { readonly after?: string | undefined; readonly limit: number },
): Promise<UnreadableList> {
  return stores.customers.unreadable(name, page)
}

/** What conditions may speak of, from this brand's own data. */
export function readVocabulary({ stores }: Desk): Promise<VocabularyAnswer> {
  return stores.customers.vocabulary()
}
