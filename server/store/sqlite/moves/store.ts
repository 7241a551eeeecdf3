import { z } from 'zod'
import { couponGiven } from '../../../../shared/effects/coupon.ts'
import type { Enrollment } from '../../../../shared/nodes/type.ts'
import type { MoveStore, OpenMove, OpenQuestion, WaitingMessage } from '../../../ports/moves.ts'
import type { BrandDatabase } from '../database.ts'
import {
  columnsOf,
  type EnrollmentRow,
  enrollmentColumns,
  readableOf,
  storedOrBare,
} from '../enrollments/enrollments.ts'
import { figureWriter } from '../figures/figures.ts'
import { type Linked, sayer } from '../links/write.ts'
import { readColumn } from '../stored-json.ts'
import { waitsThere } from '../tasks/rows.ts'
import { openMoves } from './moves.ts'

const givenCoupon = couponGiven.extend({ node: z.string() })

type LinkPlace = Pick<Linked, 'enrollmentId' | 'node' | 'visit' | 'turn' | 'customerId'>

type MessageRow = [
  id: number,
  version: number,
  node: string,
  channel: string,
  recipient: string,
  purpose: WaitingMessage['purpose'],
  given: string | null,
  ...EnrollmentRow,
]

/** The coupon that a message speaks of, by the node that gave it: of those given later it knows nothing. */
function couponsOf(given: string | null): Enrollment['coupons'] {
  const read = given === null ? null : readColumn(given, givenCoupon)
  if (read === null || !read.readable) return {}
  const { node, ...coupon } = read.value
  return { [node]: coupon }
}

function messageOf([
  id,
  version,
  node,
  channel,
  recipient,
  purpose,
  given,
  ...row
]: MessageRow): WaitingMessage {
  const stored = storedOrBare(row)
  const enrollment = { ...stored.enrollment, coupons: couponsOf(given) }
  return { id, version, node, channel, recipient, purpose, stored: { ...stored, enrollment } }
}

type QuestionRow = [node: string, visit: number, text: string, ...EnrollmentRow]

function questionOf([node, visit, text, ...row]: QuestionRow): OpenQuestion {
  return { node, visit, text, stored: storedOrBare(row) }
}

/** Questions without an answer: by the index of those that are due, and by that of those that are not. */
const unanswered = `select enrollment_id, node, visit from asks where reply is null and due_at is not null
  union all select enrollment_id, node, visit from asks where reply is null and due_at is null`

/** Where a question stands, as JSON. */
type QuestionKey = string

const untouched = `status = 'queued' and attempts = 0 and withdrawn = 0`

interface SayRow {
  id: number
  version: number
  subject: string | null
  body: string
  format: string
  parts: number
  costMilli: number
  attachments: string | null
  template: string | null
}

/** What is still to be said anew, and how much of it is in hand. */
interface Queue {
  readonly messages: number[]
  readonly questions: QuestionKey[]
  inHand: readonly [messages: number, questions: number]
}

const placesIn = (reworded: OpenMove['reworded'], versions: readonly string[]): string =>
  JSON.stringify(versions.flatMap((one) => (reworded[one] ?? []).map((node) => `${one} ${node}`)))

/** Questions of a journey that somebody waits for, in some nodes of some versions. */
export function openQuestionsIn(
  { sqlite }: BrandDatabase,
  journeyId: string,
  reworded: OpenMove['reworded'],
): QuestionKey[] {
  return sqlite
    .prepare<[string, string], QuestionKey>(
      `select json_array(a.enrollment_id, a.node, a.visit) from (${unanswered}) a
         join enrollments e on e.id = a.enrollment_id
       where e.journey_id = ? and ${waitsThere} and e.version || ' ' || a.node in (select value from json_each(?))
       order by a.enrollment_id, a.node, a.visit`,
    )
    .pluck()
    .all(journeyId, placesIn(reworded, Object.keys(reworded)))
}

