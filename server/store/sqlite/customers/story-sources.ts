import { auditEntry } from '../../../../shared/api/audit.ts'
import {
  orderEvents,
  type TimelineEntry,
  type TimelineKind,
  visitEvents,
} from '../../../../shared/api/timeline.ts'
import { actions } from '../../../../shared/audit/actions.ts'
import { receiptKinds } from '../../../../shared/conditions/receipts.ts'
import { sayName } from '../../../../shared/conditions/say.ts'
import { locales, type WrittenText } from '../../../../shared/text.ts'
import type { BrandDatabase } from '../database.ts'
import { buttonsOf, byHand, decisionOf, requestOf } from '../tasks/rows.ts'
import {
  blank,
  type EventRow,
  eventOf,
  type MessageRow,
  messageOf,
  nowhere,
  type Reading,
  type ReceiptRow,
  type ReplyRow,
  readDetails,
  receiptOf,
  replyOf,
  type StepRow,
  stepOf,
} from './story-rows.ts'

/** What a source is asked for: the newest of one customer's before a place, within a time. */
export interface Asked {
  readonly customer: string
  readonly from: number
  /** Whatever is of this moment counts as far as its key is smaller than `key`. */
  readonly until: number
  readonly key: number
  readonly limit: number
  /** As `like` takes it; null: whatever it says. */
  readonly like: string | null
  /** The words that are looked for, small. */
  readonly words: string
  /** Nodes that are called so, as a JSON list of places. */
  readonly nodes: string
  readonly kinds: ReadonlySet<TimelineKind>
}

/** An entry with what it is ordered by beside its time. */
export interface Found {
  readonly key: number
  readonly entry: Omit<TimelineEntry, 'id'>
}

export interface Source {
  /** Of which kinds it tells; asked for none of them it is not read. */
  readonly kinds: readonly TimelineKind[]
  readonly read: (db: BrandDatabase, asked: Asked, reading: Reading) => Found[]
}

type Keyed<Row> = Row & { key: number }

const story = { actor: null } as const

/** Before the place, and within the time: `at` and `key` are what the rows are ordered by. */
const within = (at: string, key: string) =>
  `${at} >= @from and (${at} < @until or (${at} = @until and ${key} < @key))`
const placed = (node: string, of: string) =>
  `${of}.journey_id || char(10) || ${of}.version || char(10) || ${node} in (select value from json_each(@nodes))`
const says = (...columns: readonly string[]) =>
  ['@like is null', ...columns.map((column) => `${column} like @like escape '\\'`)].join(' or ')

/** What binds the names in a statement; better-sqlite3 refuses those that it does not know. */
const bound = ({ customer, from, until, key, limit, like, nodes }: Asked) => ({
  ...{ customer, from, until, key, limit, like, nodes },
})
type Bound = ReturnType<typeof bound>

/** Steps have no number of their own; no passage takes as many as are left room for. */
const stepKey = '(t.enrollment_id * 1048576 + t.seq)'

const steps: Source = {
  kinds: ['steps'],
  read({ sqlite }, asked, reading) {
    const told = stepOf(reading)
    return sqlite
      .prepare<[Bound], Keyed<StepRow>>(
        `select ${stepKey} as key, t.at, t.node, t.outcome, t.reason, e.journey_id as journeyId, e.version
         from enrollments e join traces t on t.enrollment_id = e.id
         where e.customer_id = @customer and ${within('t.at', stepKey)}
           and (${says('t.node', 't.outcome', 't.reason')} or ${placed('t.node', 'e')})
         order by t.at desc, 1 desc limit @limit`,
      )
      .all(bound(asked))
      .map(({ key, ...row }) => ({ key, entry: { ...told(row), ...story } }))
  },
}

const sentAt = 'cast(coalesce(m.sent_at, m.created_at) as integer)'

const messages: Source = {
  kinds: ['messages'],
  read({ sqlite }, asked, { name }) {
    const told = messageOf(name)
    return sqlite
      .prepare<[Bound], Keyed<MessageRow>>(
        `select m.id as key, ${sentAt} as at, m.node, m.channel, m.subject, m.body, m.attachments, m.status, m.model, m.passed,
           m.journey_id as journeyId, m.version
         from messages m where m.customer_id = @customer and m.created_at <= @until and ${within(sentAt, 'm.id')}
           and (${says('m.subject', 'm.body', 'm.attachments', 'm.channel')} or ${placed('m.node', 'm')})
         order by 2 desc, 1 desc limit @limit`,
      )
      .all(bound(asked))
      .map(({ key, ...row }) => ({ key, entry: { ...told(row), ...story } }))
  },
}

const receipts: Source = {
  kinds: ['receipts'],
  read({ sqlite }, asked, { name }) {
    const told = receiptOf(name)
    return sqlite
      .prepare<[Bound], Keyed<ReceiptRow>>(
        `select r.rowid as key, r.at, r.kind, r.detail, m.node, m.channel, m.journey_id as journeyId, m.version
         from messages m join receipts r on r.message_id = m.id
         where m.customer_id = @customer and r.kind <> 'replied' and ${within('r.at', 'r.rowid')}
           and (${says('r.kind', 'r.detail')} or ${placed('m.node', 'm')})
         order by r.at desc, r.rowid desc limit @limit`,
      )
      .all(bound(asked))
      .map(({ key, ...row }) => ({ key, entry: { ...told(row), ...story } }))
  },
}

