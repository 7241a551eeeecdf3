import { engineActor } from '../../../../shared/audit/actor.ts'
import { endpointOf, type Halt, type Mend } from '../../../../shared/channels/halts.ts'
import type { HaltCause, Settlement } from '../../../ports/dispatch.ts'
import { auditWriter } from '../audit/audit.ts'
import type { BrandDatabase } from '../database.ts'

export interface HaltRow {
  readonly channel: string
  readonly endpoint: string
  readonly mend: Mend
  readonly code: string
  readonly detail: string
  readonly since: number
  readonly attempts: number
  readonly nextAt: number
}

const columns = 'channel, endpoint, mend, code, detail, since, attempts, next_at as nextAt'

const firstRestMs = 15_000
const longestRestMs = 15 * 60_000

/** Doubled each time, and never less than was asked for. */
const restAfter = (attempts: number, afterMs: number | null): number =>
  Math.max(Math.min(firstRestMs * 2 ** Math.min(attempts - 1, 20), longestRestMs), afterMs ?? 0)

/** What a batch has told of one endpoint: the answer of one message is enough to know that it works. */
interface Heard {
  readonly channel: string
  readonly endpoint: string
  answered: boolean
  fault: HaltCause | null
}

function heardIn(settlements: readonly Settlement[]): Iterable<Heard> {
  const all = new Map<string, Heard>()
  for (const { message, endpoint: told } of settlements) {
    const endpoint = endpointOf(message)
    const key = `${message.channel} ${endpoint}`
    const heard = all.get(key) ?? { channel: message.channel, endpoint, answered: false, fault: null }
    if (told === 'answered') heard.answered = true
    else if (told !== 'silent') heard.fault ??= told
    all.set(key, heard)
  }
  return all.values()
}

export interface HaltKeeper {
  /** Where nothing is sent on a channel for now. */
  of(channel: string): readonly HaltRow[]
  /** Notes what a batch has told of its endpoints, within the caller's transaction. */
  note(settlements: readonly Settlement[], now: number): void
  /** Until when an endpoint rests; null where it does not. */
  restsUntil(channel: string, endpoint: string): number | null
}

export function haltKeeper(db: Pick<BrandDatabase, 'sqlite'>): HaltKeeper {
  const { sqlite } = db
  const audit = auditWriter(db)
  const any = sqlite.prepare('select 1 from channel_halts limit 1')
  const list = sqlite.prepare<[string], HaltRow>(`select ${columns} from channel_halts where channel = ?`)
  const read = sqlite.prepare<[string, string], HaltRow>(
    `select ${columns} from channel_halts where channel = ? and endpoint = ?`,
  )
  const write = sqlite.prepare(
    `insert into channel_halts (channel, endpoint, mend, code, detail, since, attempts, next_at)
     values (@channel, @endpoint, @mend, @code, @detail, @now, 1, @nextAt)
     on conflict do update set mend = excluded.mend, code = excluded.code, detail = excluded.detail,
       attempts = attempts + 1, next_at = excluded.next_at`,
  )
  const end = sqlite.prepare('delete from channel_halts where channel = ? and endpoint = ?')
  const say = (
    action: 'channel.halted' | 'channel.recovered',
    { channel }: Heard,
    code: string,
    now: number,
  ) => audit({ actor: engineActor, at: now, realAt: now }, action, channel, { answer: code })

  const halt = (heard: Heard, fault: HaltCause, known: HaltRow | undefined, now: number): void => {
    const nextAt = now + restAfter((known?.attempts ?? 0) + 1, fault.afterMs)
    const { channel, endpoint } = heard
    const { mend, code, detail } = fault
    write.run({ channel, endpoint, mend, code, detail, now, nextAt })
    if (fault.mend === 'person' && known?.mend !== 'person') say('channel.halted', heard, fault.code, now)
  }
  const recover = (heard: Heard, known: HaltRow, now: number): void => {
    end.run(heard.channel, heard.endpoint)
    if (known.mend === 'person') say('channel.recovered', heard, known.code, now)
  }
  return {
    of: (channel) => list.all(channel),
    restsUntil: (channel, endpoint) => read.get(channel, endpoint)?.nextAt ?? null,
    note(settlements, now) {
      const some = any.get() !== undefined
      for (const heard of heardIn(settlements)) {
        if (!some && heard.fault === null) continue
        const known = read.get(heard.channel, heard.endpoint)
        if (heard.answered) {
          if (known !== undefined) recover(heard, known, now)
        } else if (heard.fault !== null) halt(heard, heard.fault, known, now)
        // Silence says nothing new: what was known of it stands.
        else if (known !== undefined) halt(heard, { ...known, afterMs: null }, known, now)
      }
    },
  }
}

/** Every endpoint that rests, with how many messages wait for it. */
export function listHalts({ sqlite }: Pick<BrandDatabase, 'sqlite'>): Halt[] {
  return sqlite
    .prepare<[], Halt>(
      `select ${columns}, (select count(*) from messages m where m.channel = h.channel and m.status = 'queued'
         and m.due_at is not null and (h.endpoint = '' or m.recipient = h.endpoint)) as waiting
       from channel_halts h order by since, channel, endpoint`,
    )
    .all()
}

/** Ends the rest of a channel, or of one endpoint of it, by a person's word; within the caller's transaction. */
export function haltEnder({
  sqlite,
}: Pick<BrandDatabase, 'sqlite'>): (channel: string, endpoint: string | null, now: number) => number {
  const end = sqlite.prepare<
    { channel: string; endpoint: string | null },
    { endpoint: string; until: number }
  >(
    `delete from channel_halts where channel = @channel and (@endpoint is null or endpoint = @endpoint)
     returning endpoint, next_at as until`,
  )
  // What was put off for longer, by the night or by its own answer, is left so.
  const hurry = sqlite.prepare(
    `update messages set due_at = @now where channel = @channel and status = 'queued' and due_at > @now
       and due_at <= @until and (@endpoint = '' or recipient = @endpoint)`,
  )
  return (channel, endpoint, now) => {
    const ended = end.all({ channel, endpoint })
    for (const one of ended) hurry.run({ ...one, channel, now })
    return ended.length
  }
}
