import type { QualityCheck } from '../../../shared/api/quality.ts'
import { addYears, localDate } from '../../../shared/calendar/index.ts'
import { isLaidName } from '../../../shared/conditions/ledger.ts'
import { isScore } from '../../../shared/models/scores.ts'
import type { AskedOf } from '../../ports/base.ts'
import { typedColumnsOf } from './columns-customer.ts'
import { numberSql } from './condition-writer.ts'
import { type Found, numberOf } from './found.ts'
import { customerRow, type Look } from './quality-look.ts'

const dayMs = 86_400_000
export const firstMoment = Date.UTC(2000, 0, 1)
const oldestAge = 110
/** More than so many without it, and a condition on it misses most. */
const mostlyEmpty = 0.5

const shared = (check: QualityCheck, column: 'phone' | 'email'): Look => ({
  check,
  sql: `${customerRow('null::VARCHAR', `c.${column}`, '(-n, c.id)')} from customers c join
    (select ${column}, count(*) as n from customers where ${column} <> '' group by ${column} having count(*) > 1) d
    using (${column})`,
})

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/** Fields that few customers have, each with some who have it not. */
async function sparse({ rows, base }: Found, customers: number): Promise<Look[]> {
  const own = ['name', 'gender', 'birthday', 'city', 'registered_at'].map((column) => ({
    name: column,
    column,
  }))
  const typed = typedColumnsOf(base.types).filter(({ name }) => !isScore(name) && !isLaidName(name))
  const fields = [...own, ...typed.map(({ name, column }) => ({ name, column }))]
  const [counts] = await rows(
    `select ${fields.map(({ column }) => `count(${column})`).join(', ')} from customers`,
  )
  return fields.flatMap(({ name, column }, at): Look[] => {
    const empty = customers - numberOf(counts?.[at])
    if (empty <= customers * mostlyEmpty) return []
    const sql = `${customerRow(`${quoted(name)}`, 'null::VARCHAR')} from customers where ${column} is null`
    return [{ check: 'mostly-empty', sql, of: customers }]
  })
}

/** What is looked for among customers. */
export async function ofCustomers(
  found: Found,
  { now, zone }: AskedOf<'quality'>,
  customers: number,
): Promise<Look[]> {
  const today = localDate(now, zone)
  const born = (check: QualityCheck, test: string): Look => ({
    check,
    sql: `${customerRow('null::VARCHAR', 'birthday_date')} from customers where ${test}`,
  })
  const registered = (check: QualityCheck, test: string): Look => ({
    check,
    sql: `select null::VARCHAR as subject, person, null as event, null as event_id, registered_at as happened,
      null::VARCHAR as value, id as nth from customers where ${test}`,
  })
  return [
    shared('same-phone', 'phone'),
    shared('same-email', 'email'),
    {
      check: 'no-address',
      of: customers,
      sql: `${customerRow('null::VARCHAR', 'null::VARCHAR')} from customers
        where coalesce(phone, '') = '' and coalesce(email, '') = ''`,
    },
    born('future-birthday', `birthday_date > ${quoted(today)}`),
    born('great-age', `birthday_date < ${quoted(addYears(today, -oldestAge))}`),
    registered('future-registration', `registered_at > ${numberSql(now + dayMs)}`),
    registered('early-registration', `registered_at < ${numberSql(firstMoment)}`),
    ...(await sparse(found, customers)),
  ]
}
