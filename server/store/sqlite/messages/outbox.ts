import { z } from 'zod'
import type { KeptAddressKind } from '../../../../shared/channels/address/address.ts'
import { endpointOf } from '../../../../shared/channels/halts.ts'
import type { Customer } from '../../../../shared/conditions/customer.ts'
import { pace } from '../../../../shared/journey/rate.ts'
import { keptKindOf, standingOf } from '../../../../shared/message/standing.ts'
import type {
  BeginRequest,
  Claim,
  ClaimedMessage,
  ClaimRequest,
  OutboxStore,
  RecoverRequest,
  Settlement,
  Verdict,
} from '../../../ports/dispatch.ts'
import { interrupted, isInDoubt } from '../../../ports/doubt.ts'
import { isReadable, type ReadCustomer } from '../../../ports/engine.ts'
import { addressStatesReader } from '../customers/address-states.ts'
import { addressCloser } from '../customers/closing.ts'
import { customersReader } from '../customers/facts.ts'
import type { BrandDatabase } from '../database.ts'
import { deliveryCounter } from '../delivery/counter.ts'
import { pauseReader } from '../delivery/pauses.ts'
import { codeTold, toldOf } from '../delivery/told.ts'
import { insertEvents } from '../events/events.ts'
import { type FigurePlace, figureWriter } from '../figures/figures.ts'
import { type Beats, type Heart, unmarked } from '../lives/lives.ts'
import { steadied } from '../steady.ts'
import { reportHeeder } from './delivery.ts'
import { haltKeeper } from './halts.ts'
import { type KeptResults, keptNowhere } from './kept-results.ts'
import { attachmentsIn, type MessageRow, messageOf, outboxStatements } from './outbox-rows.ts'
import { receiptTaker } from './receipts.ts'
import { earlyReceipts } from './receipts-early.ts'
import { takeTurns } from './turns.ts'

/** Takes back, instead of another attempt, what was withdrawn while it was in hand; in doubt it is unknown. */
function withdrawer(db: BrandDatabase): (id: number, error: string | null, now: number) => void {
  const figure = figureWriter(db)
  const count = deliveryCounter(db)
  const set = db.sqlite.prepare<[string, number], FigurePlace & { channel: string }>(
    `update messages set status = ?, due_at = null where id = ? and status = 'queued' and withdrawn = 1
     returning journey_id as journeyId, version, node, channel`,
  )
  return (id, error, now) => {
    const status = isInDoubt(error) ? 'unknown' : 'cancelled'
    const place = set.get(status, id)
    if (place === undefined || status !== 'unknown') return
    figure(place, 'message:unknown')
    count([{ channel: place.channel, outcome: 'unknown', code: codeTold(error), id }], now)
  }
}

/** Where a customer has the address in use of each kind; null: the id is it. */
const fields = {
  phone: 'phone',
  email: 'email',
  external_userid: 'externalUserId',
  openid: 'openid',
  customer: null,
} as const satisfies Record<KeptAddressKind, keyof Customer | null>

/**
 * Rule 14: the gates are asked again of the address that the message goes to. One that has another in its place
 * by now may be somebody else's, and is no address of the customer's any more.
 */
function recipientReader({ sqlite }: BrandDatabase): (customer: Customer, row: MessageRow) => Customer {
  const borne = sqlite.prepare(
    'select 1 from addresses where customer_id = ? and kind = ? and address = ? and former_at is null',
  )
  const statesOf = addressStatesReader(sqlite)
  return (customer, { recipient, channel }) => {
    const kind = keptKindOf(channel)
    const field = fields[kind]
    if (field === null || customer[field] === recipient) return customer
    const address = borne.get(customer.id, kind, recipient) === undefined ? null : recipient
    const reached = { ...customer, [field]: address }
    return { ...reached, ...standingOf(reached, statesOf([customer.id])(customer.id)) }
  }
}

/** What a settled attempt means: the message may have left, it is counted as what became of it, or it is tried again. */
const settled: Readonly<
  Record<Settlement['status'], { readonly left: boolean; readonly counted: boolean; readonly again: boolean }>
> = {
  sent: { left: true, counted: false, again: false },
  queued: { left: false, counted: false, again: true },
  failed: { left: false, counted: true, again: false },
  unknown: { left: true, counted: true, again: false },
}