function statements({ sqlite }: BrandDatabase) {
  return {
    // The index of those under way has them by customer and key.
    next: sqlite
      .prepare<[string, string, string, string, number], EnrollmentRow>(
        `select ${enrollmentColumns} from enrollments
         where journey_id = ? and ended_at is null and (customer_id, entry_key) > (?, ?)
           and version in (select value from json_each(?))
         order by customer_id, entry_key limit ?`,
      )
      .raw(),
    waiting: sqlite
      .prepare<[string, string], number>(
        `select id from messages where journey_id = ? and due_at is not null and ${untouched}
           and version || ' ' || node in (select value from json_each(?)) order by due_at`,
      )
      .pluck(),
    messages: sqlite
      .prepare<[string], MessageRow>(
        `select m.id, m.version, m.node, m.channel, m.recipient, m.purpose,
           (select json_object('node', c.node, 'code', c.code, 'value', c.value, 'minSpend', c.min_spend,
              'expiresAt', c.expires_at, 'name', json(c.name)) from coupons c where c.code = m.coupon),
           ${columnsOf('e')}
         from json_each(?) as picked join messages m on m.id = picked.value
           join enrollments e on e.id = m.enrollment_id
         where m.status = 'queued' and m.attempts = 0 and m.withdrawn = 0 order by picked.key`,
      )
      .raw(),
    questions: sqlite
      .prepare<[string], QuestionRow>(
        `select a.node, a.visit, a.request, ${columnsOf('e')}
         from json_each(?) as picked join asks a on a.enrollment_id = picked.value ->> 0
           and a.node = picked.value ->> 1 and a.visit = picked.value ->> 2
           join enrollments e on e.id = a.enrollment_id
         where a.reply is null and ${waitsThere} order by picked.key`,
      )
      .raw(),
    // One that says the same already has been said before the end of an earlier process.
    say: sqlite.prepare<SayRow>(
      `update messages set subject = @subject, body = @body, format = @format, parts = @parts, cost_milli = @costMilli,
         attachments = @attachments, template = @template, model = null, version = @version
       where id = @id and ${untouched}
         and (version, body, format, coalesce(subject, ''), coalesce(attachments, ''), coalesce(template, ''))
           <> (@version, @body, @format, coalesce(@subject, ''), coalesce(@attachments, ''), coalesce(@template, ''))`,
    ),
    whose: sqlite.prepare<[number], LinkPlace>(
      'select enrollment_id as enrollmentId, node, visit, turn, customer_id as customerId from messages where id = ?',
    ),
    unlink: sqlite.prepare<LinkPlace>(
      'delete from links where enrollment_id = @enrollmentId and node = @node and visit = @visit and turn = @turn',
    ),
    relink: sqlite.prepare(
      'update messages set body = @body, attachments = @attachments, template = @template where id = @id',
    ),
    saying: sayer(sqlite),
    // What was answered to another question is no answer to this one; what is held stays so.
    ask: sqlite.prepare(
      `update asks set request = @request, attempts = 0, due_at = case when due_at is null then null else @now end
       where enrollment_id = @enrollment and node = @node and visit = @visit and reply is null
         and request = @text and request <> @request`,
    ),
    hold: sqlite.prepare<[string, number, number], { journeyId: string; version: number; node: string }>(
      `update messages set status = 'held', due_at = null, error = ?, version = ? where id = ? and ${untouched}
       returning journey_id as journeyId, version, node`,
    ),
    said: sqlite.prepare('update moves set reworded = reworded + ? where id = ?'),
    end: sqlite.prepare('update moves set words_due = 0 where id = ?'),
  }
}

/** Moves between versions over one brand's database. */
export function moveStore(db: BrandDatabase): MoveStore {
  const run = statements(db)
  const open = openMoves(db)
  const figure = figureWriter(db)
  /** Found once for a move, as each batch would look through all of them. */
  const queues = new Map<number, Queue>()

  const queueOf = ({ id, journeyId, reworded, fates }: OpenMove): Queue => {
    const known = queues.get(id)
    if (known !== undefined) return known
    // Whoever is moved is asked anew there.
    const standing = Object.entries(reworded).filter(([version]) => fates[version] === undefined)
    const found: Queue = {
      messages: run.waiting.all(journeyId, placesIn(reworded, Object.keys(reworded))),
      questions: openQuestionsIn(db, journeyId, Object.fromEntries(standing)),
      inHand: [0, 0],
    }
    queues.set(id, found)
    return found
  }

  const reword = db.sqlite.transaction<(...args: Parameters<MoveStore['reword']>) => void>(
    (move, { messages, questions, now }, done) => {
      let said = 0
      for (const { message, version, to } of messages)
        if ('gate' in to) {
          const place = run.hold.get(`held: ${to.gate}`, version, message.id)
          if (place !== undefined) figure(place, `message:held:${to.gate}`)
          said += 1
        } else {
          const { subject, text: body, format, parts, costMilli, attachments: beside } = to.words
          const attachments = beside === undefined ? null : JSON.stringify(beside)
          const template = to.words.template === undefined ? null : JSON.stringify(to.words.template)
          const words = { subject, body, format, parts, costMilli, attachments, template }
          const { id } = message
          const { changes } = run.say.run({ id, version, ...words })
          said += changes
          const place = changes === 0 ? undefined : run.whose.get(id)
          if (place === undefined) continue
          run.unlink.run(place)
          const saying = run.saying({ ...place, at: now }, to.words)
          if (saying.body !== body || saying.attachments !== attachments || saying.template !== template)
            run.relink.run({ id, ...saying })
        }
      for (const { question, request } of questions) {
        const { node, visit, text, stored } = question
        const asked = { node, visit, text, request: JSON.stringify(request), now }
        said += run.ask.run({ ...asked, enrollment: stored.enrollment.id }).changes
      }
      run.said.run(said, move.id)
      if (done) run.end.run(move.id)
    },
  )

  return {
    openMoves: async () => open(),
    async toMove({ journeyId, fates, cursor }, limit) {
      const [customer, key] = cursor ?? ['', '']
      const rows = run.next.all(
        journeyId,
        customer,
        key,
        JSON.stringify(Object.keys(fates).map(Number)),
        limit,
      )
      const last = rows.at(-1)
      return {
        // One that cannot be read stays where it is; whoever is to step it sets it aside and says why.
        enrollments: readableOf(rows, () => undefined),
        cursor: last === undefined ? null : [last[3], last[4]],
      }
    },
    async toReword(move, limit) {
      const queue = queueOf(move)
      const messages = queue.messages.slice(0, limit)
      const questions = queue.questions.slice(0, limit - messages.length)
      queue.inHand = [messages.length, questions.length]
      return {
        messages: run.messages.all(JSON.stringify(messages)).map(messageOf),
        questions: run.questions.all(JSON.stringify(questions)).map(questionOf),
        more: queue.messages.length + queue.questions.length > messages.length + questions.length,
      }
    },
    async reword(move, said, done) {
      reword.immediate(move, said, done)
      // Only now: what could not be written is taken in hand again.
      const queue = queues.get(move.id)
      queue?.messages.splice(0, queue.inHand[0])
      queue?.questions.splice(0, queue.inHand[1])
      if (done) queues.delete(move.id)
    },
  }
}