const replies: Source = {
  kinds: ['messages'],
  read({ sqlite }, asked) {
    return sqlite
      .prepare<[Bound], Keyed<ReplyRow>>(
        `select i.id as key, i.at, i.channel, i.body from inbox i
         where i.customer_id = @customer and i.direction = 'in' and ${within('i.at', 'i.id')}
           and (${says('i.body')}) order by i.at desc, i.id desc limit @limit`,
      )
      .all(bound(asked))
      .map(({ key, ...row }) => ({ key, entry: { ...replyOf(row), ...story } }))
  },
}

/** Nobody does so many kinds of things. */
const mostNames = 300

/** Which names the events of a customer have, each found in the index by the one before. */
function eventNames({ sqlite }: BrandDatabase, customer: string): string[] {
  return sqlite
    .prepare<{ customer: string }, string>(
      `with recursive names(name) as (
         select min(name) from events where customer_id = @customer
         union all
         select (select min(name) from events where customer_id = @customer and name > names.name)
         from names where names.name is not null limit ${mostNames})
       select name from names where name is not null`,
    )
    .pluck()
    .all({ customer })
}

/** Of which kind an event is; null of those that stand in the story as receipts. */
function kindOfEvent(name: string): TimelineKind | null {
  if (receiptKinds.has(name)) return null
  if (orderEvents.includes(name)) return 'orders'
  return visitEvents.includes(name) ? 'visits' : 'events'
}

/** Whether what is looked for is part of a name, as it is written or said. */
const isCalled = (name: string, words: string) =>
  name.toLowerCase().includes(words) ||
  locales.some((locale) => sayName(name, locale).toLowerCase().includes(words))

/** Each name is a run of the index in the order of time: no more is read than is told. */
const events: Source = {
  kinds: ['orders', 'visits', 'events'],
  read(db, asked) {
    const named = bound(asked)
    const { like } = named
    const read = db.sqlite.prepare<[Bound & { name: string }], Keyed<EventRow>>(
      `select v.seq as key, v.at, v.name, v.amount, v.properties from events v
       where v.customer_id = @customer and v.name = @name and v.at <= @until and ${within('v.at', 'v.seq')}
         and (${says('v.id', 'v.properties')}) order by v.at desc, v.seq desc limit @limit`,
    )
    return eventNames(db, asked.customer)
      .filter((name) => {
        const kind = kindOfEvent(name)
        return kind !== null && asked.kinds.has(kind)
      })
      .flatMap((name) => read.all({ ...named, name, like: isCalled(name, asked.words) ? null : like }))
      .map(({ key, ...row }) => ({ key, entry: { ...eventOf(row), ...story } }))
  },
}

interface TaskRow {
  key: number
  at: number
  node: string
  request: string
  journeyId: string
  version: number
}

/** What a colleague was asked; the answer is a step. A passage asks one thing at a time, and such rows have no number. */
const tasks: Source = {
  kinds: ['tasks'],
  read({ sqlite }, asked, { name }) {
    return sqlite
      .prepare<[Bound], TaskRow>(
        `with asked as (
           select row_number() over (order by a.created_at, a.enrollment_id, a.node, a.visit) as key,
             a.created_at as at, a.node, a.request, e.journey_id, e.version
           from enrollments e join asks a on a.enrollment_id = e.id
           where e.customer_id = @customer and a.person_until is not null)
         select q.key, q.at, q.node, q.request, q.journey_id as journeyId, q.version from asked q
         where ${within('q.at', 'q.key')} and (${says('q.request')} or ${placed('q.node', 'q')})
         order by q.at desc, q.key desc limit @limit`,
      )
      .all(bound(asked))
      .map(({ key, at, request, ...place }) => {
        const question = requestOf({ request })
        // What a member of staff does is told otherwise than what a colleague decides.
        const told = {
          ...{ title: question?.title ?? '', text: question?.text ?? null },
          outcome: question?.to === 'task' ? 'staff' : null,
        }
        return { key, entry: { ...blank, ...name(place), ...story, at, kind: 'task', ...told } }
      })
  },
}

interface EditRow {
  key: number
  at: number
  action: string
  kind: string
  id: string
  via: string
  detail: string
}

/** The actions that are called so. */
const called = (words: string) =>
  Object.entries(actions).flatMap(([action, info]) =>
    locales.some((locale) => info.words[locale].toLowerCase().includes(words)) ? [action] : [],
  )

