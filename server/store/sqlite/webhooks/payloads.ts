import { z } from 'zod'
import type { NoticeData, NoticeKindName } from '../../../../shared/api/webhooks.ts'
import { readAttributes, readProperties } from '../customers/stored.ts'
import type { BrandDatabase } from '../database.ts'
import { readJson, valueOr } from '../stored-json.ts'
import { byHand, decisionOf } from '../tasks/rows.ts'

/** Something that happened, as its trigger wrote it. */
export interface Happening {
  readonly seq: number
  readonly kind: NoticeKindName
  readonly customerId: string | null
  readonly ref: string
  readonly at: number
  readonly detail: string | null
}

/** What is told of each happening, by its number; nothing of what has gone meanwhile, as somebody who was erased. */
type Telling<Data> = (happenings: readonly Happening[]) => ReadonlyMap<number, Data>

/** Finds the rows of many references in one query, and tells each happening by its own. */
function byRef<Row extends { readonly ref: string | number }, Data>(
  read: { all(refs: string): Row[] },
  tell: (row: Row, happening: Happening) => Data,
): Telling<Data> {
  return (happenings) => {
    const rows = new Map(
      read.all(JSON.stringify(happenings.map(({ ref }) => ref))).map((row) => [String(row.ref), row]),
    )
    return new Map(
      happenings.flatMap((one) => {
        const row = rows.get(one.ref)
        return row === undefined ? [] : [[one.seq, tell(row, one)] as const]
      }),
    )
  }
}

const among = '(select value from json_each(?))'
const amongNumbers = '(select cast(value as integer) from json_each(?))'

interface EventRow {
  readonly ref: number
  readonly id: string
  readonly customerId: string
  readonly name: string
  readonly at: number
  readonly amount: number | null
  readonly properties: string
}
interface MessageRow {
  readonly ref: number
  readonly customerId: string
  readonly journeyId: string
  readonly enrollmentId: number
  readonly node: string
  readonly channel: string
}
interface EnrollmentRow {
  readonly ref: number
  readonly customerId: string
  readonly journeyId: string
  readonly version: number
  readonly control: number
}
interface CustomerRow {
  readonly ref: string
  readonly name: string | null
  readonly phone: string | null
  readonly email: string | null
  readonly gender: string | null
  readonly birthday: string | null
  readonly city: string | null
  readonly registeredAt: number | null
  readonly timezone: string | null
  readonly language: string | null
  readonly attributes: string
  readonly tags: string
}
interface TaskRow {
  readonly ref: string
  readonly enrollmentId: number | null
  readonly node: string | null
  readonly customerId: string
  readonly journeyId: string | null
  readonly reply: string | null
  readonly until: number
}

/** As they are kept, which is JSON. */
function storedProperties(text: string): NoticeData<'event.received'>['properties'] {
  const read = readProperties(text)
  return read.readable ? z.record(z.string(), z.json()).parse(read.value) : {}
}

/** Reads what there is to tell, a query for each kind of thing, as it stands now. */
export function payloadReader({ sqlite }: Pick<BrandDatabase, 'sqlite'>): {
  readonly [Kind in NoticeKindName]: Telling<NoticeData<Kind>>
} {
  const events = byRef(
    sqlite.prepare<[string], EventRow>(
      `select seq as ref, id, customer_id as customerId, name, at, amount, properties from events where seq in ${amongNumbers}`,
    ),
    ({ ref: _ref, properties, ...event }): NoticeData<'event.received'> => ({
      ...event,
      properties: storedProperties(properties),
    }),
  )
  const messages = byRef(
    sqlite.prepare<[string], MessageRow>(
      `select id as ref, customer_id as customerId, journey_id as journeyId, enrollment_id as enrollmentId, node, channel
       from messages where id in ${amongNumbers}`,
    ),
    ({ ref, ...message }, { at, detail }): NoticeData<'message.sent'> => ({
      messageId: String(ref),
      ...message,
      at,
      detail,
    }),
  )
  const enrollments = byRef(
    sqlite.prepare<[string], EnrollmentRow>(
      `select id as ref, customer_id as customerId, journey_id as journeyId, version, control
       from enrollments where id in ${amongNumbers}`,
    ),
    ({ ref, control, ...enrollment }, { at, detail }): NoticeData<'enrollment.entered'> => ({
      enrollmentId: ref,
      ...enrollment,
      control: control === 1,
      at,
      ending: detail,
    }),
  )
  const customers = byRef(
    sqlite.prepare<[string], CustomerRow>(
      `select id as ref, name, phone, email, gender, birthday, city, registered_at as registeredAt, timezone, language,
         attributes, (select json_group_array(tag) from tags t where t.customer_id = c.id) as tags
       from customers c where id in ${among}`,
    ),
    ({ ref, attributes, tags, ...profile }, { at }): NoticeData<'customer.created'> => {
      const listed = readJson(tags)
      return {
        customerId: ref,
        at,
        ...profile,
        attributes: { ...valueOr(readAttributes(attributes), {}) },
        tags: listed.readable && Array.isArray(listed.value) ? listed.value.map(String) : [],
      }
    },
  )
  const tasks = byRef(
    sqlite.prepare<[string], TaskRow>(
      `with refs as (select value from json_each(?))
       select r.value as ref, a.enrollment_id as enrollmentId, a.node, e.customer_id as customerId,
         e.journey_id as journeyId, a.reply, a.person_until as until
       from refs r join asks a on a.enrollment_id = cast(r.value as integer)
         and a.enrollment_id || '.' || a.node || '.' || a.visit = r.value
       join enrollments e on e.id = a.enrollment_id where a.person_until is not null
       union all select r.value, null, null, k.customer_id, null, k.reply, k.until
       from refs r join tasks k on k.enrollment_id = ${byHand.enrollment} and k.node = '${byHand.node}'
         and k.enrollment_id || '.' || k.node || '.' || k.visit = r.value where k.request is not null`,
    ),
    ({ ref, reply, ...task }, { at, kind }): NoticeData<'task.made'> => {
      const decided = kind === 'task.decided' ? decisionOf({ reply }) : null
      return {
        taskId: ref,
        ...task,
        at: decided?.at ?? at,
        button: decided?.button ?? null,
        by: decided?.by ?? null,
      }
    },
  )
  return {
    'event.received': events,
    'message.sent': messages,
    'message.delivered': messages,
    'message.opened': messages,
    'message.clicked': messages,
    'message.replied': messages,
    'message.failed': messages,
    'message.unsubscribed': messages,
    'message.complained': messages,
    'message.blocked': messages,
    'enrollment.entered': enrollments,
    'enrollment.finished': enrollments,
    'customer.created': customers,
    'customer.changed': customers,
    // Of somebody who is gone there is nothing to read.
    'customer.erased': (happenings) =>
      new Map(happenings.map(({ seq, ref, at }) => [seq, { customerId: ref, at }])),
    'task.made': tasks,
    'task.decided': tasks,
  }
}
