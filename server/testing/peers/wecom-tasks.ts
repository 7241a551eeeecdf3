import { z } from 'zod'
import { fault, fine, type PeerAnswer } from './wecom-answer.ts'

/** 0: not yet; 1: sent; 2: no friend any more; 3: had another that day. */
export type PeerStatus = 0 | 1 | 2 | 3

/** A broadcast that waits for an employee, or has been sent by one. */
export interface PeerTask {
  readonly msgid: string
  readonly sender: string
  readonly text: string
  readonly attachments: readonly unknown[]
  readonly at: number
  readonly customers: readonly string[]
  readonly results: ReadonlyMap<string, { readonly status: PeerStatus; readonly at: number | null }>
  readonly confirmed: boolean
  readonly cancelled: boolean
  readonly reminders: readonly number[]
}

interface Held extends PeerTask {
  readonly results: Map<string, { status: PeerStatus; at: number | null }>
  confirmed: boolean
  cancelled: boolean
  readonly reminders: number[]
}

const template = z.looseObject({
  chat_type: z.literal('single').default('single'),
  external_userid: z.array(z.string()).max(10_000).optional(),
  sender: z.string().optional(),
  text: z.looseObject({ content: z.string() }).optional(),
  attachments: z.array(z.unknown()).max(9).default([]),
})
const named = z.looseObject({ msgid: z.string() })
const asked = z.looseObject({
  msgid: z.string(),
  userid: z.string(),
  limit: z.int().max(1000).default(500),
  cursor: z.string().default(''),
})
const listed = z.looseObject({
  chat_type: z.string(),
  start_time: z.number(),
  end_time: z.number(),
  limit: z.int().max(100).default(50),
  cursor: z.string().default(''),
})

const dayMs = 86_400_000
const dayOf = (at: number) => Math.floor((at + 8 * 3_600_000) / dayMs)

/** One page of a list, and where the next begins. */
function pageOf<T>(all: readonly T[], cursor: string, limit: number) {
  const from = cursor === '' ? 0 : Number(cursor)
  return { page: all.slice(from, from + limit), next: from + limit < all.length ? String(from + limit) : '' }
}

export function answersOfTasks({
  areFriends,
  now,
  judge,
}: {
  readonly areFriends: (customer: string, employee: string) => boolean
  readonly now: () => number
  /** Why attachments are not taken; null: they are. */
  readonly judge: (attachments: readonly unknown[]) => PeerAnswer | null
}) {
  const tasks = new Map<string, Held>()

  /** Whether a customer has had a broadcast on that day. */
  const hadOne = (customer: string, at: number) =>
    [...tasks.values()].some(({ results }) => {
      const result = results.get(customer)
      return result?.status === 1 && result.at !== null && dayOf(result.at) === dayOf(at)
    })

  const make = (body: unknown): PeerAnswer => {
    const read = template.safeParse(body)
    if (!read.success) return fault(40058, 'invalid request parameter')
    const { external_userid: customers = [], sender, text, attachments } = read.data
    if (Buffer.byteLength(text?.content ?? '') > 4000) return fault(45002, 'content size out of limit')
    if (sender === undefined) return fault(41009, 'missing userid')
    if (text === undefined && attachments.length === 0) return fault(44004, 'empty content')
    const unfit = judge(attachments)
    if (unfit !== null) return unfit
    const reached = customers.filter((one) => areFriends(one, sender))
    if (reached.length === 0) return fault(41048, 'no customer to send')
    const msgid = `msg-${tasks.size + 1}`
    tasks.set(msgid, {
      ...{ msgid, sender, text: text?.content ?? '', attachments, at: now(), customers: reached },
      results: new Map(reached.map((one) => [one, { status: 0, at: null }])),
      ...{ confirmed: false, cancelled: false, reminders: [] },
    })
    return fine({ msgid, fail_list: customers.filter((one) => !reached.includes(one)) })
  }

  const results = (body: unknown): PeerAnswer => {
    const read = asked.safeParse(body)
    const task = read.success ? tasks.get(read.data.msgid) : undefined
    if (!read.success || task === undefined) return fault(41047, 'invalid msgid')
    const { userid, cursor, limit } = read.data
    if (userid !== task.sender) return fine({ send_list: [], next_cursor: '' })
    const { page, next } = pageOf([...task.results], cursor, limit)
    return fine({
      send_list: page.map(([customer, { status, at }]) => ({
        external_userid: customer,
        userid,
        status,
        ...(at === null ? {} : { send_time: Math.floor(at / 1000) }),
      })),
      next_cursor: next,
    })
  }

  const remind = (body: unknown): PeerAnswer => {
    const task = tasks.get(named.safeParse(body).data?.msgid ?? '')
    if (task === undefined) return fault(41047, 'invalid msgid')
    if (task.cancelled) return fault(41093, 'msg has been cancelled')
    if (task.reminders.filter((at) => now() - at < dayMs).length >= 3)
      return fault(41094, 'remind frequency out of limit')
    task.reminders.push(now())
    return fine()
  }

  const cancel = (body: unknown): PeerAnswer => {
    const task = tasks.get(named.safeParse(body).data?.msgid ?? '')
    if (task === undefined) return fault(41047, 'invalid msgid')
    task.cancelled = true
    return fine()
  }

  const list = (body: unknown): PeerAnswer => {
    const read = listed.safeParse(body)
    if (!read.success) return fault(40058, 'invalid request parameter')
    const { start_time: from, end_time: until, cursor, limit } = read.data
    const found = [...tasks.values()].filter(({ at }) => at / 1000 >= from - 1 && at / 1000 <= until + 1)
    const { page, next } = pageOf(found, cursor, limit)
    return fine({
      next_cursor: next,
      group_msg_list: page.map(({ msgid, at, text, attachments }) => ({
        ...{ msgid, creator: 'api', create_time: String(Math.floor(at / 1000)), create_type: 0 },
        ...{ text: { content: text }, attachments },
      })),
    })
  }

  const members = (body: unknown): PeerAnswer => {
    const task = tasks.get(named.safeParse(body).data?.msgid ?? '')
    if (task === undefined) return fault(41047, 'invalid msgid')
    const status = task.confirmed ? 2 : 0
    return fine({ task_list: [{ userid: task.sender, status, send_time: 0 }], next_cursor: '' })
  }

  return {
    tasks,
    confirm(employee: string) {
      for (const task of tasks.values()) {
        if (task.sender !== employee || task.confirmed || task.cancelled) continue
        task.confirmed = true
        for (const customer of task.customers) {
          const friends = areFriends(customer, employee)
          const status = !friends ? 2 : hadOne(customer, now()) ? 3 : 1
          task.results.set(customer, { status, at: status === 1 ? now() : null })
        }
      }
    },
    answers: {
      'externalcontact/add_msg_template': make,
      'externalcontact/get_groupmsg_send_result': results,
      'externalcontact/get_groupmsg_task': members,
      'externalcontact/get_groupmsg_list_v2': list,
      'externalcontact/remind_groupmsg_send': remind,
      'externalcontact/cancel_groupmsg_send': cancel,
    },
  }
}