/** What was changed of the customer, and who changed it or asked for what is masked. */
const edits: Source = {
  kinds: ['edits'],
  read({ sqlite }, asked) {
    const all = { ...bound(asked), actions: JSON.stringify(called(asked.words)) }
    return sqlite
      .prepare<[typeof all], EditRow>(
        `select l.seq as key, l.clock as at, l.action, l.actor_kind as kind, l.actor_id as id, l.via, l.detail
         from audit l where l.object_kind = 'customer' and l.object_id = @customer and ${within('l.clock', 'l.seq')}
           and (${says('l.detail', 'l.actor_id')} or l.action in (select value from json_each(@actions)))
         order by l.clock desc, l.seq desc limit @limit`,
      )
      .all(all)
      .map(({ key, at, action, kind, id, via, detail }) => {
        const actor = auditEntry.shape.actor.safeParse({ kind, id, via }).data ?? null
        const reason = readDetails(detail)
        return { key, entry: { ...blank, ...nowhere, at, kind: 'edit', title: action, reason, actor } }
      })
  },
}

interface StateRow {
  at: number
  said: 'agreed' | 'declined' | 'closed' | 'held'
  kind: string
  address: string
  channel: string
  why: string | null
  source: string | null
  note: string | null
}

const saidColumns = 's.kind, s.address, s.channel'
const theirs = `json_each(@places) i join address_states s
  on s.kind = json_extract(i.value, '$[0]') and s.address = json_extract(i.value, '$[1]')`

/** What stands of each address: an address keeps the latest of each kind of word. */
const consents: Source = {
  kinds: ['consents'],
  read({ sqlite }, { customer, from, until, key: before, limit, words }) {
    const places = sqlite
      .prepare<[string], { kind: string; address: string }>(
        'select kind, address from addresses where customer_id = ?',
      )
      .all(customer)
      .map(({ kind, address }) => [kind, address])
    const named = { places: JSON.stringify([...places, ['customer', customer]]) }
    return sqlite
      .prepare<[typeof named], StateRow>(
        `select s.consent_at as at, iif(s.consent = 1, 'agreed', 'declined') as said, ${saidColumns},
           null as why, s.consent_source as source, s.consent_proof as note
         from ${theirs} where s.consent is not null and s.consent_at is not null
         union all
         select s.closed_at, 'closed', ${saidColumns}, s.closed_why, s.closed_source, s.note
         from ${theirs} where s.closed_why is not null and s.closed_at is not null
         union all
         select s.held_at, 'held', ${saidColumns}, null, null, null from ${theirs} where s.held_at is not null
         order by 1, 2, 3, 4, 5`,
      )
      .all(named)
      .map((row, key) => ({ ...row, key }))
      .filter(({ at, key }) => at >= from && (at < until || (at === until && key < before)))
      .filter((row) => words === '' || JSON.stringify(row).toLowerCase().includes(words))
      .reverse()
      .slice(0, limit)
      .map(({ at, key, said, note, ...reason }) => ({
        key,
        entry: {
          ...{ ...blank, ...nowhere, ...story, at, kind: 'consent' },
          ...{ title: reason.channel, outcome: said, text: note, reason },
        },
      }))
  },
}

/** A text as JSON has it. */
const said = (text: WrittenText): Record<string, string> =>
  Object.fromEntries(
    locales.flatMap((locale) => {
      const words = text[locale]
      return words === undefined ? [] : [[locale, words]]
    }),
  )

interface HandRow {
  key: number
  at: number
  request: string
  reply: string | null
  outcome: 'staff' | 'done' | 'cancelled'
}

/** What one of the staff was given to do by hand, and what came of it. */
const byHandTasks: Source = {
  kinds: ['tasks'],
  read({ sqlite }, asked) {
    const own = `from tasks where enrollment_id = ${byHand.enrollment} and customer_id = @customer and request is not null`
    return sqlite
      .prepare<[Bound], HandRow>(
        `with told as (
           select visit * 2 as key, created_at as at, request, null as reply, 'staff' as outcome ${own}
           union all select visit * 2 + 1, done_at, request, reply, 'done' ${own} and reply is not null
           union all select visit * 2 + 1, cancelled_at, request, null, 'cancelled' ${own} and cancelled_at is not null)
         select * from told q where ${within('q.at', 'q.key')} and (${says('q.request', 'q.reply')} or @nodes is null)
         order by q.at desc, q.key desc limit @limit`,
      )
      .all(bound(asked))
      .map(({ key, at, request, reply, outcome }) => {
        const question = requestOf({ request })
        const came = decisionOf({ reply })
        const name = buttonsOf(question).find(({ id }) => id === came?.button)?.name
        const told = {
          ...{
            outcome,
            title: question?.title ?? '',
            text: came === null ? (question?.text ?? null) : came.note,
          },
          reason:
            came === null
              ? null
              : {
                  result: came.button,
                  name: name === undefined ? null : said(name),
                  next: came.next,
                },
        }
        return { key, entry: { ...blank, ...nowhere, ...story, at, kind: 'task', ...told } }
      })
  },
}

/** Everything that a story is made of; of one moment the first stands above. The order is part of the cursors. */
export const sources: readonly Source[] = [
  replies,
  receipts,
  messages,
  tasks,
  byHandTasks,
  steps,
  events,
  consents,
  edits,
]
