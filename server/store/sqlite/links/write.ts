import { randomBytes } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { EffectOf } from '../../../../shared/effects/index.ts'
import { marks, type TrackedLink } from '../../../../shared/message/links.ts'
import { hasReferralMark } from '../../../../shared/referrals/links.ts'
import { referralCoder } from '../referrals/codes.ts'

/** What a message says, with the marks of its links. */
interface Marked {
  readonly body: string
  readonly attachments: string | null
}

export interface Linked extends Marked {
  readonly enrollmentId: number
  readonly node: string
  readonly visit: number
  readonly turn: number
  readonly customerId: string
  readonly links: readonly TrackedLink[]
  /** When it is written down. */
  readonly at: number
}

/** Eight bytes of chance: nobody guesses one among as many as there will ever be. */
const newCode = (): string => randomBytes(8).toString('base64url')

/** Writes the links of a message within the caller's transaction, and answers what it says with their codes. */
export function linkWriter(sqlite: Database.Database): (message: Linked) => Marked {
  const insert = sqlite.prepare(
    `insert into links (code, enrollment_id, node, visit, turn, customer_id, place, target, until, after)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const referred = referralCoder(sqlite)
  return ({ enrollmentId, node, visit, turn, customerId, links, body, attachments, at }) => {
    const codes = links.map(({ target, until, after }, place) => {
      const code = newCode()
      insert.run(code, enrollmentId, node, visit, turn, customerId, place, target, until, after)
      return code
    })
    const coded = (text: string) =>
      referred(
        text.replaceAll(marks, (mark, place: string) => codes[Number(place)] ?? mark),
        customerId,
        at,
      )
    return { body: coded(body), attachments: attachments === null ? null : coded(attachments) }
  }
}

/** What a message says and carries as it is kept: its links are written, and stand in it with their codes. */
export function sayer(
  sqlite: Database.Database,
): (
  place: Pick<Linked, 'enrollmentId' | 'node' | 'visit' | 'turn' | 'customerId' | 'at'>,
  words: EffectOf<'send'>,
) => Marked & { readonly template: string | null } {
  const write = linkWriter(sqlite)
  const referred = referralCoder(sqlite)
  return (place, { text: body, links = [], attachments: beside, template: filled }) => {
    const attachments = beside === undefined ? null : JSON.stringify(beside)
    const template =
      filled === undefined ? null : referred(JSON.stringify(filled), place.customerId, place.at)
    if (links.length === 0 && !hasReferralMark(body) && !hasReferralMark(attachments ?? ''))
      return { body, attachments, template }
    return { ...write({ ...place, links, body, attachments }), template }
  }
}
