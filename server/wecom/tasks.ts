import { z } from 'zod'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { WecomClient } from '../channels/wecom/client.ts'
import type { Desk } from '../ports/desk.ts'
import type { IncomingEvent } from '../ports/events.ts'
import type { TaskSeen } from '../ports/wecom.ts'

/** A brand at work as what people do with broadcasts sees it. */
export interface WecomDesk extends Desk {
  wecom(): { readonly client: WecomClient } | null
  ingest(events: readonly IncomingEvent[]): Promise<unknown>
}

const dayMs = 86_400_000
/** Reminders of one broadcast within a day: page 97610 of WeCom's documents. */
const remindersADay = 3

const nothing = z.unknown()

export const listTasks = ({ stores }: Desk, limit: number): Promise<readonly TaskSeen[]> =>
  stores.wecom.tasks(limit)

/**
 * A broadcast that waits for its employee, and what tells WeCom of it; in a sandbox nobody is told.
 * Problems `not-found`, `wecom-task-over`, `channel-absent`; of telling `wecom-refused`.
 */
async function open({ stores, sandbox, wecom }: WecomDesk, id: number) {
  const { msgid, status, reminders } = await stores.wecom.task(id)
  if (status !== 'waiting' || (msgid === null) !== sandbox) throw new Problem('wecom-task-over', {}, 'id')
  const client = wecom()?.client ?? null
  if (client === null && !sandbox) throw new Problem('channel-absent', { channel: 'wecom' }, 'id')
  const tell = async (path: string): Promise<void> => {
    const said = await client?.ask({ path, body: { msgid }, answer: nothing })
    if (said?.ok === false) throw new Problem('wecom-refused', { detail: said.failure.detail }, 'id')
  }
  return { tell, reminders }
}

/** So soon an employee of a sandbox presses send who has been reminded (ms). */
const mindedMs = 5 * 60_000

/** Has WeCom remind the employee. Problems as of `open`, `wecom-reminded`. */
export async function remindTask(desk: WecomDesk, actor: Actor, id: number): Promise<void> {
  const { tell, reminders } = await open(desk, id)
  const act = desk.act(actor)
  if (reminders.filter((at) => act.realAt - at < dayMs).length >= remindersADay)
    throw new Problem('wecom-reminded', { most: remindersADay }, 'id')
  await tell('externalcontact/remind_groupmsg_send')
  if (desk.sandbox) await desk.stores.wecom.hastened(act, id, act.at + mindedMs, 'reminded')
  else await desk.stores.wecom.reminded(act, id)
}

/** Presses send for an employee of a sandbox. Problems as of `open`, `sandbox-only`. */
export async function confirmTask(desk: WecomDesk, actor: Actor, id: number): Promise<void> {
  if (!desk.sandbox) throw new Problem('sandbox-only', {}, 'id')
  await open(desk, id)
  const act = desk.act(actor)
  await desk.stores.wecom.hastened(act, id, act.at, 'confirmed')
}

/** Takes a broadcast back: whoever has not had it gets it no more. Problems as of `open`, `wecom-refused`. */
export async function cancelTask(desk: WecomDesk, actor: Actor, id: number): Promise<void> {
  const { tell } = await open(desk, id)
  await tell('externalcontact/cancel_groupmsg_send')
  const silent = await desk.stores.wecom.cancelled(desk.act(actor), id)
  await desk.ingest(
    silent.map(({ messageId, customerId }) => ({
      customerId,
      event: {
        ...{ id: `wecom-broadcast-${messageId}`, name: 'message_failed', at: desk.now(), amount: null },
        properties: {
          message_id: String(messageId),
          channel: 'wecom',
          detail: 'the broadcast was taken back',
        },
      },
    })),
  )
}
