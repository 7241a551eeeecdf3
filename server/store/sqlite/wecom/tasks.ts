import { type RenderedAttachment, renderedAttachments } from '../../../../shared/channels/index.ts'
import type { ReportedMessage, TaskResult, TaskToMake, WaitingTask } from '../../../ports/wecom.ts'
import type { BrandDatabase } from '../database.ts'
import { readColumn, valueOr } from '../stored-json.ts'

/** The most customers that one call takes: page 92135 of WeCom's documents. */
const mostOfOne = 10_000

const attachmentsIn = (text: string | null): readonly RenderedAttachment[] =>
  text === null ? [] : valueOr(readColumn(text, renderedAttachments), [])

/** So many messages are spread over broadcasts in one go. */
const mostAtOnce = 200_000

interface SpreadRow extends ReportedMessage {
  sender: string | null
  hash: string
}

interface Group {
  readonly sender: string
  readonly hash: string
  readonly messages: number[]
}

/** By sender and content, as few as one call's ceiling allows. */
function groupsOf(rows: readonly SpreadRow[]): Group[] {
  const groups: Group[] = []
  const open = new Map<string, Group>()
  for (const { sender, hash, messageId } of rows) {
    if (sender === null) continue
    const key = `${hash} ${sender}`
    const known = open.get(key)
    if (known !== undefined && known.messages.length < mostOfOne) {
      known.messages.push(messageId)
      continue
    }
    const group = { sender, hash, messages: [messageId] }
    groups.push(group)
    open.set(key, group)
  }
  return groups
}

interface RecipientRow extends ReportedMessage {
  text: string
  attachments: string | null
}

interface TaskRow {
  id: number
  sender: string
  madeAt: number
}

/** Who of the employees sends to a customer: whoever looks after them, else whom they added last. */
const senderSql = `(select f.user_id from wecom_follows f
  left join staff s on s.wecom = f.user_id
  left join owners o on o.staff = s.id and o.customer_id = r.customer_id and o.until is null
  where f.external_user_id = r.external_user_id and (f.removed_at is null or f.removed_at < f.added_at)
  order by o.staff is null, f.added_at desc, f.user_id limit 1)`

const whose = 'message_id as messageId, customer_id as customerId, external_user_id as externalUserId'

