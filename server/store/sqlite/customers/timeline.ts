import type { CustomerAnswer } from '../../../../shared/api/customers.ts'
import type { StoryEntry } from '../../../../shared/api/story.ts'
import { receiptKinds } from '../../../../shared/conditions/receipts.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import { writtenText } from '../../../../shared/text.ts'
import type { BrandDatabase } from '../database.ts'
import { givenBack, netAmount, orderStands, wholeSum } from '../events/order-sql.ts'
import { graphReader } from '../journeys/versions.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import {
  type EventRow,
  eventOf,
  type MessageRow,
  messageOf,
  type Name,
  namer,
  type Reading,
  type ReceiptRow,
  type ReplyRow,
  readDetails,
  receiptOf,
  replyOf,
  type StepRow,
  stepOf,
} from './story-rows.ts'

type TimelineEntry = StoryEntry

/** The newest entries of a customer's page; older ones are left out. */
const mostEntries = 300

/** A loop may turn a thousand times. */
const longestStory = 3000

/** A customer's whole story, or that of one passage. */
type Whose = { readonly customer: string } | { readonly enrollment: number }

/** The column that picks whose story it is, and its value. */
function picking(whose: Whose, table: string, enrollmentId = 'enrollment_id'): [string, string | number] {
  return 'customer' in whose
    ? [`${table}.customer_id`, whose.customer]
    : [`${table}.${enrollmentId}`, whose.enrollment]
}

function steps(db: BrandDatabase, whose: Whose, reading: Reading, most: number): TimelineEntry[] {
  const [column, value] = picking(whose, 'e', 'id')
  return db.sqlite
    .prepare<[string | number, number], StepRow>(
      `select t.at, t.node, t.outcome, t.reason, e.journey_id as journeyId, e.version
       from enrollments e join traces t on t.enrollment_id = e.id
       where ${column} = ? order by t.at desc, t.enrollment_id desc, t.seq desc limit ?`,
    )
    .all(value, most)
    .map(stepOf(reading))
}

function messages(db: BrandDatabase, whose: Whose, name: Name): TimelineEntry[] {
  const [column, value] = picking(whose, 'm')
  return db.sqlite
    .prepare<[string | number, number], MessageRow>(
      `select cast(coalesce(sent_at, created_at) as integer) as at, node, channel, subject, body, attachments, status, model, passed,
         journey_id as journeyId, version
       from messages m where ${column} = ? order by created_at desc, id desc limit ?`,
    )
    .all(value, mostEntries)
    .map(messageOf(name))
}

function receipts(db: BrandDatabase, whose: Whose, name: Name): TimelineEntry[] {
  const [column, value] = picking(whose, 'm')
  return db.sqlite
    .prepare<[string | number, number], ReceiptRow>(
      `select r.at, r.kind, r.detail, m.node, m.channel, m.journey_id as journeyId, m.version
       from messages m join receipts r on r.message_id = m.id
       where ${column} = ? and r.kind <> 'replied' order by r.at desc limit ?`,
    )
    .all(value, mostEntries)
    .map(receiptOf(name))
}

/** What the customer did; receipts are events too, and stand above. */
function events(db: BrandDatabase, customerId: string): TimelineEntry[] {
  return db.sqlite
    .prepare<[string, string, number], EventRow>(
      `select at, name, amount, properties from events
       where customer_id = ? and name not in (select value from json_each(?)) order by at desc, seq desc limit ?`,
    )
    .all(customerId, JSON.stringify([...receiptKinds.keys()]), mostEntries)
    .map(eventOf)
}

/** What the customer wrote to us. */
function replies(db: BrandDatabase, customerId: string): TimelineEntry[] {
  return db.sqlite
    .prepare<[string, number], ReplyRow>(
      `select at, channel, body from inbox where customer_id = ? and direction = 'in' order by at desc limit ?`,
    )
    .all(customerId, mostEntries)
    .map(replyOf)
}

/** All that has happened between the brand and one customer, the newest first. */
export function timelineOf(db: BrandDatabase, customerId: string, registry: Registry): TimelineEntry[] {
  const graphOf = graphReader(db)
  const name = namer(graphOf)
  const whose = { customer: customerId }
  return [
    ...replies(db, customerId),
    ...receipts(db, whose, name),
    ...messages(db, whose, name),
    ...steps(db, whose, { name, graphOf, registry }, mostEntries),
    ...events(db, customerId),
  ]
    .sort((a, b) => b.at - a.at)
    .slice(0, mostEntries)
}

