import { bound } from './condition-writer.ts'

/** Of the shortest digits of a number: all of them, and how many stand before the point. */
const digitsOf = (s: string): string => {
  const whole = `split_part(split_part(${s}, 'e', 1), '.', 1)`
  const decimals = `split_part(split_part(${s}, 'e', 1), '.', 2)`
  const exponent = `coalesce(try_cast(replace(split_part(${s}, 'e', 2), '+', '') as integer), 0)`
  const all = `(${whole} || ${decimals})`
  return `{'d': trim(${all}, '0'), 'n': length(${whole}) + ${exponent} - length(${all}) + length(ltrim(${all}, '0'))}`
}

/** ECMAScript's Number::toString of digits and the place of their point. */
const pointed = (p: string): string => {
  const [d, n] = [`${p}.d`, `${p}.n`]
  const exponent = `'e' || case when ${n} > 0 then '+' else '-' end || abs(${n} - 1)`
  return `case
    when ${n} between length(${d}) and 21 then rpad(${d}, ${n}::integer, '0')
    when ${n} between 1 and 21 then left(${d}, ${n}) || '.' || substr(${d}, ${n} + 1)
    when ${n} between -5 and 0 then '0.' || repeat('0', -${n}) || ${d}
    when length(${d}) = 1 then ${d} || ${exponent}
    else left(${d}, 1) || '.' || substr(${d}, 2) || ${exponent} end`
}

/** A number as JavaScript writes it. */
export function numberText(x: string): string {
  const odd = bound(
    `abs(${x})::VARCHAR`,
    (w) => bound(digitsOf(w), (p) => `case when ${x} < 0 then '-' else '' end || ${pointed(p)}`, 'p'),
    'w',
  )
  return `case when ${x} = floor(${x}) and abs(${x}) < 1e15 then ${x}::BIGINT::VARCHAR else ${odd} end`
}

const writtenScalar = (x: string): string => `case
  when starts_with(${x}, '"') then json_extract_string(${x}, '$')
  when ${x} in ('true', 'false') then ${x}
  else ${bound(`try_cast(${x} as double)`, numberText, 'n')} end`

/** A value of JSON, or each of a list of such, as JavaScript writes it as a text. */
export const writtenMembers = (json: string): string => `case when starts_with(${json}, '[')
  then list_transform(from_json(${json}, '["JSON"]'), lambda m: ${bound('m::VARCHAR', writtenScalar, 's')})
  else [${bound(json, writtenScalar, 's')}] end`

const isoMoment = String.raw`\d{4}-\d\d-\d\d(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):?\d\d)?)?`

const part = (sql: string): string => `coalesce(try_cast(nullif(${sql}, '') as bigint), 0)`

/** Epoch milliseconds of a date, or a time with its date, as ISO 8601 writes it; in UTC where it says no other. */
export function isoInstant(m: string): string {
  const days = `(try_cast(left(${m}, 10) as date) - date '1970-01-01')`
  const clock = `(${part(`substr(${m}, 12, 2)`)} * 60 + ${part(`substr(${m}, 15, 2)`)}) * 60000`
  const seconds = `${part(`regexp_extract(${m}, '^.{16}:(\\d\\d)', 1)`)} * 1000`
  const fraction = part(`left(rpad(nullif(regexp_extract(${m}, '^.{19}\\.(\\d+)', 1), ''), 3, '0'), 3)`)
  const zone = String.raw`'([+-])(\d\d):?(\d\d)$'`
  const beside = (group: number) => `regexp_extract(substr(${m}, 17), ${zone}, ${group})`
  const offset = `(${part(beside(2))} * 60 + ${part(beside(3))}) * 60000 * case ${beside(1)} when '-' then -1 else 1 end`
  const at = `(${days} * 86400000 + ${clock} + ${seconds} + ${fraction} - ${offset})::DOUBLE`
  return `case when regexp_full_match(${m}, '${isoMoment}') and ${m} >= '0001' then ${at} end`
}

/** A day as a text that exists, 'YYYY-MM-DD'; null for every other text. */
export const existingDate = (x: string): string =>
  String.raw`case when regexp_full_match(${x}, '\d{4}-\d\d-\d\d') and ${x} >= '0001' and try_cast(${x} as date) is not null then ${x} end`

const noDays = ['02-30', '02-31', '04-31', '06-31', '09-31', '11-31'].map((day) => `'${day}'`).join(', ')

/** The 'MM-DD' of a text that is a day, with its year or without; null for every other text. */
export const existingMonthDay = (x: string): string =>
  `case when regexp_full_match(${x}, '(?:\\d{4}-|--)(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])')
    and right(${x}, 5) not in (${noDays}) then right(${x}, 5) end`
