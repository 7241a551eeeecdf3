import type { ReferralDefinition, Reward } from '../../../../shared/referrals/definition.ts'
import { referralEvents } from '../../../../shared/referrals/events.ts'
import type { RewardRole } from '../../../../shared/referrals/states.ts'
import type { BrandDatabase } from '../database.ts'
import { inviterChain } from './joining.ts'
import { definitionOf } from './read.ts'
import { rewardGiver } from './rewards.ts'
import { referralTeller } from './telling.ts'

interface DueRow {
  readonly id: string
  readonly programme: number
  readonly customerId: string
  readonly code: string
  readonly key: string
  readonly definition: string
  /** null: whoever invited has been erased. */
  readonly inviter: string | null
  readonly decided: number
}

/**
 * Rewards both sides of invitations that are due, each thing once: a batch in one transaction, by their state, so that a
 * death loses and doubles nothing. What lacked a code gets one as soon as there is one again.
 */
export function referralRewarder(db: BrandDatabase): (now: number, limit: number) => number {
  const { sqlite } = db
  const due = sqlite.prepare<[number, number], DueRow>(
    `select r.id, r.programme, r.customer_id as customerId, r.code, p.key, p.definition,
       c.customer_id as inviter, r.decided_by is not null as decided
     from referrals r join referral_programmes p on p.seq = r.programme
       join customers u on u.id = r.customer_id left join referral_codes c on c.code = r.code
     where r.state = 'due' and r.at <= ? order by r.at, r.id limit ?`,
  )
  const end = sqlite.prepare(
    `update referrals set state = ?, reason = ?, at = ? where id = ? and state = 'due'`,
  )
  const rewarded = sqlite
    .prepare<[number, string], number>(
      `select count(*) from referrals r join referral_codes c on c.code = r.code
       where r.programme = ? and c.customer_id = ? and r.state = 'rewarded'`,
    )
    .pluck()
  const whyHeld = inviterChain(db)
  const rewards = rewardGiver(db)
  const tell = referralTeller(sqlite)

  const rewardInviter = (row: DueRow, referral: ReferralDefinition, inviter: string, now: number): void => {
    const { programme, id } = row
    const give = (of: string, role: RewardRole, reward: Reward, count: number) =>
      rewards.give({ programme, key: row.key, customerId: inviter, of, role, reward, count, now })
    // This one is counted with the others, as it has just been ended.
    const nth = rewarded.get(programme, inviter) ?? 0
    if (referral.most === null || nth <= referral.most)
      give(`invited:${id}`, 'inviter', referral.inviter, nth)
    for (const { count, ...tier } of referral.tiers)
      if (count <= nth) give(`tier:${count}`, 'tier', tier, count)
  }

  const one = (row: DueRow, now: number): void => {
    const { id, programme, customerId, inviter, key, code } = row
    const referral = definitionOf(row)
    if (referral === null) return
    // A merge may have made one of two since; what a person has looked at stands.
    const why = inviter === null || row.decided === 1 ? null : whyHeld(programme, inviter, customerId)
    if (why !== null && inviter !== null) {
      end.run('held', why, now, id)
      const properties = { referral: key, code, reason: why }
      tell({ id, customerId: inviter, name: referralEvents.held, at: now, properties })
      return
    }
    end.run('rewarded', null, now, id)
    const to = { programme, key, customerId, now }
    rewards.give({ ...to, of: 'joined', role: 'invited', reward: referral.invited, count: 1 })
    if (inviter !== null) rewardInviter(row, referral, inviter, now)
  }

  return sqlite.transaction((now: number, limit: number) => {
    const rows = due.all(now, limit)
    for (const row of rows) one(row, now)
    return rows.length + rewards.make(now, limit)
  }).immediate
}
