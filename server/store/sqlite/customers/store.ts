import type { AttributeList } from '../../../../shared/api/attributes.ts'
import type { VocabularyAnswer } from '../../../../shared/api/customers.ts'
import type { KnownAttributes } from '../../../../shared/compile/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import type { Base } from '../../../ports/base.ts'
import type { CustomerStore } from '../../../ports/customers.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { everybodyOf } from '../entering/everybody.ts'
import { correctEvent, removeEvent } from '../events/corrections.ts'
import { saidOfCustomer } from '../models/said.ts'
import { StampedCache, stampOf } from '../stamp.ts'
import { unsubscriber } from './closing.ts'
import { originsOfCustomer } from './customer-origins.ts'
import {
  attributeListOf,
  declareAttribute,
  knownAttributes,
  surveyAttribute,
  unreadableValues,
} from './fields.ts'
import { attributeNames, filedReader, filteredIds } from './filed.ts'
import { knownNames } from './names.ts'
import { ordersPageOf } from './order-page.ts'
import { firstUnknown, getCustomer, searchCustomers } from './search.ts'
import { timelinePageOf } from './story-page.ts'
import {
  audiencesOfCustomer,
  enrollmentsOfCustomer,
  lastMessageOf,
  ordersOfCustomer,
  timelineOf,
  totalsOfCustomer,
} from './timeline.ts'
import { countsOfCustomer, visitsPageOf } from './visit-page.ts'
import { vocabularyOf } from './vocabulary.ts'

/** Customers over one brand's database. */
export function customerStore(db: BrandDatabase, base: Base): CustomerStore {
  const everybody = everybodyOf(db.sqlite, base)
  const change = changer(db)
  const lists = new StampedCache<AttributeList>()
  const attributesKnown = new StampedCache<KnownAttributes>()
  const known = db.sqlite.prepare<[string], 1>('select 1 from customers where id = ?').pluck()
  const vocabularies = new StampedCache<VocabularyAnswer>()
  const filed = filedReader(db)
  const stopMarketing = unsubscriber(db)
  return {
    unsubscribe: async (act, { customerId, channel, address }) =>
      change(
        act,
        () => void stopMarketing({ customerId, channel, address, at: act.at, source: act.actor.via }),
        () => ({ action: 'customer.unsubscribed', id: customerId, detail: { channel } }),
      ),
    exported: async (act, { audience, count, contacts }) =>
      change(
        act,
        () => undefined,
        () => ({ action: 'customer.exported', id: '', detail: { audience, count, contacts } }),
      ),
    revealed: async (act, id, kind) =>
      change(
        act,
        () => {
          if (known.get(id) === undefined) throw new Problem('not-found', { what: id }, 'id')
        },
        () => ({ action: 'customer.revealed', id, detail: { kind } }),
      ),
    correctEvent: async (act, event, correction) =>
      change(
        act,
        () => correctEvent(db, event, correction),
        () => ({
          action: 'event.corrected',
          id: event.customerId,
          detail: { event: `${event.name} ${event.id}`, fields: Object.keys(correction).join(', ') },
        }),
      ),
    removeEvent: async (act, event) =>
      change(
        act,
        () => removeEvent(db, event),
        () => ({
          action: 'event.removed',
          id: event.customerId,
          detail: { event: `${event.name} ${event.id}` },
        }),
      ),
    ids: (filter, at) => filteredIds(db, everybody, filter, at),
    filed: async (ids) => filed(ids),
    attributeNames: async () => attributeNames(db),
    search: (request, at) => searchCustomers(db, everybody, request, at),
    orders: async (id, query) => {
      if (known.get(id) === undefined) throw new Problem('not-found', { what: id }, 'customer')
      return ordersPageOf(db, id, query)
    },
    visits: async (id, query) => {
      if (known.get(id) === undefined) throw new Problem('not-found', { what: id }, 'customer')
      return visitsPageOf(db, id, query)
    },
    timeline: async (id, query, registry, tell = null) => {
      if (known.get(id) === undefined) throw new Problem('not-found', { what: id }, 'customer')
      return timelinePageOf(db, id, query, { registry, tell })
    },
    story: async (id, registry, part = 'whole') => ({
      ...getCustomer(db, id),
      origins: originsOfCustomer(db, id),
      ...saidOfCustomer(db, id),
      audiences: audiencesOfCustomer(db, id),
      ...totalsOfCustomer(db, id),
      ...countsOfCustomer(db, id),
      orders: part === 'none' ? [] : ordersOfCustomer(db, id),
      ...lastMessageOf(db, id),
      timeline: part === 'none' ? [] : timelineOf(db, id, registry),
      enrollments: enrollmentsOfCustomer(db, id),
    }),
    firstUnknown: async (ids) => firstUnknown(db, ids),
    attributes: async () => lists.get('', stampOf(db), () => attributeListOf(db)),
    knownAttributes: async () => attributesKnown.get('', stampOf(db), () => knownAttributes(db)),
    knownNames: async (asked) => knownNames(db, asked),
    unreadable: async (name, page) => unreadableValues(db, name, page),
    survey: async (name, type) => surveyAttribute(db, name, type),
    declare: async (act, name, type, survey) =>
      change(
        act,
        () => declareAttribute(db, name, { chosen: type !== null, survey, now: act.at }),
        () => ({
          action: 'attribute.declared',
          id: name,
          detail: { type: type?.type ?? null, format: type?.format ?? null },
        }),
      ),
    vocabulary: async () => vocabularies.get('', stampOf(db), () => vocabularyOf(db)),
  }
}
