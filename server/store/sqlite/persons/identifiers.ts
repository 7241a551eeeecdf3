import type { Identifier, IdentifierAnswer, IdentifierRef } from '../../../../shared/api/persons.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { limits } from '../../../../shared/limits.ts'
import type { Origin } from '../../../../shared/origins/kinds.ts'
import { type Bearer, type Judgement, judge } from '../../../../shared/persons/judge.ts'
import { type ChosenRules, identifierKinds, isAddress } from '../../../../shared/persons/kinds.ts'
import type { Claim } from '../../../ports/persons.ts'
import { originSet, sourceKeeper } from '../customers/origins.ts'
import type { BrandDatabase } from '../database.ts'
import { bearerReader, hintOf } from './bearers.ts'
import { pairKeeper } from './pairs.ts'

interface Row extends Omit<Identifier, 'verified' | 'kind'> {
  kind: string
  verified: number
}

/** What a claim meets: each other bearer with what follows. */
export interface Met {
  readonly own: Bearer | null
  readonly others: readonly { readonly bearer: Bearer; readonly judgement: Judgement }[]
}

/** Identifiers of customers, within the caller's transaction. */
export function identifierKeeper(db: BrandDatabase) {
  const { sqlite } = db
  const bearers = bearerReader(db)
  const pairs = pairKeeper(db)
  const sources = sourceKeeper(db)
  const named = sqlite.prepare<[string], { name: string | null }>('select name from customers where id = ?')
  const put = sqlite.prepare(
    `insert into identifiers (kind, scope, value, customer_id, verified, source, first_seen, last_seen)
     values (@kind, @scope, @value, @customerId, @verified, @source, @at, @at)
     on conflict do update set customer_id = excluded.customer_id, source = excluded.source,
       verified = iif(customer_id = excluded.customer_id, max(verified, excluded.verified), excluded.verified),
       first_seen = iif(customer_id = excluded.customer_id, min(first_seen, excluded.first_seen), excluded.first_seen),
       last_seen = iif(customer_id = excluded.customer_id, max(last_seen, excluded.last_seen), excluded.last_seen)`,
  )
  const putAddress = sqlite.prepare(
    `insert into addresses (customer_id, kind, address, added_at, source, verified_at)
     values (@customerId, @kind, @value, @at, @source, iif(@verified = 1, @at, null))
     on conflict do update set former_at = null, verified_at = coalesce(verified_at, excluded.verified_at)`,
  )
  const fill = {
    phone: sqlite.prepare(
      `update customers set phone = @value, updated_at = @at, ${originSet('phone')}
       where id = @customerId and coalesce(phone, '') = ''`,
    ),
    email: sqlite.prepare(
      `update customers set email = @value, updated_at = @at, ${originSet('email')}
       where id = @customerId and coalesce(email, '') = ''`,
    ),
  }
  const remove = sqlite.prepare(
    'delete from identifiers where customer_id = ? and kind = ? and scope = ? and value = ?',
  )
  const count = sqlite
    .prepare<[string], number>('select count(*) from identifiers where customer_id = ?')
    .pluck()
  const list = sqlite.prepare<[string], Row>(
    `select kind, scope, value, verified, source, first_seen as firstSeen, last_seen as lastSeen from identifiers
     where customer_id = ? order by kind, scope, value`,
  )

  const meet = (claim: Claim, chosen: ChosenRules): Met => {
    const { customerId } = claim
    const person = named.get(customerId)
    if (person === undefined) throw new Problem('unknown-customer', { customer: customerId }, 'id')
    const known = bearers.read(claim)
    const own = known.find((one) => one.customerId === customerId) ?? null
    const verified = claim.verified || own?.verified === true
    const self = { customerId, name: person.name, verified, lastSeen: claim.at }
    const total = known.length + (own === null ? 1 : 0)
    const others = known
      .filter((one) => one.customerId !== customerId)
      .map((bearer) => {
        const apart = pairs.areApart(customerId, bearer.customerId)
        const meeting = { claim: self, known: bearer, bearers: total, apart }
        return { bearer, judgement: judge(claim.kind, meeting, chosen) }
      })
    return { own, others }
  }

  return {
    ...bearers,
    meet,
    /** Keeps the claim itself, as what it met leaves it; pairs that wait for a person are put on the list. */
    keep(claim: Claim, { own, others }: Met, origin: Origin): IdentifierAnswer {
      const { kind, scope, value, customerId, source, at } = claim
      const verified = claim.verified ? 1 : 0
      for (const { bearer, judgement } of others)
        if (judgement.kind === 'ask')
          pairs.wait(customerId, bearer.customerId, {
            ...{ kind, hint: hintOf(claim), why: judgement.why, foundAt: at },
          })
      const waits = others.some(({ judgement }) => judgement.kind === 'ask')
      const stays = others.find(({ judgement }) => 'holds' in judgement && judgement.holds === 'before')
      const told = { others: others.map(({ bearer }) => bearer.customerId) }
      if (stays !== undefined && own === null) {
        const outcome = waits ? 'waiting' : 'apart'
        return { outcome, customerId: stays.bearer.customerId, ...told }
      }
      if (isAddress(kind)) {
        putAddress.run({ customerId, kind, value, at, source, verified })
        fill[kind].run({ customerId, value, at, source: sources.numberOf(origin) })
      } else {
        const most = limits.identifiersOfOne.value
        if (own === null && (count.get(customerId) ?? 0) >= most)
          throw new Problem('identifiers-too-many', { customer: customerId, limit: most })
        put.run({ kind, scope, value, customerId, verified, source, at })
      }
      if (waits) return { outcome: 'waiting', customerId, ...told }
      if (others.length > 0) return { outcome: 'apart', customerId, ...told }
      return { outcome: own === null ? 'added' : 'known', customerId, ...told }
    },
    remove: (customerId: string, { kind, scope, value }: IdentifierRef): boolean =>
      remove.run(customerId, kind, scope, value).changes > 0,
    list: (customerId: string): Identifier[] =>
      list.all(customerId).flatMap((row) => {
        const kind = identifierKinds.find((one) => one === row.kind)
        return kind === undefined ? [] : [{ ...row, kind, verified: row.verified === 1 }]
      }),
  }
}