/** The gates ask of addresses and consents, and of no attribute: who has some that cannot be read is reached as others. */
function asReached(customer: ReadCustomer): Customer {
  if (isReadable(customer)) return customer
  const { unreadable: _reason, ...rest } = customer
  return { ...rest, attributes: {} }
}

/** Nobody is there any more to be written to. */
const gone: Verdict = { kind: 'hold', gate: 'erased' }

export interface OutboxOptions {
  /** Runs within the transaction that marks messages as sent. */
  readonly onSent?: (messages: readonly ClaimedMessage[], now: number) => void
  /** Counts each handing over; of a brand that sends nothing outside it may stand still. */
  readonly heart?: Heart
  /** Where what became of messages is kept while it cannot be written. */
  readonly kept?: KeptResults
}

const halted = z.object({
  mend: z.enum(['person', 'time']),
  code: z.string(),
  detail: z.string(),
  afterMs: z.number().nullable(),
})

/** What became of an attempt, as it is kept beside the data: by which message it was, and without the customer. */
const keptSettlement = z.object({
  id: z.int(),
  enrollmentId: z.int(),
  node: z.string(),
  visit: z.int(),
  life: z.string().nullable(),
  at: z.number(),
  status: z.enum(['sent', 'queued', 'failed', 'unknown']),
  dueAt: z.number().nullable(),
  providerId: z.string().nullable(),
  error: z.string().nullable(),
  endpoint: z.union([z.enum(['answered', 'silent']), halted]),
  closes: z.enum(['hard_bounce', 'invalid']).optional(),
})
type KeptSettlement = z.infer<typeof keptSettlement>

function noteOf({ message, ...outcome }: Settlement, at: number): KeptSettlement {
  const { id, enrollmentId, node, visit, life } = message
  return { id, enrollmentId, node, visit, life, at, ...outcome }
}

