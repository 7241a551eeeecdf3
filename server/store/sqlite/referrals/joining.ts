import { randomUUID } from 'node:crypto'
import type { JoinAnswer } from '../../../../shared/api/referrals.ts'
import { localDate } from '../../../../shared/calendar/index.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { isOpen, type ReferralDefinition } from '../../../../shared/referrals/definition.ts'
import { referralEvents } from '../../../../shared/referrals/events.ts'
import {
  longestCircle,
  type ReferralReason,
  type ReferralState,
  referralReasons,
  referralStates,
} from '../../../../shared/referrals/states.ts'
import type { Joining } from '../../../ports/referrals.ts'
import type { BrandDatabase } from '../database.ts'
import { readBrand } from '../settings/meta.ts'
import { definitionOf } from './read.ts'
import { referralTeller } from './telling.ts'

interface LinkRow {
  readonly programme: number
  readonly inviter: string
  readonly key: string
  readonly definition: string
}

interface Standing {
  readonly state: ReferralState
  readonly reason: ReferralReason | null
}

/** What a row says of how an invitation stands; a word that nobody knows is looked at by a person. */
export const standingOf = (row: { readonly state: string; readonly reason: string | null }): Standing => ({
  state: referralStates.find((one) => one === row.state) ?? 'held',
  reason: referralReasons.find((one) => one === row.reason) ?? null,
})

/** Who invited whom, within the caller's transaction. */
export function inviterChain({ sqlite }: Pick<BrandDatabase, 'sqlite'>) {
  // Each step is one row by its key; whoever is refused was invited by nobody.
  const above = sqlite
    .prepare<{ programme: number; inviter: string; invited: string }, number>(
      `with recursive above (id, steps) as (
         values (@inviter, 0)
         union all
         select c.customer_id, steps + 1 from above
           join referrals r on r.programme = @programme and r.customer_id = above.id and r.state <> 'refused'
           join referral_codes c on c.code = r.code
         where steps < ${longestCircle})
       select 1 from above where id = @invited limit 1`,
    )
    .pluck()
  const sameAddress = sqlite
    .prepare<[string, string], number>(
      `select 1 from addresses a join addresses b on b.kind = a.kind and b.address = a.address
       where a.customer_id = ? and b.customer_id = ? limit 1`,
    )
    .pluck()
  /** Why somebody is not invited by whoever invites them, so that a person has to look at it. */
  return (programme: number, inviter: string, invited: string): 'self' | 'circle' | null => {
    if (inviter === invited || sameAddress.get(inviter, invited) !== undefined) return 'self'
    return above.get({ programme, inviter, invited }) === undefined ? null : 'circle'
  }
}

/** Binds somebody to an inviter, once in each programme, within the caller's transaction. */
export function joiner(db: BrandDatabase): (joining: Joining, now: number) => JoinAnswer {
  const { sqlite } = db
  const link = sqlite.prepare<[string], LinkRow>(
    `select c.programme, c.customer_id as inviter, p.key, p.definition
     from referral_codes c join referral_programmes p on p.seq = c.programme where c.code = ?`,
  )
  const known = sqlite.prepare<[number, string], { state: string; reason: string | null }>(
    'select state, reason from referrals where programme = ? and customer_id = ?',
  )
  const hasBought = sqlite
    .prepare<[string], number>(`select 1 from events where customer_id = ? and name = 'order' limit 1`)
    .pluck()
  const count = sqlite
    .prepare<[number, string], number>(
      `select count(*) from referrals r join referral_codes c on c.code = r.code
       where r.programme = ? and c.customer_id = ? and r.state <> 'refused'`,
    )
    .pluck()
  const put = sqlite.prepare(
    `insert into referrals (programme, customer_id, id, code, joined_at, min_order, state, reason, at)
     values (@programme, @customerId, @id, @code, @now, @minOrder, @state, @reason, @now)`,
  )
  const whyHeld = inviterChain(db)
  const tell = referralTeller(sqlite)

  const countsFor = ({ counts }: ReferralDefinition, { customerId, isNew }: Joining): boolean => {
    if (counts === 'anyone' || isNew) return true
    return counts === 'no_order' && hasBought.get(customerId) === undefined
  }
  const standing = (row: LinkRow, referral: ReferralDefinition, joining: Joining): Standing => {
    const why = whyHeld(row.programme, row.inviter, joining.customerId)
    if (why !== null) return { state: 'held', reason: why }
    if (!countsFor(referral, joining)) return { state: 'refused', reason: 'known' }
    return { state: referral.asks === 'join' ? 'due' : 'waiting', reason: null }
  }

  return (joining, now) => {
    const { code, customerId } = joining
    const row = link.get(code)
    const referral = row === undefined ? null : definitionOf(row)
    if (row === undefined || referral === null) throw new Problem('referral-code-unknown', { code }, 'code')
    const { programme, inviter, key } = row
    const before = known.get(programme, customerId)
    // Whoever came first by another's link stays theirs, and the same link twice says nothing new.
    if (before !== undefined) return { status: 'known', ...standingOf(before) }
    if (!isOpen(referral, localDate(now, readBrand(db).zone)))
      throw new Problem('referral-over', { referral: key }, 'code')
    const { state, reason } = standing(row, referral, joining)
    const id = randomUUID()
    const minOrder = referral.asks === 'order' ? referral.minOrder : 0
    put.run({ programme, customerId, id, code, now, minOrder, state, reason })
    const properties = { referral: key, code }
    if (state === 'held' && reason !== null)
      tell({
        ...{ id, customerId: inviter, name: referralEvents.held, at: now },
        properties: { ...properties, reason },
      })
    if (state === 'waiting' || state === 'due') {
      tell({ id, customerId, name: referralEvents.joined, at: now, properties })
      const nth = count.get(programme, inviter) ?? 0
      tell({
        ...{ id, customerId: inviter, name: referralEvents.invited, at: now },
        properties: { ...properties, count: nth },
      })
    }
    return { status: 'joined', state, reason }
  }
}
