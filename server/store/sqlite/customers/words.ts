import { z } from 'zod'
import type { KeptAddressKind } from '../../../../shared/channels/address/address.ts'
import { type ClosedWhy, closedWhys } from '../../../../shared/message/standing.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

/** An address on a channel. */
export interface AddressOn {
  readonly kind: KeptAddressKind
  /** In its canonical form. */
  readonly address: string
  /** `*`: every channel. */
  readonly channel: string
}

const word = z.object({
  at: z.int(),
  /** By which way: `reply`, `link`, `report`, `person`, `file`. */
  source: z.string().nullable(),
  by: z.string().nullable(),
  /** The words, the report's detail, or the reason that a person gave. */
  note: z.string().nullable(),
})
/** Why an address is to be written to no more, as it was said last. */
export type Word = z.infer<typeof word>

export const words = z.partialRecord(z.enum(closedWhys), word)
type Words = z.infer<typeof words>

/** The gravest of what holds is what an address is closed by. */
const gravity = {
  invalid: 1,
  hard_bounce: 2,
  opted_out: 3,
  block: 4,
  complaint: 5,
  blacklisted: 6,
} as const satisfies Record<ClosedWhy, number>

interface Row {
  words: string | null
  /** When its owner last asked for more, and said when. */
  yesAt: number | null
  /** When a person last opened it. */
  openedAt: number | null
  why: ClosedWhy | null
  at: number | null
  source: string | null
  by: string | null
  note: string | null
  heldAt: number | null
}

/** All that has been said of a place. */
interface Account {
  readonly words: Words
  readonly yesAt: number | null
  readonly openedAt: number | null
}

const silent: Account = { words: {}, yesAt: null, openedAt: null }

/** A row of before words were kept says its one word in its columns. */
function ownWord({ why, at, source, by, note }: Row): Words {
  return why === null ? {} : { [why]: { at: at ?? 0, source, by, note } }
}

function accountOf(row: Row | undefined): Account {
  if (row === undefined) return silent
  const { words: kept, yesAt, openedAt } = row
  // Words that cannot be read leave what they came to, which stands beside them.
  return {
    words: kept === null ? ownWord(row) : valueOr(readColumn(kept, words), ownWord(row)),
    yesAt,
    openedAt,
  }
}

/** Of two at one time always the same one, whichever came in first. */
function later(one: Word | undefined, other: Word): Word {
  if (one === undefined || other.at > one.at) return other
  if (other.at < one.at) return one
  return JSON.stringify(other) < JSON.stringify(one) ? other : one
}

const holds = (why: ClosedWhy, { at }: Word, { yesAt, openedAt }: Omit<Account, 'words'>): boolean =>
  at >= (openedAt ?? at) && (why !== 'opted_out' || at >= (yesAt ?? at))

/** What an address is closed by, of all that was said: each by its own time. */
function closedBy(account: Account): { readonly why: ClosedWhy; readonly word: Word } | null {
  return closedWhys.reduce<{ why: ClosedWhy; word: Word } | null>((gravest, why) => {
    const said = account.words[why]
    if (said === undefined || !holds(why, said, account)) return gravest
    return gravest !== null && gravity[gravest.why] > gravity[why] ? gravest : { why, word: said }
  }, null)
}

const place = 'kind = @kind and address = @address and channel = @channel'

function statements({ sqlite }: BrandDatabase) {
  return {
    read: sqlite.prepare<AddressOn, Row>(
      `select words, coalesce(yes_at, iif(consent = 1 and consent_dated = 1, consent_at, null)) as yesAt,
         opened_at as openedAt, closed_why as why, closed_at as at, closed_source as source, closed_by as "by", note,
         held_at as heldAt from address_states where ${place}`,
    ),
    write: sqlite.prepare(
      `insert into address_states (kind, address, channel, words, yes_at, opened_at, closed_why, closed_at,
         closed_source, closed_by, note, held_at)
       values (@kind, @address, @channel, @words, @yesAt, @openedAt, @why, @at, @source, @by, @note, @heldAt)
       on conflict do update set words = @words, yes_at = @yesAt, opened_at = @openedAt, closed_why = @why,
         closed_at = @at, closed_source = @source, closed_by = @by, note = @note, held_at = @heldAt`,
    ),
    doubt: sqlite
      .prepare<AddressOn & { since: number }, number | null>(
        `select min(at) from doubtful_replies where ${place} and decided_at is null and at >= @since`,
      )
      .pluck(),
    settle: sqlite.prepare(
      `update doubtful_replies set decided_at = @at, decision = 'no_opt_out', decided_by = @by
       where ${place} and decided_at is null and at <= @at`,
    ),
  }
}

/** What became of a place by one more word. */
export interface Heard {
  /** Whether the word holds, whatever else there is. */
  readonly holds: boolean
  /** What it was closed by before, and what it is closed by now. */
  readonly before: ClosedWhy | null
  readonly now: ClosedWhy | null
}

export interface WordKeeper {
  /** Why the address is to be written to no more. */
  close(place: AddressOn, why: ClosedWhy, said: Word): Heard
  /** Its owner has asked for more at that time. */
  yes(place: AddressOn, at: number): void
  /** A person opens it, whatever was said by then; answers whether it was closed or held. */
  open(place: AddressOn, by: { readonly at: number; readonly by: string }): boolean
  /** Looks anew whether a reply waits for a person. */
  look(place: AddressOn): void
}

/**
 * Keeps what is said of addresses, each kind of word at its latest, and what follows from all of them: the same in
 * whichever order they come in, and however often. Within the caller's transaction.
 */
export function wordKeeper(db: BrandDatabase): WordKeeper {
  const run = statements(db)

  const put = (where: AddressOn, account: Account): ClosedWhy | null => {
    const { words: all, yesAt, openedAt } = account
    const closed = closedBy(account)
    const since = Math.max(yesAt ?? 0, openedAt ?? 0)
    const heldAt = closed === null ? (run.doubt.get({ ...where, since }) ?? null) : null
    const none = { at: null, source: null, by: null, note: null }
    const kept = Object.keys(all).length === 0 ? null : JSON.stringify(all)
    const why = closed?.why ?? null
    run.write.run({ ...where, words: kept, yesAt, openedAt, why, heldAt, ...(closed?.word ?? none) })
    return why
  }

  return {
    close(where, why, said) {
      const row = run.read.get(where)
      const account = accountOf(row)
      const next = { ...account, words: { ...account.words, [why]: later(account.words[why], said) } }
      return { holds: holds(why, said, account), before: row?.why ?? null, now: put(where, next) }
    },
    yes(where, at) {
      const account = accountOf(run.read.get(where))
      put(where, { ...account, yesAt: Math.max(account.yesAt ?? at, at) })
    },
    open(where, { at, by }) {
      const row = run.read.get(where)
      if (row === undefined || (row.why === null && row.heldAt === null)) return false
      const { words: all, yesAt, openedAt } = accountOf(row)
      // By a clock that stands still the same may be said again at the same time: that counts anew.
      const left = Object.entries(all).filter(([, said]) => said.at > at)
      run.settle.run({ ...where, at, by })
      put(where, { words: Object.fromEntries(left), yesAt, openedAt: Math.max(openedAt ?? at, at) })
      return true
    },
    look(where) {
      put(where, accountOf(run.read.get(where)))
    },
  }
}
