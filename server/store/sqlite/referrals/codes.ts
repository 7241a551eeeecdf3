import { randomBytes } from 'node:crypto'
import type Database from 'better-sqlite3'
import { withCodes } from '../../../../shared/referrals/links.ts'

/** Eight bytes of chance: nobody guesses one among as many as there will ever be. */
const newCode = (): string => randomBytes(8).toString('base64url')

/** The first link of a customer in a programme, made where there is none; within the caller's transaction. */
export type CodeMaker = (programme: number, customerId: string, now: number) => string

export function codeMaker(sqlite: Database.Database): CodeMaker {
  const first = sqlite
    .prepare<[string, number], string>(
      'select code from referral_codes where customer_id = ? and programme = ? order by made_at, code limit 1',
    )
    .pluck()
  const make = sqlite.prepare(
    'insert into referral_codes (code, programme, customer_id, made_at) values (?, ?, ?, ?)',
  )
  return (programme, customerId, now) => {
    const known = first.get(customerId, programme)
    if (known !== undefined) return known
    const code = newCode()
    make.run(code, programme, customerId, now)
    return code
  }
}

/** Texts of a message with its reader's own links, which are made where there are none; within the caller's transaction. */
export function referralCoder(
  sqlite: Database.Database,
): (text: string, customerId: string, now: number) => string {
  // Most messages lead to no programme: nothing is prepared for them.
  let make: CodeMaker | null = null
  return (text, customerId, now) =>
    withCodes(text, (seq) => {
      make ??= codeMaker(sqlite)
      return make(seq, customerId, now)
    })
}
