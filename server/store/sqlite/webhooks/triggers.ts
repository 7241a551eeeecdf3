import { type NoticeKindName, noticeKindNames } from '../../../../shared/api/webhooks.ts'
import type { BrandDatabase } from '../database.ts'

/** What some endpoint wants to be told of. */
export interface Wanted {
  readonly kinds: ReadonlySet<NoticeKindName>
  /** Of events of customers; null: all. */
  readonly events: readonly string[] | null
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const listed = (texts: readonly string[]) => `(${texts.map(quoted).join(', ')})`

/** A happening as its trigger writes it. */
const note = (kind: string, rest: string) =>
  `INSERT INTO webhook_happenings (kind, customer_id, ref, at, detail) ${rest.replace('$kind', kind)};`

/** Reports of a message that providers send, each a kind of notice of the same name. */
const reports = [
  'delivered',
  'opened',
  'clicked',
  'replied',
  'failed',
  'unsubscribed',
  'complained',
  'blocked',
]
const profile = `old.name IS NOT new.name OR old.phone IS NOT new.phone OR old.email IS NOT new.email
  OR old.gender IS NOT new.gender OR old.birthday IS NOT new.birthday OR old.city IS NOT new.city
  OR old.registered_at IS NOT new.registered_at OR old.timezone IS NOT new.timezone
  OR old.language IS NOT new.language OR old.attributes IS NOT new.attributes`

/** A moment that the row does not tell is that of gathering. */
const unknownMoment = 0

type Trigger = readonly [name: string, sql: string]

function ofMessages(kinds: Wanted['kinds']): Trigger[] {
  const wanted = (name: string) =>
    noticeKindNames.some((kind) => kind === `message.${name}` && kinds.has(kind))
  const states = ['sent', 'failed'].filter(wanted)
  const told = reports.filter(wanted)
  const state: Trigger = [
    'webhook_message_state',
    `AFTER UPDATE OF status ON messages WHEN new.status IN ${listed(states)} AND old.status IS NOT new.status BEGIN
  ${note("'message.' || new.status", `VALUES ($kind, new.customer_id, new.id, CASE new.status WHEN 'sent' THEN coalesce(new.sent_at, ${unknownMoment}) ELSE ${unknownMoment} END, new.error)`)}
END`,
  ]
  const receipt: Trigger = [
    'webhook_receipt',
    `AFTER INSERT ON receipts WHEN new.kind IN ${listed(told)} BEGIN
  ${note("'message.' || new.kind", 'SELECT $kind, m.customer_id, m.id, new.at, new.detail FROM messages m WHERE m.id = new.message_id')}
END`,
  ]
  return [...(states.length > 0 ? [state] : []), ...(told.length > 0 ? [receipt] : [])]
}

const customersTag = (what: 'new' | 'old', event: 'INSERT' | 'DELETE', name: string): Trigger => [
  name,
  `AFTER ${event} ON tags BEGIN
  ${note("'customer.changed'", `VALUES ($kind, ${what}.customer_id, ${what}.customer_id, ${unknownMoment}, NULL)`)}
END`,
]

const taskRef = `new.enrollment_id || '.' || new.node || '.' || new.visit`
const task = `(SELECT customer_id FROM enrollments WHERE id = new.enrollment_id), ${taskRef}`
const ofHand = `new.customer_id, ${taskRef}`

/** What notes each kind, where it is wanted; an erasure notes itself (erasure/own-ways.ts). */
const triggersOf: Readonly<
  Record<Exclude<NoticeKindName, `message.${string}`>, (wanted: Wanted) => readonly Trigger[]>
> = {
  'event.received': ({ events }) => [
    [
      'webhook_event',
      `AFTER INSERT ON events WHEN new.source <> 'history'${events === null ? '' : ` AND new.name IN ${listed(events)}`} BEGIN
  ${note("'event.received'", 'VALUES ($kind, new.customer_id, new.seq, new.at, NULL)')}
END`,
    ],
  ],
  'enrollment.entered': () => [
    [
      'webhook_entered',
      `AFTER INSERT ON enrollments BEGIN
  ${note("'enrollment.entered'", 'VALUES ($kind, new.customer_id, new.id, new.entered_at, NULL)')}
END`,
    ],
  ],
  'enrollment.finished': () => [
    [
      'webhook_finished',
      `AFTER UPDATE OF ended_at ON enrollments WHEN old.ended_at IS NULL AND new.ended_at IS NOT NULL BEGIN
  ${note("'enrollment.finished'", 'VALUES ($kind, new.customer_id, new.id, new.ended_at, new.ending)')}
END`,
    ],
    [
      'webhook_finished_at_once',
      `AFTER INSERT ON enrollments WHEN new.ended_at IS NOT NULL BEGIN
  ${note("'enrollment.finished'", 'VALUES ($kind, new.customer_id, new.id, new.ended_at, new.ending)')}
END`,
    ],
  ],
  'customer.created': () => [
    [
      'webhook_customer_created',
      `AFTER INSERT ON customers BEGIN
  ${note("'customer.created'", `VALUES ($kind, new.id, new.id, ${unknownMoment}, NULL)`)}
END`,
    ],
  ],
  'customer.changed': () => [
    [
      'webhook_customer_changed',
      `AFTER UPDATE OF name, phone, email, gender, birthday, city, registered_at, timezone, language, attributes ON customers
WHEN ${profile} BEGIN
  ${note("'customer.changed'", `VALUES ($kind, new.id, new.id, ${unknownMoment}, NULL)`)}
END`,
    ],
    customersTag('new', 'INSERT', 'webhook_tag_added'),
    customersTag('old', 'DELETE', 'webhook_tag_removed'),
  ],
  'customer.erased': () => [],
  'task.made': () => [
    [
      'webhook_task_made',
      `AFTER INSERT ON asks WHEN new.person_until IS NOT NULL BEGIN
  ${note("'task.made'", `VALUES ($kind, ${task}, new.created_at, NULL)`)}
END`,
    ],
    [
      'webhook_task_by_hand',
      `AFTER INSERT ON tasks WHEN new.request IS NOT NULL BEGIN
  ${note("'task.made'", `VALUES ($kind, ${ofHand}, new.created_at, NULL)`)}
END`,
    ],
  ],
  'task.decided': () => [
    [
      'webhook_task_decided',
      `AFTER UPDATE OF reply ON asks WHEN new.person_until IS NOT NULL AND old.reply IS NULL AND new.reply IS NOT NULL BEGIN
  ${note("'task.decided'", `VALUES ($kind, ${task}, ${unknownMoment}, NULL)`)}
END`,
    ],
    [
      'webhook_task_done_by_hand',
      `AFTER UPDATE OF reply ON tasks WHEN old.reply IS NULL AND new.reply IS NOT NULL BEGIN
  ${note("'task.decided'", `VALUES ($kind, ${ofHand}, ${unknownMoment}, NULL)`)}
END`,
    ],
  ],
}

const isOwn = (kind: NoticeKindName): kind is keyof typeof triggersOf => Object.hasOwn(triggersOf, kind)

/**
 * Puts up the triggers that note what is wanted, and takes down those of which nobody wants to know: where there is no
 * endpoint, nothing that is written costs more. Also to be called where a brand is opened, as a migration that makes
 * a table anew loses them.
 */
export function fitTriggers({ sqlite }: Pick<BrandDatabase, 'sqlite'>, wanted: Wanted): void {
  const triggers = new Map([
    ...[...wanted.kinds].flatMap((kind) => (isOwn(kind) ? triggersOf[kind](wanted) : [])),
    ...ofMessages(wanted.kinds),
  ])
  const there = sqlite
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_master where type = 'trigger' and name like 'webhook\\_%' escape '\\'`,
    )
    .all()
  const sqlOf = (name: string, rest: string) => `CREATE TRIGGER ${name} ${rest}`
  for (const { name, sql } of there) {
    const rest = triggers.get(name)
    if (rest !== undefined && sqlOf(name, rest) === sql) triggers.delete(name)
    else sqlite.exec(`drop trigger ${name}`)
  }
  for (const [name, rest] of triggers) sqlite.exec(sqlOf(name, rest))
}
