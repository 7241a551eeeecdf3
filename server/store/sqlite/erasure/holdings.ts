import type * as tables from '../tables.ts'
import { contentHoldings } from './holdings-contents.ts'
import { couponHoldings } from './holdings-coupons.ts'
import { deliveryHoldings } from './holdings-delivery.ts'
import { exchangeHoldings } from './holdings-exchange.ts'
import { messengerHoldings } from './holdings-messengers.ts'
import { modelHoldings } from './holdings-models.ts'
import { personHoldings } from './holdings-persons.ts'
import { referralHoldings } from './holdings-referrals.ts'
import { staffHoldings } from './holdings-staff.ts'
import { trackingHoldings } from './holdings-tracking.ts'

/** What a column says of a person. */
export type Says =
  /** A customer's id. */
  | 'customer'
  /** A phone or a mailbox. */
  | 'contact'
  /** What is known of somebody, or was said to them. */
  | 'personal'
  /** By what others know it: an order's number, a code, a provider's id. */
  | 'link'
  /** A count, a time, a state: of nobody once the others are gone. */
  | 'figure'
  /** The brand's own words, or the machine's. */
  | 'ours'

/** By what a row is known to be somebody's. */
export type Whose = 'customer' | 'other' | 'enrollment' | 'message' | 'address'

/** What has a way of its own (erasure/own-ways.ts). */
export const ownWays = [
  'profile',
  'cursor',
  'log',
  'reports',
  'texts',
  'erasures',
  'shared',
  'changes',
  'calls',
  'visits',
] as const
export type OwnWay = (typeof ownWays)[number]

type Tables = typeof tables
export type TableName = keyof Tables
type ColumnsOf<Name extends TableName> = keyof Tables[Name]['_']['columns'] & string

/** What an erasure does to the rows of a table. */
export type Fate<Column extends string> =
  /** Somebody's rows go. */
  | { readonly rows: 'removed'; readonly whose: readonly Whose[] }
  /** They stay as numbers: what says something of a person becomes the SQL that is given, its customer nobody. */
  | {
      readonly rows: 'stripped'
      readonly whose: Whose
      readonly blank: Readonly<Partial<Record<Column, string>>>
    }
  | { readonly rows: 'own'; readonly way: OwnWay }
  /** Nobody's. */
  | { readonly rows: 'nobodys' }

export interface Holding<Column extends string = string> {
  readonly fate: Fate<Column>
  readonly columns: Readonly<Record<Column, Says>>
}

const removed = (...whose: readonly Whose[]) => ({ rows: 'removed', whose }) as const
const own = (way: OwnWay) => ({ rows: 'own', way }) as const
const nobodys = { rows: 'nobodys' } as const
/** Of a row whose own key could lead to somebody. */
const byRow = `'erased-' || rowid`

/**
 * Rule 20: what each column of each table says of a person. An erasure is made from this: a table or column that is
 * added does not compile until it is said here what it holds.
 */
