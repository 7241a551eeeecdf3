import type { ContactsShown } from '../../shared/api/contacts.ts'
import {
  type CustomerFileQuery,
  customerFileHead,
  customerFileRow,
  type FiledCustomer,
} from '../../shared/api/customer-file.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { concealed } from '../../shared/channels/address/conceal.ts'
import { csvLine, csvMark } from '../../shared/csv.ts'
import type { CustomerFilter } from '../ports/customers.ts'
import type { Desk } from '../ports/desk.ts'

/** The ids of all who answer a filter, in their order: what a file is made of. Problem `not-found`. */
export function findMembers(
  { stores, now, brand }: Pick<Desk, 'stores' | 'now' | 'brand'>,
  filter: CustomerFilter,
): Promise<string[]> {
  return stores.customers.ids(filter, { now: now(), zone: brand().zone })
}

const rowsAtOnce = 500

export interface CustomerFile {
  readonly ids: readonly string[]
  readonly query: CustomerFileQuery
  readonly contacts: ContactsShown
}

/** A customer as a file without phones tells of one. */
const masked = (filed: FiledCustomer): FiledCustomer => {
  const { customer } = filed
  const { phone, email } = customer
  return {
    ...filed,
    customer: concealed(
      customer,
      [phone, email].filter((one) => one !== null),
    ),
  }
}

/** A file of customers, piece by piece, which no spreadsheet computes and an import reads again; and its row of the log. */
export async function* customerFile(
  desk: Desk,
  actor: Actor,
  { ids, query, contacts }: CustomerFile,
): AsyncGenerator<string> {
  const { customers } = desk.stores
  await customers.exported(desk.act(actor), { audience: query.audience ?? null, count: ids.length, contacts })
  const attributes = await customers.attributeNames()
  yield `${csvMark}${csvLine(customerFileHead(attributes))}`
  for (let from = 0; from < ids.length; from += rowsAtOnce) {
    const whole = await customers.filed(ids.slice(from, from + rowsAtOnce))
    const filed = contacts === 'whole' ? whole : whole.map(masked)
    yield filed.map((one) => csvLine(customerFileRow(one, attributes))).join('')
  }
}