/** Broadcasts, within the caller's transaction. */
export function taskKeeper({ sqlite }: BrandDatabase) {
  const pluck = <T>(sql: string) => sqlite.prepare<unknown[], T>(sql).pluck()
  const gathering = sqlite.prepare<[], { first: number | null; last: number | null }>(
    'select min(gathered_at) as first, max(gathered_at) as last from wecom_recipients where task_id is null',
  )
  const spread = sqlite.prepare<[], SpreadRow>(
    `select ${whose}, hash, ${senderSql} as sender from wecom_recipients r where task_id is null
     order by message_id limit ${mostAtOnce}`,
  )
  const make = pluck<number>(
    `insert into wecom_tasks (sender, hash, status, made_at) values (?, ?, 'calling', ?) returning id`,
  )
  const take = sqlite.prepare(
    'update wecom_recipients set task_id = ? where message_id in (select value from json_each(?))',
  )
  const over = sqlite.prepare('update wecom_recipients set task_id = 0, result = 2 where message_id = ?')
  const recipients = sqlite.prepare<[number], RecipientRow>(
    `select r.message_id as messageId, r.customer_id as customerId, r.external_user_id as externalUserId, m.body as text, m.attachments
     from wecom_recipients r join messages m on m.id = r.message_id where r.task_id = ? order by r.message_id`,
  )
  const calling = sqlite.prepare<[number], TaskRow>(
    `select id, sender, made_at as madeAt from wecom_tasks where status = 'calling' and made_at < ? order by id`,
  )
  const made = sqlite.prepare(
    `update wecom_tasks set status = 'waiting', msgid = @msgid, due_at = @dueAt, error = null where id = @id`,
  )
  const refused = sqlite.prepare<{ id: number; friends: string }, ReportedMessage>(
    `update wecom_recipients set result = 2 where task_id = @id
       and external_user_id in (select value from json_each(@friends)) returning ${whose}`,
  )
  const undone = sqlite.prepare(
    `update wecom_tasks set status = 'failed', error = ?, due_at = null where id = ?`,
  )
  const freed = sqlite.prepare('update wecom_recipients set task_id = null where task_id = ?')
  const unheard = sqlite.prepare<[number], ReportedMessage>(
    `select ${whose} from wecom_recipients where task_id = ? and result is null`,
  )
  const knows = pluck<string>('select msgid from wecom_tasks where msgid in (select value from json_each(?))')
  const waiting = sqlite.prepare<[number, number], WaitingTask>(
    `select id, sender, msgid, made_at as madeAt, looks from wecom_tasks
     where due_at is not null and due_at <= ? and status = 'waiting' order by due_at limit ?`,
  )
  const result = sqlite.prepare<{ id: number; friend: string; status: number }, ReportedMessage>(
    `update wecom_recipients set result = @status
     where task_id = @id and external_user_id = @friend and result is null returning ${whose}`,
  )
  const next = sqlite.prepare('update wecom_tasks set due_at = ?, looks = looks + 1 where id = ?')
  const end = sqlite.prepare('update wecom_tasks set status = ?, due_at = null where id = ?')
  const left = pluck<number>('select count(*) from wecom_recipients where task_id = ? and result is null')

  const toMake = ({ id, sender, madeAt }: TaskRow): TaskToMake | null => {
    const rows = recipients.all(id)
    const [first] = rows
    if (first === undefined) return null
    return { id, sender, madeAt, text: first.text, attachments: attachmentsIn(first.attachments), to: rows }
  }

  return {
    gathering() {
      const { first = null, last = null } = gathering.get() ?? {}
      return first === null || last === null ? null : { first, last }
    },
    begin(now: number, limit: number) {
      const rows = spread.all()
      const nobodys = rows.filter(({ sender }) => sender === null)
      for (const { messageId } of nobodys) over.run(messageId)
      const tasks = groupsOf(rows)
        .slice(0, limit)
        .flatMap(({ sender, hash, messages }) => {
          const id = make.get(sender, hash, now) ?? 0
          take.run(id, JSON.stringify(messages))
          return toMake({ id, sender, madeAt: now }) ?? []
        })
      return { tasks, unfollowed: nobodys }
    },
    begun: (before: number): TaskToMake[] => calling.all(before).flatMap((row) => toMake(row) ?? []),
    made(id: number, answer: { msgid: string; failed: readonly string[]; dueAt: number }): ReportedMessage[] {
      made.run({ id, msgid: answer.msgid, dueAt: answer.dueAt })
      return refused.all({ id, friends: JSON.stringify(answer.failed) })
    },
    unmade(id: number, error: string, again: boolean): ReportedMessage[] {
      const theirs = unheard.all(id)
      undone.run(error.slice(0, 300), id)
      if (again) freed.run(id)
      return theirs
    },
    known: (msgids: readonly string[]): ReadonlySet<string> => new Set(knows.all(JSON.stringify(msgids))),
    waiting: (now: number, limit: number): WaitingTask[] => waiting.all(now, limit),
    results(id: number, found: readonly TaskResult[], dueAt: number | null) {
      const told = found.flatMap(({ externalUserId: friend, status, at }) =>
        result.all({ id, friend, status }).map((message) => ({ ...message, status, at })),
      )
      if (left.get(id) === 0) end.run('done', id)
      else next.run(dueAt, id)
      return told
    },
    closed(id: number, status: 'done' | 'failed' | 'cancelled'): ReportedMessage[] {
      const silent = unheard.all(id)
      end.run(status, id)
      return silent
    },
  }
}
