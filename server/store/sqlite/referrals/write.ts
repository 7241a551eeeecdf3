import type { ReferralDefinition } from '../../../../shared/referrals/definition.ts'
import type { BrandDatabase } from '../database.ts'

/** Writes a programme within the caller's transaction; each time that it is written raises its revision. */
export function programmeWriter({
  sqlite,
}: Pick<BrandDatabase, 'sqlite'>): (referral: ReferralDefinition, at: number) => void {
  const put = sqlite.prepare(
    `insert into referral_programmes (key, definition, revision, created_at, updated_at)
     values (@key, @definition, 1, @at, @at)
     on conflict (key) do update set definition = excluded.definition, revision = revision + 1,
       updated_at = excluded.updated_at`,
  )
  return (referral, at) => {
    put.run({ key: referral.key, definition: JSON.stringify(referral), at })
  }
}
