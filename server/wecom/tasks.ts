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

/** A broadcast that waits for its employee, by WeCom's number of it. Problems `not-found`, `wecom-task-over`, `channel-absent`. */
async function open({ stores, wecom }: WecomDesk, id: number) {
  const { msgid, status, reminders } = await stores.wecom.task(id)
  if (msgid === null || status !== 'waiting') throw new Problem('wecom-task-over', {}, 'id')
  const client = wecom()?.client
  if (client === undefined) throw new Problem('channel-absent', { channel: 'wecom' }, 'id')
  return { client, msgid, reminders }
}

/** Has WeCom remind the employee. Problems as of `open`, `wecom-reminded`, `wecom-refused`. */
export async function remindTask(desk: WecomDesk, actor: Actor, id: number): Promise<void> {
  const { client, msgid, reminders } = await open(desk, id)
  const act = desk.act(actor)
  if (reminders.filter((at) => act.realAt - at < dayMs).length >= remindersADay)
    throw new Problem('wecom-reminded', { most: remindersADay }, 'id')
  const said = await client.ask({
    path: 'externalcontact/remind_groupmsg_send',
    body: { msgid },
    answer: nothing,
  })
  if (!said.ok) throw new Problem('wecom-refused', { detail: said.failure.detail }, 'id')
  await desk.stores.wecom.reminded(act, id)
}

/** Takes a broadcast back: whoever has not had it gets it no more. Problems as of `open`, `wecom-refused`. */
export async function cancelTask(desk: WecomDesk, actor: Actor, id: number): Promise<void> {
  const { client, msgid } = await open(desk, id)
  const said = await client.ask({
    path: 'externalcontact/cancel_groupmsg_send',
    body: { msgid },
    answer: nothing,
  })
  if (!said.ok) throw new Problem('wecom-refused', { detail: said.failure.detail }, 'id')
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
