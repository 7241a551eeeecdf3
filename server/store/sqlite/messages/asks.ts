import { z } from 'zod'
import { acts, type Request, requestSchema } from '../../../../shared/effects/requests/index.ts'
import type { AskResult, AskStore, KeptAsk } from '../../../ports/asks.ts'
import type { Claimant } from '../../../ports/claims.ts'
import type { BrandDatabase } from '../database.ts'
import { leaseTaker } from '../leases.ts'
import { type Heart, unmarked } from '../lives/lives.ts'
import { steadied } from '../steady.ts'
import { storedJson } from '../stored-json.ts'
import { type KeptResults, keptNowhere } from './kept-results.ts'

interface AskRow {
  enrollment_id: number
  node: string
  visit: number
  journey_id: string
  request: string
  attempts: number
  deadline: number | null
  language: string | null
  life: string | null
}

/** Once only models were asked, and the row held the effect itself. */
const kept = storedJson
  .pipe(z.looseObject({ to: z.string().default('model') }))
  .transform(({ kind: _effect, ...request }) => request)
  .pipe(requestSchema)

/** What the hot path wrote; null where it is no question that anybody here can be asked. */
const requestOf = (text: string): Request | null => kept.safeParse(text).data ?? null

function askOf(row: AskRow): KeptAsk {
  return {
    enrollmentId: row.enrollment_id,
    node: row.node,
    visit: row.visit,
    journeyId: row.journey_id,
    request: requestOf(row.request),
    attempts: row.attempts,
    deadline: row.deadline,
    language: row.language,
    life: row.life,
    text: row.request,
  }
}

const waitsHere = `ended_at is null and state = @node and json_extract(data, '$.w.cause') = 'reply'`

function statements({ sqlite }: BrandDatabase) {
  return {
    due: sqlite.prepare<[number, number, number, number], AskRow>(
      `select a.enrollment_id, a.node, a.visit, e.journey_id, a.request, a.attempts, a.life, c.language,
         case when e.ended_at is null and e.state = a.node and json_extract(e.data, '$.w.cause') = 'reply'
           then json_extract(e.data, '$.w.until') end as deadline
       from asks a join enrollments e on e.id = a.enrollment_id
         join journeys j on j.id = e.journey_id and j.status = 'live'
         left join customers c on c.id = e.customer_id
       where a.due_at is not null and a.due_at <= ? and a.reply is null and e.shard between ? and ?
       order by a.due_at limit ?`,
    ),
    spend: sqlite.prepare(
      `update asks set model = coalesce(@model, model), prompt = coalesce(@prompt, prompt),
         input_tokens = coalesce(input_tokens, 0) + @inputTokens,
         output_tokens = coalesce(output_tokens, 0) + @outputTokens,
         cost_milli = case when @costMilli is null then cost_milli else coalesce(cost_milli, 0) + @costMilli end
       where enrollment_id = @enrollment and node = @node and visit = @visit`,
    ),
    reply: sqlite.prepare(
      `update asks set reply = @reply, due_at = null
       where enrollment_id = @enrollment and node = @node and visit = @visit and reply is null
         and due_at is not null and request = @text`,
    ),
    again: sqlite.prepare(
      `update asks set due_at = @at, attempts = attempts + 1
       where enrollment_id = @enrollment and node = @node and visit = @visit and reply is null
         and due_at is not null and request = @text`,
    ),
    wake: sqlite.prepare(
      `update enrollments set due_at = @now where id = @enrollment and status = 'live' and ${waitsHere}`,
    ),
  }
}

const keptResult = z.object({
  at: z.number(),
  ask: z.object({ enrollmentId: z.int(), node: z.string(), visit: z.int(), text: z.string() }),
  spent: z
    .object({
      model: z.string().nullable(),
      prompt: z.string().nullable(),
      inputTokens: z.number(),
      outputTokens: z.number(),
      costMilli: z.number().nullable(),
    })
    .nullable(),
  outcome: z.discriminatedUnion('kind', [
    // Read again by whoever asked, as what is kept in its row is.
    z.object({ kind: z.literal('reply'), reply: z.looseObject({ ok: z.boolean() }) }),
    z.object({ kind: z.literal('again'), at: z.number() }),
  ]),
})
type KeptResult = z.infer<typeof keptResult>

function noteOf({ ask: asked, spent, outcome }: AskResult, at: number): KeptResult {
  const { enrollmentId, node, visit, text } = asked
  const ask = { enrollmentId, node, visit, text }
  if (outcome.kind === 'again') return { at, ask, spent, outcome }
  return { at, ask, spent, outcome: { kind: 'reply', reply: { ...outcome.reply } } }
}

export interface AskOptions {
  /** Counts what may do something elsewhere. */
  readonly heart?: Heart
  /** Where answers are kept while they cannot be written. */
  readonly kept?: KeptResults
}

/** Questions to others over one brand's database. */
export function createAskStore(
  db: BrandDatabase,
  { heart = unmarked, kept = keptNowhere }: AskOptions = {},
): AskStore {
  const run = statements(db)
  const count = db.sqlite.transaction((now: number) => heart.beat(now))
  const dueNow = (now: number, limit: number, by: Claimant): readonly KeptAsk[] => {
    const asks = run.due.all(now, ...by.shards, limit).map(askOf)
    // What may do something elsewhere counts as handed over, by which a restore is known.
    if (asks.some(({ request }) => request !== null && acts(request))) heart.mark(count.immediate(by.now()))
    return asks
  }
  const lease = leaseTaker(db)
  const settle = db.sqlite.transaction(({ ask, spent, outcome }: Omit<KeptResult, 'at'>, now: number) => {
    const place = { enrollment: ask.enrollmentId, node: ask.node, visit: ask.visit }
    const question = { ...place, text: ask.text }
    if (spent !== null) run.spend.run({ ...place, ...spent })
    if (outcome.kind === 'again') run.again.run({ ...question, at: outcome.at })
    else {
      run.reply.run({ ...question, reply: JSON.stringify(outcome.reply) })
      run.wake.run({ enrollment: ask.enrollmentId, node: ask.node, now })
    }
  })
  const settleKept = db.sqlite.transaction(() => {
    const notes = kept.left('answers').flatMap((note) => keptResult.safeParse(note).data ?? [])
    for (const { at, ...result } of notes) settle(result, at)
    return notes.length
  })
  const writer = steadied<Pick<AskStore, 'settle'>>(db.steady, {
    settle: async (result, now) => settle.immediate(noteOf(result, now), now),
  })
  return {
    ...steadied<Omit<AskStore, 'settle'>>(db.steady, {
      due: async (now, limit, by) => (lease('asks', by) ? dueNow(now, limit, by) : []),
      async settleKept() {
        const count = settleKept.immediate()
        kept.taken('answers')
        return count
      },
    }),
    settle: (result, now) =>
      kept.guard(
        'answers',
        result,
        () => noteOf(result, now),
        () => writer.settle(result, now),
      ),
  }
}