/** The outbox over one brand's database. */
export function createOutboxStore(
  db: BrandDatabase,
  { onSent = () => undefined, heart = unmarked, kept = keptNowhere }: OutboxOptions = {},
): OutboxStore {
  const run = outboxStatements(db)
  const figure = figureWriter(db)
  const count = deliveryCounter(db)
  const isPaused = pauseReader(db)
  const customersOf = customersReader(db.sqlite)
  const heed = reportHeeder(db)
  const close = addressCloser(db)
  const takeBack = withdrawer(db)
  const atRecipient = recipientReader(db)
  const early = earlyReceipts(db)
  const halts = haltKeeper(db)
  const takeReceipts = receiptTaker(db)
  /** Whose turn comes first, by channel: with small shares the first journey would starve the rest. */
  const turns = new Map<string, number>()

  const hold = (id: number, gate: string, { channel, now }: ClaimRequest): void => {
    const row = run.hold.get(`held: ${gate}`, id)
    if (row === undefined) return
    figure({ journeyId: row.journey_id, version: row.version, node: row.node }, `message:held:${gate}`)
    count([{ channel, outcome: 'held', code: gate, id }], now)
  }

  /** Rule 26: a message whose gates cannot be asked is given up, and holds up no other. */
  const verdictOn = (
    message: ClaimedMessage,
    attachments: string | null,
    { verdict, now }: ClaimRequest,
  ): Verdict | null => {
    try {
      const beside = attachmentsIn(attachments)
      if (!beside.readable) throw new Error(`its attachments: ${beside.reason.en}`)
      return verdict(message)
    } catch (error) {
      const status = isInDoubt(message.error) ? 'unknown' : 'failed'
      const { changes } = run.giveUp.run(status, `${message.error ?? ''} ${String(error)}`.trim(), message.id)
      if (changes === 1) {
        figure(message, `message:${status}`)
        count([{ channel: message.channel, outcome: status, code: 'not-asked', id: message.id }], now)
      }
      return null
    }
  }

  const pick = ({ channel, now, by }: ClaimRequest, limit: number, select: typeof run.queue): number[] => {
    const queues = run.live
      .all()
      .map(({ id, spacing, nextAt }) => {
        const room = spacing === null ? limit : pace(spacing, nextAt, now, limit).count
        return room === 0 ? [] : select.all(id, channel, now, ...by.shards, room).map((row) => row.id)
      })
      .filter((queue) => queue.length > 0)
    const turn = turns.get(channel) ?? 0
    turns.set(channel, turn + limit)
    return takeTurns(queues, limit, turn)
  }

  /** What may leave: nothing for an endpoint that rests, and one message where it is to be tried again. */
  const pickAround = (request: ClaimRequest): number[] => {
    const { channel, now, limit, by } = request
    const resting = halts.of(channel)
    const whole = resting.find(({ endpoint }) => endpoint === '')
    if (whole !== undefined) return whole.nextAt > now ? [] : pick(request, 1, run.queue)
    if (resting.length === 0) return pick(request, limit, run.queue)
    const trials = resting
      .filter(({ nextAt }) => nextAt <= now)
      .flatMap(({ endpoint }) => run.trial.all(endpoint, channel, now, ...by.shards))
      .map(({ id }) => id)
    return [...trials, ...pick(request, limit, run.queueBeside)].slice(0, limit)
  }

  /** Rule 22: from when on the next message of a journey whose messages are spaced may leave. */
  const spend = (messages: readonly ClaimedMessage[], now: number): void => {
    if (messages.length === 0) return
    for (const { id, spacing, nextAt } of run.live.all()) {
      const left = spacing === null ? 0 : messages.filter(({ journeyId }) => journeyId === id).length
      if (spacing !== null && left > 0) run.spaced.run(pace(spacing, nextAt, now, left).nextAt, id)
    }
  }

  const claim = (request: ClaimRequest): Claim & { readonly beats: Beats | null } => {
    const { by, begins, channel } = request
    // Nothing of a channel that a person has paused: it waits as it is.
    if (isPaused(channel)) return { messages: [], others: 0, beats: null }
    const until = by.now() + by.leaseMs
    const messages: ClaimedMessage[] = []
    const picked = pickAround(request)
    const rows = run.read.all(JSON.stringify(picked))
    const customers = customersOf([...new Set(rows.map(({ customer_id }) => customer_id))])
    for (const row of rows) {
      const customer = customers.get(row.customer_id)
      const message = customer === undefined ? null : messageOf(row, atRecipient(asReached(customer), row))
      const answer = message === null ? gone : verdictOn(message, row.attachments, request)
      if (answer === null) continue
      if (answer.kind === 'hold') hold(row.id, answer.gate, request)
      else if (answer.kind === 'defer') run.defer.run(answer.until, row.id)
      else if (message !== null) {
        // Nothing leaves by a verdict that is not to send.
        answer.kind satisfies 'send'
        run.sending.run(by.worker, until, begins ? 0 : 1, row.id)
        messages.push(message)
      }
    }
    spend(messages, request.now)
    const beats = messages.length > 0 ? heart.beat(by.now()) : null
    return { messages, others: picked.length - messages.length, beats }
  }

  /** The reports that were there before the answer which tells whose they are. */
  const takeEarly = (message: ClaimedMessage, providerId: string, now: number): void => {
    const events = early.take(message, providerId)
    if (events.length === 0) return
    // One that was told of its customer stands there already, without its message: the engine hears of it again.
    const { outcomes } = insertEvents(db, events, { source: 'api', receivedAt: now, pending: true })
    for (const [index, { customerId, name, id, properties }] of events.entries())
      if (outcomes[index]?.status === 'duplicate')
        run.tellAgain.run(JSON.stringify(properties), customerId, name, id)
    takeReceipts(events, now)
  }

  const settle = (settlements: readonly Settlement[], now: number): void => {
    halts.note(settlements, now)
    for (const { message, status, dueAt, providerId, error, closes, endpoint } of settlements) {
      const { left, counted, again } = settled[status]
      const rests =
        typeof endpoint === 'string' ? null : halts.restsUntil(message.channel, endpointOf(message))
      const due = again ? (dueAt ?? rests ?? now) : null
      run.settle.run(status, due, left ? now : null, providerId, error, message.id)
      if (rests !== null && again) run.unspent.run(isInDoubt(error) ? 1 : 0, message.id)
      if (counted) figure(message, `message:${status}`)
      if (again) takeBack(message.id, error, now)
      const kind = keptKindOf(message.channel)
      if (closes !== undefined && kind !== 'customer') {
        const { recipient: address, channel } = message
        close({ kind, address, channel, why: closes, at: now, source: 'report', note: error })
      }
      if (providerId !== null) takeEarly(message, providerId, now)
      heed(message.id, now)
    }
    count(settlements.map(toldOf), now)
    const sent = settlements.filter(({ status }) => status === 'sent').map(({ message }) => message)
    if (sent.length > 0) onSent(sent, now)
  }

  const begin = ({ by, now, messages, settlements }: BeginRequest): ReadonlySet<number> => {
    settle(settlements, now)
    const begun = new Set<number>()
    for (const { id, error } of messages) {
      if (run.begin.run(id, by.worker).changes === 1) begun.add(id)
      else if (run.putBack.run(id, by.worker).changes === 1) takeBack(id, error, now)
    }
    return begun
  }

  /** The settlement of a message that is still in hand; another that has its number by now is none of it. */
  const settlementFor = (note: KeptSettlement): Settlement[] => {
    const { id, enrollmentId, node, visit, life, at: _at, closes, ...outcome } = note
    const [row] = run.read.all(JSON.stringify([id]))
    const same =
      row?.enrollment_id === enrollmentId && row.node === node && row.visit === visit && row.life === life
    const customer = row === undefined ? undefined : customersOf([row.customer_id]).get(row.customer_id)
    if (row === undefined || !same || customer === undefined) return []
    return [
      { message: messageOf(row, asReached(customer)), ...outcome, ...(closes !== undefined && { closes }) },
    ]
  }

  /** Writes what an earlier process has heard and could not write, as of the time when it heard it. */
  const settleKept = (): number => {
    const notes = kept
      .left('messages')
      .flatMap((notes) => z.array(keptSettlement).safeParse(notes).data ?? [])
    let count = 0
    for (const note of notes) {
      const settlements = settlementFor(note)
      settle(settlements, note.at)
      count += settlements.length
    }
    return count
  }

  const recover = ({ idempotent, now, by, own }: RecoverRequest) => {
    const found = { queued: 0, unknown: 0 }
    const [from, to] = by.shards
    const real = by.now()
    // A lease that ends later than one taken now was taken before the clock was set back.
    const whose = { worker: by.worker, own: own ? 1 : 0, now: real, latest: real + by.leaseMs, from, to }
    for (const { id, channel, begun, error, ...place } of run.left.all(whose)) {
      const untouched = begun === 0
      const again = untouched || idempotent.has(channel)
      const why = untouched ? error : interrupted
      run.recover.run(again ? 'queued' : 'unknown', again ? now : null, again ? null : now, why, id)
      if (untouched) run.unspent.run(isInDoubt(error) ? 1 : 0, id)
      if (again) takeBack(id, why, now)
      if (again) found.queued += 1
      else {
        found.unknown += 1
        figure({ journeyId: place.journey_id, version: place.version, node: place.node }, 'message:unknown')
        count([{ channel, outcome: 'unknown', code: 'interrupted', id }], now)
      }
      heed(id, now)
    }
    return found
  }

  const transactions = {
    claim: db.sqlite.transaction(claim),
    settle: db.sqlite.transaction(settle),
    begin: db.sqlite.transaction(begin),
    recover: db.sqlite.transaction(recover),
    settleKept: db.sqlite.transaction(settleKept),
  }
  const writer = steadied<Pick<OutboxStore, 'settle' | 'begin'>>(db.steady, {
    settle: async (settlements, now) => transactions.settle.immediate(settlements, now),
    begin: async (request) => transactions.begin.immediate(request),
  })
  const guarded = (settlements: readonly Settlement[], now: number, write: () => Promise<void>) =>
    settlements.length === 0
      ? write()
      : kept.guard('messages', settlements, () => settlements.map((one) => noteOf(one, now)), write)
  return {
    ...steadied<Omit<OutboxStore, 'settle' | 'begin'>>(db.steady, {
      async claim(request) {
        const { beats, ...claimed } = transactions.claim.immediate(request)
        // Nothing has left before it is counted outside the data too.
        if (beats !== null) heart.mark(beats)
        return claimed
      },
      async settleKept() {
        const count = transactions.settleKept.immediate()
        kept.taken('messages')
        return count
      },
      recover: async (request) => transactions.recover.immediate(request),
    }),
    settle: (settlements, now) => guarded(settlements, now, () => writer.settle(settlements, now)),
    async begin(request) {
      let begun: ReadonlySet<number> = new Set()
      await guarded(request.settlements, request.now, async () => {
        begun = await writer.begin(request)
      })
      return begun
    },
  }
}
