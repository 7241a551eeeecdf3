import { randomBytes } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { EffectOf } from '../../../../shared/effects/index.ts'
import { marks, type TrackedLink } from '../../../../shared/message/links.ts'

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
}

/** Eight bytes of chance: nobody guesses one among as many as there will ever be. */
const newCode = (): string => randomBytes(8).toString('base64url')

/** Writes the links of a message within the caller's transaction, and answers what it says with their codes. */
export function linkWriter(sqlite: Database.Database): (message: Linked) => Marked {
  const insert = sqlite.prepare(
    `insert into links (code, enrollment_id, node, visit, turn, customer_id, place, target, until, after)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return ({ enrollmentId, node, visit, turn, customerId, links, body, attachments }) => {
    const codes = links.map(({ target, until, after }, place) => {
      const code = newCode()
      insert.run(code, enrollmentId, node, visit, turn, customerId, place, target, until, after)
      return code
    })
    const coded = (text: string) =>
      text.replaceAll(marks, (mark, place: string) => codes[Number(place)] ?? mark)
    return { body: coded(body), attachments: attachments === null ? null : coded(attachments) }
  }
}

/** What a message says and carries as it is kept: its short links are written, and stand in it with their codes. */
export function sayer(
  sqlite: Database.Database,
): (
  place: Pick<Linked, 'enrollmentId' | 'node' | 'visit' | 'turn' | 'customerId'>,
  words: EffectOf<'send'>,
) => Marked {
  const write = linkWriter(sqlite)
  return (place, { text: body, links, attachments: beside }) => {
    const attachments = beside === undefined ? null : JSON.stringify(beside)
    return links === undefined ? { body, attachments } : write({ ...place, links, body, attachments })
  }
}
