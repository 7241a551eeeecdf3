import { z } from 'zod'
import { withHost } from '../../shared/channels/attachments.ts'
import type { WecomClient, WecomFailure, WecomSaid } from '../channels/wecom/client.ts'
import type { WecomSpeaker } from '../channels/wecom/media.ts'
import type { Act } from '../ports/acts.ts'
import type { IncomingEvent } from '../ports/events.ts'
import type { ReportedMessage, TaskToMake, WaitingTask, WecomWork } from '../ports/wecom.ts'
import { each } from './each.ts'

export interface BroadcastDeps {
  readonly work: WecomWork
  readonly client: () => WecomClient | null
  readonly speaker: () => WecomSpeaker | null
  readonly ingest: (events: readonly IncomingEvent[]) => Promise<unknown>
  readonly act: () => Act
  readonly now: () => number
  /** Where this server is reached, without a slash at its end. */
  readonly host: () => string
}

/** Messages are gathered until none has come for so long, or the first has waited for so long (ms). */
const quietMs = 3_000
const longestMs = 60_000
/** So many broadcasts are made in one go. */
const atOnce = 200
/** Whether a broadcast was made whose answer was lost shows after so long (ms). */
const doubtMs = 60_000
/** How long after each look the next one follows; the last is repeated (ms). */
const looksMs = [60_000, 5 * 60_000, 15 * 60_000, 3_600_000, 3 * 3_600_000, 12 * 3_600_000]
/** An employee who has not pressed send for so long never will (ms). */
const patienceMs = 7 * 86_400_000
/** How often it is looked for pictures that WeCom soon forgets (ms). */
const renewEveryMs = 3_600_000

const made = z.looseObject({ msgid: z.string().min(1), fail_list: z.array(z.string()).nullish() })
const page = z.looseObject({
  next_cursor: z.string().nullish(),
  send_list: z
    .array(
      z.looseObject({ external_userid: z.string().nullish(), status: z.int(), send_time: z.int().nullish() }),
    )
    .default([]),
})
const listed = z.looseObject({
  next_cursor: z.string().nullish(),
  group_msg_list: z
    .array(
      z.looseObject({
        msgid: z.string(),
        text: z.looseObject({ content: z.string() }).nullish(),
        attachments: z.array(z.unknown()).nullish(),
      }),
    )
    .default([]),
})
const members = z.looseObject({ task_list: z.array(z.looseObject({ userid: z.string() })).default([]) })

/** Why a message that was handed over has failed, as its report says it. */
const whys = {
  unfollowed: 'no employee is a friend of theirs any more',
  refused: 'WeCom cannot send it to them',
  2: 'no friend any more',
  3: 'they have had another broadcast that day',
  silent: 'the employee has not pressed send for seven days',
} as const

const failed = ({ messageId, customerId }: ReportedMessage, detail: string, at: number): IncomingEvent => ({
  customerId,
  event: {
    ...{ id: `wecom-broadcast-${messageId}`, name: 'message_failed', at, amount: null },
    properties: { message_id: String(messageId), channel: 'wecom', detail },
  },
})

const delivered = ({ messageId, customerId }: ReportedMessage, at: number): IncomingEvent => ({
  customerId,
  event: {
    ...{ id: `wecom-broadcast-${messageId}`, name: 'message_delivered', at, amount: null },
    properties: { message_id: String(messageId), channel: 'wecom' },
  },
})

const detailOf = (failure: WecomFailure): string => `${failure.code}: ${failure.detail}`

