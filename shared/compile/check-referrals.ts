import { type NamedReferral, referralFields, referralNamed } from '../referrals/links.ts'
import { type Diagnostic, diagnose, type Place } from './diagnostics.ts'

const fields: readonly string[] = referralFields

/** A name of a text that begins with `referral`: of a programme that is there, and of what it has. */
export function checkReferralName(
  name: string,
  place: Place,
  programmes: readonly NamedReferral[] | undefined,
): Diagnostic[] {
  const named = referralNamed(name)
  if (programmes === undefined || named === null) return []
  const { key, field } = named
  if (!programmes.some((one) => one.key === key))
    return [diagnose('referral-not-there', place, { referral: key === '' ? name : key })]
  return fields.includes(field) && name.split('.').length === 3
    ? []
    : [diagnose('referral-field-unknown', place, { variable: name, referral: key })]
}