/** The same of one passage: its steps, its messages and what became of them. */
export function timelineOfPassage(
  db: BrandDatabase,
  enrollment: number,
  registry: Registry,
): TimelineEntry[] {
  const graphOf = graphReader(db)
  const name = namer(graphOf)
  const whose = { enrollment }
  return [
    ...receipts(db, whose, name),
    ...messages(db, whose, name),
    ...steps(db, whose, { name, graphOf, registry }, longestStory),
  ].sort((a, b) => b.at - a.at)
}

type EnrollmentSummary = CustomerAnswer['enrollments'][number]

/** The customer's passages through journeys, the newest first. */
export function enrollmentsOfCustomer(db: BrandDatabase, customerId: string): EnrollmentSummary[] {
  const graphOf = graphReader(db)
  return db.sqlite
    .prepare<[string], Omit<EnrollmentSummary, 'journeyName' | 'control'> & { control: number }>(
      `select id, journey_id as journeyId, version, state, status, entered_at as enteredAt, ended_at as endedAt,
         ending, control, due_at as dueAt
       from enrollments where customer_id = ? order by entered_at desc, id desc limit 100`,
    )
    .all(customerId)
    .map((row) => ({
      ...row,
      control: row.control === 1,
      journeyName: graphOf(row.journeyId, row.version)?.name ?? { en: row.journeyId },
    }))
}

/** Totals know of every refund, whenever it was. */
const everRefunded = Number.MAX_SAFE_INTEGER

/** What the customer bought last, the newest first. */
export function ordersOfCustomer(db: BrandDatabase, customerId: string): CustomerAnswer['orders'] {
  return db.sqlite
    .prepare<
      [number, string],
      { id: string; at: number; amount: number | null; refunded: number; properties: string }
    >(
      `select id, at, amount, properties, ${givenBack} as refunded from events e where customer_id = ? and name = 'order'
       order by at desc, seq desc limit 200`,
    )
    .all(everRefunded, customerId)
    .map((row) => ({ ...row, properties: readDetails(row.properties) }))
}

/** How often the customer has bought, for how much and when last: of orders that stand. */
export function totalsOfCustomer(
  db: BrandDatabase,
  customerId: string,
): Pick<CustomerAnswer, 'totals' | 'lastOrderAt'> {
  const totals = db.sqlite
    .prepare<[number, string, number, number], CustomerAnswer['totals'] & { lastOrderAt: number | null }>(
      `select count(*) as orders, ${wholeSum(netAmount)} as spent, cast(max(at) as integer) as lastOrderAt from events e
       where customer_id = ? and name = 'order' and ${orderStands}`,
    )
    .get(everRefunded, customerId, everRefunded, everRefunded)
  const { lastOrderAt, ...sums } = totals ?? { orders: 0, spent: 0, lastOrderAt: null }
  return { totals: sums, lastOrderAt }
}

/** The last message that was handed to its channel. */
export function lastMessageOf(
  { sqlite }: BrandDatabase,
  customerId: string,
): Pick<CustomerAnswer, 'lastMessage'> {
  const row = sqlite
    .prepare<[string], NonNullable<CustomerAnswer['lastMessage']>>(
      `select cast(sent_at as integer) as at, channel from messages
       where customer_id = ? and status = 'sent' and sent_at is not null order by created_at desc, id desc limit 1`,
    )
    .get(customerId)
  return { lastMessage: row ?? null }
}

interface StayRow {
  key: string
  name: string
  since: number
  before: number
}

/** The audiences that name the customer in a list, and those in which the last look saw them; the latest first. */
export function audiencesOfCustomer(db: BrandDatabase, customerId: string): CustomerAnswer['audiences'] {
  const rows = db.sqlite
    .prepare<{ customer: string }, StayRow>(
      `select a.key, a.name, cast(m.at as integer) as since, 0 as before
         from audience_members m join audiences a on a.key = m.audience where m.customer_id = @customer
       union all
       select a.key, a.name, cast(s.since as integer), s.before
         from audience_stays s join audiences a on a.key = s.audience
         where s.customer_id = @customer and s.until is null and a.kind = 'condition'
       order by 3 desc, 1`,
    )
    .all({ customer: customerId })
  // A list may have been looked at before it was frozen: where it names somebody itself, that counts.
  const known = new Map(rows.map((row) => [row.key, row]))
  return [...known.values()].map(({ key, name, since, before }) => ({
    ...{ key, since, before: before === 1 },
    name: valueOr(readColumn(name, writtenText), { en: key }),
  }))
}
