import type { AttributeList, UnreadableList } from '../../shared/api/attributes.ts'
import type { ContactsShown } from '../../shared/api/contacts.ts'
import type { FiledCustomer } from '../../shared/api/customer-file.ts'
import type { CustomerOrderPage, CustomerOrderQuery } from '../../shared/api/customer-orders.ts'
import type { CustomerVisitPage, CustomerVisitQuery } from '../../shared/api/customer-visits.ts'
import type { CustomerAnswer, CustomerSummary, VocabularyAnswer } from '../../shared/api/customers.ts'
import type { EventCorrection } from '../../shared/api/events.ts'
import type { TimelinePage, TimelineQuery, UntoldEntry } from '../../shared/api/timeline.ts'
import type { KeptAddressKind } from '../../shared/channels/address/address.ts'
import type { KnownAttributes, KnownNames, LooseName } from '../../shared/compile/index.ts'
import type { Declared } from '../../shared/conditions/types/index.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import type { Act, Changes } from './acts.ts'
import type { Asked } from './audiences.ts'
import type { EventAsked, ReadCustomer } from './engine.ts'

/** Who is asked for; without any part everybody. */
export interface CustomerFilter {
  /** Part of an id, a name, a phone or an e-mail address. */
  readonly search?: string | undefined
  /** A phone or an e-mail address answers a search as a whole alone: parts would tell whoever sees it masked the rest. */
  readonly wholeContacts?: boolean | undefined
  readonly audience?: string | undefined
  readonly tag?: string | undefined
}

export interface CustomerSearch extends CustomerFilter {
  /** In which order, as `orderIn` of shared/api/customer-sort reads it; by id where nothing is said. */
  readonly sort?: string | undefined
  /** The `next` of the page before: the last id, or where it stood in its order. */
  readonly after?: string | undefined
  readonly limit: number
}

export interface CustomersFound {
  readonly customers: readonly CustomerSummary[]
  readonly total: number
  readonly next: string | null
}

/** A customer with what belongs to a page of its own. */
export interface CustomerStory
  extends Pick<
    CustomerAnswer,
    | 'scores'
    | 'silent'
    | 'tags'
    | 'origins'
    | 'audiences'
    | 'orders'
    | 'totals'
    | 'counts'
    | 'lastOrderAt'
    | 'lastMessage'
    | 'timeline'
    | 'enrollments'
  > {
  readonly customer: ReadCustomer
}

/** Whether the latest orders and the timeline are told too; they are where nothing is said. */
export type StoryPart = 'whole' | 'none'

type Changing = Changes<{
  /** Declares what a field holds, null giving the choice back to its values, with what a survey has read of them. */
  declare(act: Act, name: string, type: Declared | null, survey: AttributeSurvey): Promise<void>
  /** Corrects what a customer did. Problems `not-found`, `negative-order`, `negative-refund`, `refund-below`. */
  correctEvent(act: Act, event: EventAsked, correction: EventCorrection): Promise<void>
  /** Takes away what a customer never did, an order with its refunds. Problem `not-found`. */
  removeEvent(act: Act, event: EventAsked): Promise<void>
  /** Says that somebody has taken customers away as a file: of which audience, and how many. */
  exported(
    act: Act,
    told: { readonly audience: string | null; readonly count: number; readonly contacts: ContactsShown },
  ): Promise<void>
  /** Says that somebody has asked for a customer's whole phones or mailboxes; Problem `not-found`. */
  revealed(act: Act, id: string, kind: KeptAddressKind): Promise<void>
  /** Rule 20: stops marketing to a customer on a channel at once, what is queued included. */
  unsubscribe(
    act: Act,
    place: {
      readonly customerId: string
      readonly channel: string
      /** One of the customer's addresses, former ones among them; null: all that are used. */
      readonly address: string | null
    },
  ): Promise<void>
}>

/** What reading all values of an attribute by a type has shown. */
export interface AttributeSurvey {
  /** As it was chosen, or as the values propose it. */
  readonly declared: Declared
  /** How many customers have it, and with how many of them it cannot be read. */
  readonly filled: number
  readonly unreadable: number
  /** How many had it by the count that stood then: what has come in since is added. */
  readonly counted: number
}

export interface CustomerStore extends Changing {
  /**
   * Reads all values of an attribute by a type, or proposes one by them, and changes nothing. Problems `not-found`,
   * `attribute-built-in`, `attribute-format`.
   */
  survey(name: string, type: Declared | null): Promise<AttributeSurvey>
  /** Customers by id, a page of them, with what they have bought; and how many answer the search. */
  search(request: CustomerSearch, at: Asked): Promise<CustomersFound>
  /** The ids of all who answer a filter, in their order; Problem `not-found`. */
  ids(filter: CustomerFilter, at: Asked): Promise<string[]>
  /** Customers by id, as a file tells of them. */
  filed(ids: readonly string[]): Promise<FiledCustomer[]>
  /** The names of all attributes. */
  attributeNames(): Promise<string[]>
  /** All that has happened between the brand and one customer; Problem `not-found`. */
  story(id: string, registry: Registry, part?: StoryPart): Promise<CustomerStory>
  /** A page of what a customer has bought; Problem `not-found`. */
  orders(id: string, query: CustomerOrderQuery): Promise<CustomerOrderPage>
  /** A page of the pages that a customer has looked at; Problem `not-found`. */
  visits(id: string, query: CustomerVisitQuery): Promise<CustomerVisitPage>
  /**
   * A page of what has happened between the brand and one customer; a search is answered by what `tell` leaves of an
   * entry, for whom something is kept back. Problem `not-found`.
   */
  timeline(
    id: string,
    query: TimelineQuery,
    registry: Registry,
    tell?: ((entry: UntoldEntry) => UntoldEntry) | null,
  ): Promise<TimelinePage>
  /** All fields that customers have, with their types. */
  attributes(): Promise<AttributeList>
  /** The place of the first id that nobody has; null where all are known. */
  firstUnknown(ids: readonly string[]): Promise<number | null>
  /** What the check of a journey holds conditions and triggers against. */
  knownAttributes(): Promise<KnownAttributes>
  /** Which of some names the brand's customers have, have done or bear. */
  knownNames(asked: readonly LooseName[]): Promise<KnownNames>
  /** Customers whose value of a field cannot be read. */
  unreadable(name: string, page: { after?: string | undefined; limit: number }): Promise<UnreadableList>
  /** What conditions may speak of, from this brand's own data. */
  vocabulary(): Promise<VocabularyAnswer>
}