/** Makes broadcasts of what has gathered, and asks what became of them; `run` answers how much it did. */
export function createBroadcaster(deps: BroadcastDeps): {
  run(): Promise<number>
} {
  const { work, client, speaker, ingest, act, now, host } = deps
  /** What this process has in hand itself is in no doubt. */
  const inHand = new Set<number>()
  /** WeCom takes nothing until then. */
  let restsUntil = 0
  let renewsAt = 0

  const rest = (failure: WecomFailure): void => {
    const afterMs = 'afterMs' in failure ? failure.afterMs : null
    restsUntil = now() + Math.max(afterMs ?? 0, doubtMs)
  }
  const report = async (events: readonly IncomingEvent[]): Promise<void> => {
    if (events.length > 0) await ingest(events)
  }
  const reportFailed = (messages: readonly ReportedMessage[], detail: string): Promise<void> =>
    report(messages.map((message) => failed(message, detail, now())))

  const make = async (says: WecomSpeaker, task: TaskToMake): Promise<void> => {
    inHand.add(task.id)
    try {
      const attachments = task.attachments.map((one) => withHost(one, host()))
      const said = await says.say({ text: task.text, attachments }, (content) => ({
        path: 'externalcontact/add_msg_template',
        body: {
          chat_type: 'single',
          external_userid: task.to.map(({ externalUserId }) => externalUserId),
          sender: task.sender,
          ...content,
        },
        answer: made,
      }))
      await settle(task, said)
    } finally {
      inHand.delete(task.id)
    }
  }

  const settle = async (task: TaskToMake, said: WecomSaid<z.infer<typeof made>>): Promise<void> => {
    if (said.ok) {
      const { msgid, fail_list: refused } = said.value
      const dueAt = now() + (looksMs[0] ?? 0)
      await reportFailed(await work.made(task.id, { msgid, failed: refused ?? [], dueAt }), whys.refused)
      return
    }
    const { failure } = said
    // Whether it was made is looked for a while later.
    if (failure.kind === 'unknown' || (failure.kind === 'endpoint' && failure.inDoubt)) return rest(failure)
    const again = failure.kind !== 'rejected'
    if (again) rest(failure)
    const theirs = await work.unmade(task.id, detailOf(failure), again)
    if (!again) await reportFailed(theirs, detailOf(failure))
  }

  const makeDue = async (says: WecomSpeaker): Promise<number> => {
    const waiting = await work.gathering()
    if (waiting === null || now() < restsUntil) return 0
    if (now() - waiting.last < quietMs && now() - waiting.first < longestMs) return 0
    const { tasks, unfollowed } = await work.begin(now(), atOnce)
    await reportFailed(unfollowed, whys.unfollowed)
    await each(tasks, (task) => make(says, task))
    return tasks.length + unfollowed.length
  }

  /** Looks among what WeCom knows for a broadcast whose answer was lost; null where it cannot be asked. */
  const lookFor = async (asked: WecomClient, task: TaskToMake): Promise<string | 'none' | null> => {
    const seconds = Math.floor(task.madeAt / 1000)
    for (let cursor = ''; ; ) {
      const said = await asked.ask({
        path: 'externalcontact/get_groupmsg_list_v2',
        body: { chat_type: 'single', start_time: seconds - 60, end_time: seconds + 600, limit: 100, cursor },
        answer: listed,
      })
      if (!said.ok) return null
      const { group_msg_list: list, next_cursor: next } = said.value
      const known = await work.known(list.map(({ msgid }) => msgid))
      for (const { msgid, text, attachments } of list) {
        const same = (text?.content ?? '') === task.text
        if (known.has(msgid) || !same || (attachments?.length ?? 0) !== task.attachments.length) continue
        const whose = await asked.ask({
          path: 'externalcontact/get_groupmsg_task',
          body: { msgid, limit: 1000 },
          answer: members,
        })
        if (!whose.ok) return null
        if (whose.value.task_list.some(({ userid }) => userid === task.sender)) return msgid
      }
      if (!next) return 'none'
      cursor = next
    }
  }

  const clearDoubts = async (asked: WecomClient): Promise<number> => {
    const doubtful = (await work.begun(now() - doubtMs)).filter(({ id }) => !inHand.has(id))
    for (const task of doubtful) {
      const found = await lookFor(asked, task)
      if (found === null) continue
      if (found === 'none') await work.unmade(task.id, 'the answer was lost, and it was not made', true)
      else await work.made(task.id, { msgid: found, failed: [], dueAt: now() })
    }
    return doubtful.length
  }

  /** All results that WeCom has of a broadcast; null where it cannot be asked. */
  const resultsOf = async (asked: WecomClient, { msgid, sender }: WaitingTask) => {
    const found: { externalUserId: string; status: 1 | 2 | 3; at: number | null }[] = []
    for (let cursor = ''; ; ) {
      const said = await asked.ask({
        path: 'externalcontact/get_groupmsg_send_result',
        body: { msgid, userid: sender, limit: 1000, cursor },
        answer: page,
      })
      if (!said.ok) return null
      for (const { external_userid: externalUserId, status, send_time: seconds } of said.value.send_list)
        if (externalUserId && (status === 1 || status === 2 || status === 3))
          found.push({ externalUserId, status, at: seconds ? seconds * 1000 : null })
      if (!said.value.next_cursor) return found
      cursor = said.value.next_cursor
    }
  }

  const look = async (asked: WecomClient, task: WaitingTask): Promise<void> => {
    const found = await resultsOf(asked, task)
    const wait = looksMs[Math.min(task.looks + 1, looksMs.length - 1)] ?? 0
    const told = await work.results(task.id, found ?? [], now() + wait)
    for (const { externalUserId, status } of told)
      if (status === 2)
        await work.parted(act(), { externalUserId, userId: task.sender, at: now(), by: 'customer' })
    await report(
      told.map((one) =>
        one.status === 1
          ? delivered(one, Math.min(one.at ?? now(), now()))
          : failed(one, whys[one.status], now()),
      ),
    )
    if (found !== null && now() - task.madeAt > patienceMs)
      await reportFailed(await work.closed(task.id, 'done'), whys.silent)
  }

  /** Pictures are kept known to WeCom, so that a greeting need not bring them within its seconds. */
  const renew = async (says: WecomSpeaker): Promise<void> => {
    if (now() < renewsAt) return
    renewsAt = now() + renewEveryMs
    await says.renew()
  }

  return {
    async run() {
      const [asked, says] = [client(), speaker()]
      if (asked === null || says === null) return 0
      const cleared = await clearDoubts(asked)
      const begun = await makeDue(says)
      await renew(says)
      const due = await work.waiting(now(), atOnce)
      await each(due, (task) => look(asked, task))
      return cleared + begun + due.length
    },
  }
}
