import { createHash } from 'node:crypto'
import type { ClaimedMessage } from '../../../ports/dispatch.ts'
import type { BrandDatabase } from '../database.ts'

/** When an employee presses send for a broadcast that is made then. */
export type Confirming = (sender: string, madeAt: number) => number

/** Messages of one broadcast, and when they reach their customers. */
export interface Held {
  readonly task: number
  readonly at: number
  readonly messages: readonly ClaimedMessage[]
}

interface TaskRow {
  id: number
  at: number
}

const hashOf = ({ body, attachments }: ClaimedMessage): string =>
  createHash('sha256')
    .update(JSON.stringify([body, attachments]))
    .digest('base64url')

/** Whoever looks after the customer, else whom they have added. */
const senderSql = `select coalesce(
  (select s.wecom from owners o join staff s on s.id = o.staff
     where o.customer_id = @customer and o.until is null and s.wecom is not null order by s.id limit 1),
  (select user_id from wecom_follows where external_user_id = @friend order by added_at desc, user_id limit 1))`

/** Whether a message of a channel waits for an employee. */
export const waitsForEmployee = ({ channel, way }: ClaimedMessage): boolean =>
  channel === 'wecom' && way !== 'greeting'

/**
 * The employees' side of a sandbox, where nobody has a WeCom: what goes out as a broadcast is on the customers' phones
 * from when its employee presses send. That is known beforehand, as all is that a sandbox's people will do, so that a
 * clock moved in one go or in several comes to the same. Within the caller's transaction.
 */
export function playedEmployees({ sqlite }: BrandDatabase) {
  const pluck = <T>(sql: string) => sqlite.prepare<unknown[], T>(sql).pluck()
  const senderOf = pluck<string | null>(senderSql)
  const open = sqlite.prepare<{ sender: string; hash: string; now: number }, TaskRow>(
    `select id, due_at as at from wecom_tasks
     where status = 'waiting' and due_at is not null and made_at = @now and sender = @sender and hash = @hash limit 1`,
  )
  const make = sqlite.prepare<{ sender: string; hash: string; now: number; at: number }, TaskRow>(
    `insert into wecom_tasks (sender, hash, status, made_at, due_at) values (@sender, @hash, 'waiting', @now, @at)
     returning id, due_at as at`,
  )
  const take = sqlite.prepare(
    `insert or ignore into wecom_recipients (message_id, customer_id, external_user_id, hash, gathered_at, task_id)
     values (@messageId, @customerId, @friend, @hash, @now, @task)`,
  )
  const arrives = sqlite.prepare("update inbox set at = ? where message_id = ? and direction = 'out'")
  const anyDue = pluck<number>(
    `select 1 from wecom_tasks where due_at is not null and due_at <= ? and status = 'waiting' limit 1`,
  )
  const theirs = `select id from wecom_tasks where due_at is not null and due_at <= ? and status = 'waiting'`
  const had = sqlite.prepare(
    `update wecom_recipients set result = 1 where result is null and task_id in (${theirs})`,
  )
  const over = sqlite.prepare(`update wecom_tasks set status = 'done', due_at = null where id in (${theirs})`)
  const dueAt = pluck<number | null>(`select due_at from wecom_tasks where id = ? and status = 'waiting'`)
  const sooner = sqlite.prepare('update wecom_tasks set due_at = @at where id = @id')
  const inboxOf = `direction = 'out' and message_id in (select message_id from wecom_recipients where task_id = @id)`
  const seen = sqlite.prepare(`update inbox set at = @at where ${inboxOf}`)
  const unseen = sqlite.prepare(`delete from inbox where ${inboxOf}`)
  const plans = sqlite.prepare('update planned_events set at = at - @by where task_id = @id')
  const unplan = sqlite.prepare('delete from planned_events where task_id = ?')

  const done = (now: number): void => {
    if (anyDue.get(now) === undefined) return
    had.run(now)
    over.run(now)
  }

  return {
    /** Makes broadcasts of messages that have been handed over. */
    hold(messages: readonly ClaimedMessage[], now: number, confirming: Confirming): Held[] {
      const held = new Map<number, { task: number; at: number; messages: ClaimedMessage[] }>()
      for (const message of messages) {
        const { id: messageId, customer, recipient: friend } = message
        const sender = senderOf.get({ customer: customer.id, friend }) ?? friend
        const hash = hashOf(message)
        const { id: task, at } = open.get({ sender, hash, now }) ??
          make.get({ sender, hash, now, at: confirming(sender, now) }) ?? { id: 0, at: now }
        take.run({ messageId, customerId: customer.id, friend, hash, now, task })
        arrives.run(at, messageId)
        const known = held.get(task)
        if (known === undefined) held.set(task, { task, at, messages: [message] })
        else known.messages.push(message)
      }
      return [...held.values()]
    },
    /** Whatever an employee has pressed send for until then has been had. */
    done,
    /** The employee presses send then already; what the customers do about it comes as much sooner. */
    hasten(id: number, at: number, now: number): void {
      const due = dueAt.get(id) ?? null
      if (due === null || due <= at) return
      sooner.run({ id, at })
      seen.run({ id, at })
      plans.run({ id, by: due - at })
      done(now)
    },
    /** It reaches nobody. */
    drop(id: number): void {
      unseen.run({ id })
      unplan.run(id)
    },
  }
}
