import { getTableColumns } from 'drizzle-orm'
import { z } from 'zod'
import { closedWhys } from '../../../../shared/message/standing.ts'
import { consentKeeper } from '../customers/consents.ts'
import { wordKeeper, words } from '../customers/words.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { addressStates } from '../tables.ts'

const closedWhy = z.enum(closedWhys)

interface State {
  channel: string
  consent: number | null
  source: string | null
  proof: string | null
  at: number | null
  dated: number
  words: string | null
  why: string | null
  closedAt: number | null
  closedSource: string | null
  closedBy: string | null
  note: string | null
  yesAt: number | null
}

const none: z.infer<typeof words> = {}

/**
 * What was said of one customer as such, on channels that reach nobody's own address, is said of the other too: each word
 * at its own time, so that what holds follows from all of them. What phones and mailboxes have said is theirs, whoever
 * bears them.
 */
export function stateCarrier(db: BrandDatabase): (from: string, into: string) => void {
  const keep = consentKeeper(db)
  const keeper = wordKeeper(db)
  const read = db.sqlite.prepare<[string], State>(
    `select channel, consent, consent_source as source, consent_proof as proof, consent_at as at,
       consent_dated as dated, words, closed_why as why, closed_at as closedAt, closed_source as closedSource,
       closed_by as closedBy, note, coalesce(yes_at, iif(consent = 1 and consent_dated = 1, consent_at, null)) as yesAt
     from address_states where kind = 'customer' and address = ?`,
  )
  const said = ({ words: kept, why, closedAt, closedSource, closedBy, note }: State) => {
    const own = { at: closedAt ?? 0, source: closedSource, by: closedBy, note }
    const single = why === null ? none : valueOr(readColumn(JSON.stringify({ [why]: own }), words), none)
    return kept === null ? single : valueOr(readColumn(kept, words), single)
  }
  return (from, into) => {
    for (const state of read.all(from)) {
      const { channel, consent, source, proof, at, dated, yesAt } = state
      const place = { kind: 'customer', address: into, channel } as const
      if (consent !== null)
        keep({
          ...{ ...place, consent: consent === 1, source: source ?? 'file', proof },
          ...{ given: dated === 1 ? at : null, heard: at ?? 0 },
        })
      for (const [why, word] of Object.entries(said(state))) {
        const known = closedWhy.safeParse(why).data
        if (known !== undefined) keeper.close(place, known, word)
      }
      if (yesAt !== null) keeper.yes(place, yesAt)
    }
  }
}

const columns = Object.values(getTableColumns(addressStates)).map(({ name }) => name)
const written = `json_object(${columns.map((column) => `'${column}', ${column}`).join(', ')})`

/** What was said of one customer as such, by channel: each row as the database writes it. */
export type StatesSaid = Readonly<Record<string, string>>

/** Reads what was said of a customer as such, and gives back what a merge has added to it. */
export function stateKeeper({ sqlite }: BrandDatabase) {
  const read = sqlite
    .prepare<[string], [channel: string, row: string]>(
      `select channel, ${written} from address_states where kind = 'customer' and address = ?`,
    )
    .raw()
  const remove = sqlite.prepare(
    `delete from address_states where kind = 'customer' and address = ? and channel = ?`,
  )
  const put = sqlite.prepare(
    `insert into address_states (${columns.join(', ')})
     select ${columns.map((column) => `value ->> '${column}'`).join(', ')} from json_each(json_array(json(?)))`,
  )
  const of = (id: string): StatesSaid => Object.fromEntries(read.all(id))
  return {
    of,
    /** As it was before, where nothing was said since. */
    back(id: string, before: StatesSaid, after: StatesSaid): void {
      const now = of(id)
      for (const [channel, row] of Object.entries(after)) {
        const was = before[channel]
        if (now[channel] !== row || was === row) continue
        remove.run(id, channel)
        if (was !== undefined) put.run(was)
      }
    },
  }
}