export const holdings = {
  meta: { fate: nobodys, columns: { key: 'ours', value: 'ours' } },
  customers: {
    fate: own('profile'),
    columns: {
      ...{ id: 'customer', shard: 'figure', name: 'personal', phone: 'contact', email: 'contact' },
      ...{ gender: 'personal', birthday: 'personal', city: 'personal', registeredAt: 'personal' },
      ...{ timezone: 'personal', language: 'personal', consentSms: 'personal', consentEmail: 'personal' },
      ...{ noted: 'figure', attributes: 'personal', origins: 'personal', updatedAt: 'figure' },
    },
  },
  apiKeys: {
    fate: nobodys,
    columns: {
      ...{ id: 'ours', name: 'ours', kind: 'ours', hash: 'ours', hint: 'ours', madeAt: 'figure' },
      ...{ madeBy: 'ours', usedAt: 'figure', revokedAt: 'figure' },
    },
  },
  attributes: {
    fate: nobodys,
    columns: {
      ...{ name: 'ours', type: 'ours', format: 'ours', chosen: 'figure', filled: 'figure' },
      ...{ unreadable: 'figure', updatedAt: 'figure' },
    },
  },
  tags: {
    fate: removed('customer'),
    columns: { customerId: 'customer', tag: 'personal', at: 'figure', source: 'figure' },
  },
  audiences: {
    fate: own('texts'),
    columns: {
      ...{ key: 'ours', name: 'ours', kind: 'ours', condition: 'ours', journeyId: 'ours' },
      ...{ revision: 'figure', frozenAt: 'figure', frozenBy: 'ours', frozenCondition: 'ours' },
      ...{ createdAt: 'figure', updatedAt: 'figure' },
    },
  },
  audienceSizes: {
    fate: nobodys,
    columns: {
      ...{ audience: 'ours', day: 'figure', at: 'figure', size: 'figure', joined: 'figure', gone: 'figure' },
    },
  },
  audienceStays: {
    fate: removed('customer'),
    columns: {
      ...{ audience: 'ours', customerId: 'customer', since: 'figure', before: 'figure', until: 'figure' },
    },
  },
  audienceMembers: {
    fate: removed('customer'),
    columns: { audience: 'ours', customerId: 'customer', at: 'figure', enrollmentId: 'figure' },
  },
  journeys: {
    fate: own('texts'),
    columns: {
      ...{ id: 'ours', name: 'ours', status: 'ours', draft: 'ours', revision: 'figure' },
      ...{ liveVersion: 'figure' },
      ...{ breaker: 'customer', spacingMs: 'figure', nextLeavesAt: 'figure', pausedAt: 'figure' },
      ...{ createdAt: 'figure', updatedAt: 'figure', deletedAt: 'figure' },
    },
  },
  versions: {
    fate: own('texts'),
    columns: {
      ...{ journeyId: 'ours', number: 'figure', hash: 'ours', graph: 'ours', transitions: 'ours' },
      publishedAt: 'figure',
    },
  },
  triggers: {
    fate: own('cursor'),
    columns: {
      ...{ journeyId: 'ours', node: 'ours', version: 'figure', dueAt: 'figure', anchor: 'ours' },
      ...{ firedAt: 'figure', cursor: 'customer' },
    },
  },
  enrollments: {
    fate: {
      rows: 'stripped',
      whose: 'customer',
      blank: {
        ...{
          shard: '0',
          entryKey: `''`,
          entry: `'{}'`,
          data: `'{"h":{}}'`,
          error: 'null',
          waitEvent: 'null',
        },
        ...{ countsUntil: 'null', dueAt: 'null' },
      },
    },
    columns: {
      ...{ id: 'figure', shard: 'link', journeyId: 'ours', version: 'figure', customerId: 'customer' },
      ...{ entryKey: 'link', state: 'ours', status: 'ours', dueAt: 'figure', waitEvent: 'personal' },
      ...{ enteredAt: 'figure', arrivedAt: 'figure', control: 'figure', steps: 'figure', entry: 'personal' },
      ...{ data: 'personal', attempts: 'figure', error: 'personal', endedAt: 'figure', ending: 'figure' },
      countsUntil: 'figure',
    },
  },
  traces: {
    fate: removed('enrollment'),
    columns: {
      ...{ enrollmentId: 'figure', seq: 'figure', at: 'figure', node: 'ours', outcome: 'ours' },
      reason: 'personal',
    },
  },
  messages: {
    fate: {
      rows: 'stripped',
      whose: 'customer',
      blank: {
        ...{ shard: '0', recipient: `''`, subject: 'null', body: `''`, providerId: 'null', coupon: 'null' },
        ...{ attachments: 'null', template: 'null', error: 'null', dueAt: 'null' },
      },
    },
    columns: {
      ...{ id: 'figure', shard: 'link', enrollmentId: 'figure', node: 'ours', visit: 'figure' },
      ...{ journeyId: 'ours', template: 'personal' },
      ...{ version: 'figure', customerId: 'customer', channel: 'ours', recipient: 'contact' },
      ...{ subject: 'personal', body: 'personal', format: 'ours', purpose: 'ours', status: 'figure' },
      ...{ dueAt: 'figure', createdAt: 'figure', sentAt: 'figure', providerId: 'link', parts: 'figure' },
      ...{ costMilli: 'figure', coupon: 'link', model: 'ours', attempts: 'figure', error: 'personal' },
      ...{ withdrawn: 'figure', claimedBy: 'ours', claimedUntil: 'figure', life: 'ours' },
      ...{ begun: 'figure', attachments: 'personal', way: 'ours', turn: 'figure', passed: 'ours' },
    },
  },
  receipts: {
    fate: { rows: 'stripped', whose: 'message', blank: { id: byRow, detail: 'null' } },
    columns: { id: 'link', messageId: 'figure', kind: 'figure', at: 'figure', detail: 'personal' },
  },
  inbox: {
    fate: removed('customer'),
    columns: {
      ...{ id: 'figure', customerId: 'customer', messageId: 'figure', deliveryKey: 'link', channel: 'ours' },
      ...{ direction: 'figure', subject: 'personal', body: 'personal', html: 'personal', at: 'figure' },
      attachments: 'personal',
    },
  },
  asks: {
    fate: removed('enrollment'),
    columns: {
      ...{ enrollmentId: 'figure', node: 'ours', visit: 'figure', request: 'personal', reply: 'personal' },
      ...{ model: 'ours', prompt: 'personal', inputTokens: 'figure', outputTokens: 'figure' },
      ...{ costMilli: 'figure', dueAt: 'figure', attempts: 'figure', createdAt: 'figure', life: 'ours' },
      personUntil: 'figure',
    },
  },
  ...staffHoldings,
  ...deliveryHoldings,
  figures: {
    fate: nobodys,
    columns: { journeyId: 'ours', version: 'figure', node: 'ours', kind: 'figure', count: 'figure' },
  },
  plannedEvents: {
    fate: removed('customer'),
    columns: {
      ...{ id: 'link', customerId: 'customer', name: 'personal', at: 'personal', amount: 'personal' },
      ...{ properties: 'personal', taskId: 'ours' },
    },
  },
  imports: {
    fate: own('reports'),
    columns: { id: 'ours', status: 'ours', report: 'personal', createdAt: 'figure', updatedAt: 'figure' },
  },
  addresses: {
    fate: removed('customer'),
    columns: {
      ...{ customerId: 'customer', kind: 'ours', address: 'contact', addedAt: 'figure', source: 'ours' },
      ...{ verifiedAt: 'personal', formerAt: 'personal' },
    },
  },
  addressStates: {
    fate: removed('address'),
    columns: {
      ...{ words: 'personal', yesAt: 'personal', openedAt: 'personal' },
      ...{ kind: 'ours', address: 'contact', channel: 'ours', consent: 'personal' },
      ...{ consentSource: 'personal' },
      ...{ consentProof: 'personal', consentAt: 'personal', consentDated: 'figure', closedWhy: 'personal' },
      ...{ closedAt: 'personal', closedSource: 'ours', closedBy: 'ours', note: 'personal' },
      ...{ heldAt: 'personal' },
    },
  },
  sharedAddresses: { fate: own('shared'), columns: { kind: 'ours', address: 'contact' } },
  doubtfulReplies: {
    fate: removed('customer', 'address'),
    columns: {
      ...{ id: 'figure', kind: 'ours', address: 'contact', channel: 'ours', customerId: 'customer' },
      ...{ text: 'personal', pattern: 'ours', at: 'figure', decidedAt: 'figure', decision: 'figure' },
      decidedBy: 'ours',
    },
  },
  audit: {
    fate: own('log'),
    columns: {
      ...{ seq: 'figure', at: 'figure', lastAt: 'figure', clock: 'figure', actorKind: 'ours' },
      ...{ actorId: 'customer', via: 'ours', action: 'ours', objectKind: 'ours', objectId: 'customer' },
      ...{ detail: 'personal', times: 'figure' },
    },
  },
  events: {
    fate: removed('customer'),
    columns: {
      ...{ seq: 'figure', id: 'link', customerId: 'customer', shard: 'figure', name: 'personal' },
      ...{ at: 'personal' },
      ...{ receivedAt: 'figure', amount: 'personal', properties: 'personal', source: 'ours' },
      ...{ pending: 'figure' },
    },
  },
  changes: {
    fate: own('changes'),
    columns: {
      ...{ seq: 'figure', part: 'ours', customerId: 'customer', eventSeq: 'figure', passages: 'figure' },
    },
  },
  ...modelHoldings,
  ...referralHoldings,
  ...personHoldings,
  coupons: {
    fate: { rows: 'stripped', whose: 'customer', blank: { code: byRow, orderId: 'null' } },
    columns: {
      ...{ code: 'link', enrollmentId: 'figure', node: 'ours', customerId: 'customer', journeyId: 'ours' },
      ...{ value: 'figure', minSpend: 'figure', name: 'ours', issuedAt: 'figure', expiresAt: 'figure' },
      ...{ redeemedAt: 'figure', coupon: 'ours', kind: 'ours', percent: 'figure', applies: 'ours' },
      ...{ usableFrom: 'figure', orderId: 'link', dueAt: 'figure' },
    },
  },
  goalHits: {
    fate: { rows: 'stripped', whose: 'customer', blank: { eventId: `''` } },
    columns: {
      ...{ enrollmentId: 'figure', goal: 'ours', journeyId: 'ours', version: 'figure', control: 'figure' },
      ...{ customerId: 'customer', eventName: 'ours', eventId: 'link', at: 'figure', value: 'figure' },
    },
  },
  pickGoods: { fate: nobodys, columns: { item: 'ours', place: 'figure', share: 'figure' } },
  pickNeighbours: {
    fate: nobodys,
    columns: { item: 'ours', place: 'figure', other: 'ours', more: 'figure' },
  },
  ...contentHoldings,
  ...couponHoldings,
  ...trackingHoldings,
  ...messengerHoldings,
  secrets: { fate: nobodys, columns: { name: 'ours', keyId: 'ours', origin: 'ours', sealed: 'ours' } },
  earlyReceipts: {
    fate: removed('message', 'customer'),
    columns: {
      ...{ name: 'ours', id: 'link', providerId: 'link', channel: 'ours', customerId: 'customer' },
      ...{ at: 'personal', properties: 'personal', receivedAt: 'figure' },
    },
  },
  failedEntries: {
    fate: removed('customer'),
    columns: {
      ...{ journeyId: 'ours', node: 'ours', eventSeq: 'figure', customerId: 'customer', attempts: 'figure' },
      ...{ error: 'personal', dueAt: 'figure' },
    },
  },
  channelHalts: {
    fate: own('texts'),
    columns: {
      ...{ channel: 'ours', endpoint: 'ours', mend: 'ours', code: 'ours', detail: 'personal' },
      ...{ since: 'figure' },
      ...{ attempts: 'figure', nextAt: 'figure' },
    },
  },
  leases: {
    fate: nobodys,
    columns: { work: 'ours', worker: 'ours', shardFrom: 'figure', shardTo: 'figure', until: 'figure' },
  },
  coming: {
    fate: removed('customer'),
    columns: {
      ...{ journeyId: 'ours', node: 'ours', customerId: 'customer', cause: 'link', shard: 'figure' },
      ...{ notedAt: 'figure', dueAt: 'figure', event: 'personal', attempts: 'figure', error: 'personal' },
    },
  },
  watches: {
    fate: nobodys,
    columns: {
      ...{ journeyId: 'ours', node: 'ours', version: 'figure', state: 'ours', definition: 'ours' },
      ...{ lookedAt: 'figure', error: 'ours' },
    },
  },
  watchMembers: {
    fate: removed('customer'),
    columns: { journeyId: 'ours', node: 'ours', customerId: 'customer', shard: 'figure' },
  },
  followers: {
    fate: nobodys,
    columns: {
      ...{ journeyId: 'ours', node: 'ours', version: 'figure', follows: 'ours', moment: 'ours' },
      endings: 'ours',
    },
  },
  moves: {
    fate: own('cursor'),
    columns: {
      ...{ id: 'figure', journeyId: 'ours', toVersion: 'figure', plan: 'ours', wordsDue: 'figure' },
      ...{ cursor: 'customer', moved: 'figure', left: 'figure', passFrom: 'figure', reworded: 'figure' },
      ...{ plannedAt: 'figure', doneAt: 'figure', kind: 'ours', concerned: 'figure' },
      ...{ actor: 'ours', begunAt: 'figure' },
    },
  },
  journeyValues: {
    fate: nobodys,
    columns: { seq: 'figure', journeyId: 'ours', name: 'ours', value: 'ours', fromAt: 'figure' },
  },
  erasures: {
    fate: own('erasures'),
    columns: {
      ...{ id: 'ours', status: 'ours', people: 'personal', records: 'figure', askedAt: 'figure' },
      ...{ askedBy: 'ours' },
      ...{ finishedAt: 'figure', remembered: 'figure', removed: 'figure', sweptAt: 'figure' },
    },
  },
  erasedMarks: {
    fate: nobodys,
    columns: { mark: 'figure', channel: 'ours', closedWhy: 'figure', closedAt: 'figure' },
  },
  ...exchangeHoldings,
} as const satisfies { readonly [Name in TableName]: Holding<ColumnsOf<Name>> }
