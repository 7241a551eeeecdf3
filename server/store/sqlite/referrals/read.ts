import type { KeptReferral } from '../../../../shared/api/referrals.ts'
import { type ReferralDefinition, referralDefinition } from '../../../../shared/referrals/definition.ts'
import type { NamedReferral } from '../../../../shared/referrals/links.ts'
import { referralStates } from '../../../../shared/referrals/states.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn } from '../stored-json.ts'

export interface ProgrammeRow {
  readonly seq: number
  readonly key: string
  readonly definition: string
  readonly revision: number
  readonly updatedAt: number
}

export const programmeColumns = 'seq, key, definition, revision, updated_at as updatedAt'

/** Of a row that cannot be read nobody comes in. */
export function definitionOf({ definition }: Pick<ProgrammeRow, 'definition'>): ReferralDefinition | null {
  const read = readColumn(definition, referralDefinition)
  return read.readable ? read.value : null
}

type Sqlite = Pick<BrandDatabase, 'sqlite'>

/** Programmes with how they fare; figures are counted by index, and grow with who came in. */
export function keptReader({ sqlite }: Sqlite): (row: ProgrammeRow) => KeptReferral | null {
  const links = sqlite.prepare<[number], { inviters: number; opened: number }>(
    `select count(distinct customer_id) as inviters, coalesce(sum(opened), 0) as opened
     from referral_codes where programme = ?`,
  )
  const states = sqlite.prepare<[number], { state: string; count: number }>(
    'select state, count(*) as count from referrals where programme = ? group by state',
  )
  const rewards = sqlite.prepare<
    [number],
    { rewards: number; lacking: number; value: number; redeemed: number }
  >(
    `select count(*) as rewards, count(r.lack) as lacking, count(c.redeemed_at) as redeemed,
       coalesce(sum(iif(c.kind = 'amount', c.value, 0)), 0) as value
     from referral_rewards r left join coupons c on c.code = r.code where r.programme = ?`,
  )
  return (row) => {
    const referral = definitionOf(row)
    if (referral === null) return null
    const { seq, revision, updatedAt } = row
    const counted = new Map(states.all(seq).map(({ state, count }) => [state, count]))
    const of = Object.fromEntries(referralStates.map((state) => [state, counted.get(state) ?? 0]))
    const joined = [...counted.values()].reduce((sum, count) => sum + count, 0)
    const { inviters = 0, opened = 0 } = links.get(seq) ?? {}
    const given = rewards.get(seq) ?? { rewards: 0, lacking: 0, value: 0, redeemed: 0 }
    return { referral, revision, updatedAt, figures: { inviters, opened, joined, states: of, ...given } }
  }
}

export const readNamed = ({ sqlite }: Sqlite): readonly NamedReferral[] =>
  sqlite.prepare<[], NamedReferral>('select seq, key from referral_programmes order by key').all()
