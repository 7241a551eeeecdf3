import type { Candidate, DuplicateGroup, DuplicateList } from '../../../../shared/api/persons.ts'
import { maskEmail, maskPhone } from '../../../../shared/channels/address/mask.ts'
import { limits } from '../../../../shared/limits.ts'
import { namesDiffer, type WaitingReason, waitingReasons } from '../../../../shared/persons/judge.ts'
import { type IdentifierKind, identifierKinds } from '../../../../shared/persons/kinds.ts'
import { survivorOf } from '../../../../shared/persons/survivor.ts'
import type { BrandDatabase } from '../database.ts'
import { hintOf } from './bearers.ts'

interface CandidateRow extends Omit<Candidate, 'verified'> {
  since: number | null
}

interface PairRow {
  row: number
  customerId: string
  otherId: string
  kind: string
  hint: string
  why: string
}

interface AddressRow {
  kind: string
  address: string
  bearers: number
}

/** A few of a group stand side by side. */
const mostShown = 6
const mostCounted = 1000

const most = limits.keptApartAtOnce.value
/** Bearers now, of whom not everybody was said to be somebody else; many bear a shop's own number. */
const waiting = `(
  select s.kind, s.address,
    (select count(*) from addresses a where a.kind = s.kind and a.address = s.address and a.former_at is null) as bearers,
    (select count(*) from addresses a join duplicates d on d.customer_id = a.customer_id and d.decision = 'apart'
       join addresses b on b.customer_id = d.other_id and b.kind = s.kind and b.address = s.address
         and b.former_at is null
     where a.kind = s.kind and a.address = s.address and a.former_at is null) as apart
  from shared_addresses s where (s.kind, s.address) > (@kind, @address) order by s.kind, s.address)
  where bearers between 2 and ${most} and apart < bearers * (bearers - 1) / 2`

/** Of a cursor, which part of the list and where in it. */
function readCursor(after: string | undefined) {
  const [part = 'pair', ...rest] = (after ?? '').split(':')
  if (part === 'address') {
    const [kind = '', ...address] = rest
    return { pair: null, kind, address: address.join(':') }
  }
  return { pair: Number.isSafeInteger(Number(rest[0])) ? Number(rest[0] ?? 0) : 0, kind: '', address: '' }
}

const kindOf = (kind: string): IdentifierKind => identifierKinds.find((one) => one === kind) ?? 'custom'
const whyOf = (why: string): WaitingReason => waitingReasons.find((one) => one === why) ?? 'rule'

function candidateReader({ sqlite }: BrandDatabase) {
  const read = sqlite.prepare<[string], CandidateRow>(
    `select id, name, phone, email, city, birthday, registered_at as registeredAt,
       (select count(*) from events e where e.customer_id = c.id and e.name = 'order') as orders,
       (select max(e.at) from events e where e.customer_id = c.id) as lastEventAt,
       (select count(*) from enrollments n where n.customer_id = c.id and n.ended_at is null) as running,
       min(coalesce(registered_at, 9e15), coalesce((select min(e.at) from events e where e.customer_id = c.id), 9e15))
         as since
     from customers c where id in (select value from json_each(?))`,
  )
  return (ids: readonly string[], verified: ReadonlySet<string>): Candidate[] => {
    const rows = read.all(JSON.stringify(ids))
    const [first] = rows
    if (first === undefined) return []
    const stands = rows.reduce((one, other) => survivorOf(one, other), first)
    return [stands, ...rows.filter((row) => row !== stands)].map(
      ({ since: _since, phone, email, ...row }) => ({
        ...row,
        phone: maskPhone(phone),
        email: maskEmail(email),
        verified: verified.has(row.id),
      }),
    )
  }
}

/** Who waits for somebody to say whether they are one person: pairs by identifiers, then all who share an address. */
export function duplicateReader(db: BrandDatabase) {
  const { sqlite } = db
  const candidates = candidateReader(db)
  const pairs = sqlite.prepare<{ after: number; limit: number }, PairRow>(
    `select rowid as row, customer_id as customerId, other_id as otherId, kind, hint, why from duplicates
     where decision is null and kind not in ('phone', 'email') and rowid > @after order by rowid limit @limit`,
  )
  const shared = sqlite.prepare<{ kind: string; address: string; limit: number }, AddressRow>(
    `select * from ${waiting} limit @limit`,
  )
  const counted = sqlite
    .prepare<{ kind: string; address: string }, number>(
      `select (select count(*) from (select 1 from duplicates where decision is null
           and kind not in ('phone', 'email') limit ${mostCounted}))
         + (select count(*) from (select 1 from ${waiting} limit ${mostCounted}))`,
    )
    .pluck()
  const bearers = sqlite.prepare<[string, string, number], { id: string; verified: number }>(
    `select customer_id as id, verified_at is not null as verified from addresses
     where kind = ? and address = ? and former_at is null order by customer_id limit ?`,
  )

  const groupOfPair = ({ customerId, otherId, kind, hint, why }: PairRow): DuplicateGroup => ({
    ...{ kind: kindOf(kind), hint, why: whyOf(why), total: 2 },
    customers: candidates([customerId, otherId], new Set()),
  })
  const groupOfAddress = ({ kind, address, bearers: total }: AddressRow): DuplicateGroup => {
    const some = bearers.all(kind, address, mostShown)
    const verified = some.filter((one) => one.verified === 1).map(({ id }) => id)
    const customers = candidates(
      some.map(({ id }) => id),
      new Set(verified),
    )
    const [one, other] = customers
    const differ = namesDiffer(one?.name ?? null, other?.name ?? null)
    const rest = verified.length < customers.length ? 'unverified' : 'rule'
    const why = total > 2 ? 'household' : differ ? 'names-differ' : rest
    return { kind: kindOf(kind), hint: hintOf({ kind: kindOf(kind), value: address }), why, customers, total }
  }

  return (page: { readonly after?: string | undefined; readonly limit: number }): DuplicateList => {
    const { pair, kind, address } = readCursor(page.after)
    const asked = page.limit + 1
    const ofPairs = pair === null ? [] : pairs.all({ after: pair, limit: asked })
    const room = asked - ofPairs.length
    const ofAddresses = room <= 0 ? [] : shared.all({ kind, address, limit: room })
    const rows = [
      ...ofPairs.map((row) => ({ cursor: `pair:${row.row}`, read: () => groupOfPair(row) })),
      ...ofAddresses.map((row) => ({
        cursor: `address:${row.kind}:${row.address}`,
        read: () => groupOfAddress(row),
      })),
    ]
    const shown = rows.slice(0, page.limit)
    return {
      groups: shown.map(({ read }) => read()),
      total: counted.get({ kind: '', address: '' }) ?? 0,
      next: rows.length > page.limit ? (shown.at(-1)?.cursor ?? null) : null,
    }
  }
}
