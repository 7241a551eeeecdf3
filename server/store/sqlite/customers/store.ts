import type { VocabularyAnswer } from '../../../../shared/api/customers.ts'
import type { CustomerStore } from '../../../ports/customers.ts'
import type { BrandDatabase } from '../database.ts'
import { StampedCache, stampOf } from '../stamp.ts'
import { getCustomer, searchCustomers } from './search.ts'
import { enrollmentsOfCustomer, listsOfCustomer, ordersOfCustomer, timelineOf } from './timeline.ts'
import { vocabularyOf } from './vocabulary.ts'

/** Customers over one brand's database. */
export function customerStore(db: BrandDatabase): CustomerStore {
  const vocabularies = new StampedCache<VocabularyAnswer>()
  return {
    search: async (request, at) => searchCustomers(db, request, at),
    story: async (id, registry) => ({
      ...getCustomer(db, id),
      audiences: listsOfCustomer(db, id),
      ...ordersOfCustomer(db, id),
      timeline: timelineOf(db, id, registry),
      enrollments: enrollmentsOfCustomer(db, id),
    }),
    vocabulary: async () => vocabularies.get('', stampOf(db), () => vocabularyOf(db)),
  }
}
