import type { Invitation, ReferralReport } from '../../../../shared/api/referrals.ts'
import { rewardLacks } from '../../../../shared/referrals/states.ts'
import type { ReferralStore } from '../../../ports/referrals.ts'
import type { BrandDatabase } from '../database.ts'
import { standingOf } from './joining.ts'

interface InvitationRow extends Omit<Invitation, 'state' | 'reason'> {
  readonly row: number
  readonly state: string
  readonly reason: string | null
}

const columns = `r.rowid as row, r.id, r.customer_id as invited, u.name as invitedName, c.customer_id as inviter,
  i.name as inviterName, r.joined_at as joinedAt, r.state, r.reason, r.at`
const joins = `left join customers u on u.id = r.customer_id left join referral_codes c on c.code = r.code
  left join customers i on i.id = c.customer_id`

const invitationOf = ({ row: _row, ...one }: InvitationRow): Invitation => ({ ...one, ...standingOf(one) })

const mostInviters = 20

/** Who came by whom, and who brought most. */
export function invitationReader({ sqlite }: Pick<BrandDatabase, 'sqlite'>) {
  // Two questions, so that those of one state are read by their index.
  const pageOf = (state: string) =>
    sqlite.prepare<
      { programme: number; state: string | null; before: number | null; limit: number },
      InvitationRow
    >(
      `select ${columns} from referrals r ${joins}
       where r.programme = @programme and ${state} and (@before is null or r.rowid < @before)
       order by r.rowid desc limit @limit`,
    )
  const pages = { all: pageOf('@state is null'), some: pageOf('r.state = @state') }
  const one = sqlite.prepare<[number, string], InvitationRow>(
    `select ${columns} from referrals r ${joins} where r.programme = ? and r.id = ?`,
  )
  const inviters = sqlite.prepare<[number], ReferralReport['inviters'][number]>(
    `select c.customer_id as customerId, i.name, sum(r.state <> 'refused') as joined,
       sum(r.state = 'rewarded') as rewarded, sum(r.state = 'held') as held
     from referrals r join referral_codes c on c.code = r.code join customers i on i.id = c.customer_id
     where r.programme = ? group by c.customer_id order by joined desc, rewarded desc, c.customer_id
     limit ${mostInviters}`,
  )
  const lacks = sqlite.prepare<[number], { coupon: string; lack: string; count: number }>(
    `select coupon, lack, count(*) as count from referral_rewards
     where programme = ? and lack is not null and coupon is not null group by 1, 2 order by 1, 2`,
  )
  return {
    find(programme: number, id: string): Invitation | null {
      const row = one.get(programme, id)
      return row === undefined ? null : invitationOf(row)
    },
    page(
      programme: number,
      { state, before, limit }: Omit<Parameters<ReferralStore['invitations']>[0], 'key'>,
    ) {
      const rows = (state === null ? pages.all : pages.some).all({
        programme,
        state,
        before,
        limit: limit + 1,
      })
      const shown = rows.slice(0, limit)
      const next = rows.length > limit ? (shown.at(-1)?.row ?? null) : null
      return { invitations: shown.map(invitationOf), next }
    },
    report: (programme: number): ReferralReport => ({
      inviters: inviters.all(programme),
      lacks: lacks.all(programme).map(({ lack, ...rest }) => ({
        ...rest,
        lack: rewardLacks.find((known) => known === lack) ?? 'unknown',
      })),
    }),
  }
}
