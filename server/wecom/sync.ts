import { z } from 'zod'
import type { Actor } from '../../shared/audit/actor.ts'
import type { WecomClient, WecomSaid } from '../channels/wecom/client.ts'
import type { Act } from '../ports/acts.ts'
import type { Befriended, WecomWork } from '../ports/wecom.ts'

export interface SyncDeps {
  readonly work: WecomWork
  readonly friendIsOwner: () => boolean
  readonly act: (actor: Actor) => Act
  readonly stopping: () => boolean
}

/** Employees that one call is asked of: page 92994 of WeCom's documents. */
const employeesAtOnce = 100
const customersOfPage = 100

const followers = z.looseObject({ follow_user: z.array(z.string()).default([]) })
const page = z.looseObject({
  next_cursor: z.string().nullish(),
  external_contact_list: z
    .array(
      z.looseObject({
        external_contact: z.looseObject({
          external_userid: z.string(),
          name: z.string().nullish(),
          unionid: z.string().nullish(),
        }),
        follow_info: z.looseObject({
          userid: z.string(),
          createtime: z.int().nullish(),
          state: z.string().nullish(),
          tag_id: z.array(z.string()).nullish(),
        }),
      }),
    )
    .default([]),
})
type Row = z.infer<typeof page>['external_contact_list'][number]

/** WeCom could not be asked: it is tried again. */
export class SyncBroken extends Error {
  override readonly name = 'SyncBroken'
}

const provider: Actor = { kind: 'provider', id: 'wecom', via: 'itself' }

/**
 * Takes over who is whose friend, a page at a time. It starts and wakes nothing: that somebody has been a friend for long
 * is no event. Whom an employee has no more is their friend no more. Doing it again changes nothing.
 */
export async function syncFriends(
  client: WecomClient,
  { work, friendIsOwner, act, stopping }: SyncDeps,
  beganAt: number,
): Promise<void> {
  const ask: WecomClient['ask'] = (call, signal) => client.ask(call, signal)
  const employees = await ask({ path: 'externalcontact/get_follow_user_list', answer: followers })
  if (!employees.ok) throw new SyncBroken(employees.failure.detail)
  const { follow_user: all } = employees.value
  const friendOf = ({ external_contact: contact, follow_info: follow }: Row): Befriended => ({
    ...{ externalUserId: contact.external_userid, userId: follow.userid, code: null },
    at: follow.createtime ? follow.createtime * 1000 : beganAt,
    state: follow.state || null,
    details: { name: contact.name || null, unionid: contact.unionid || null },
    owns: friendIsOwner(),
  })
  for (let from = 0; from < all.length; from += employeesAtOnce) {
    const asked = all.slice(from, from + employeesAtOnce)
    const seen = new Set<string>()
    for (let cursor: string | null = ''; cursor !== null; ) {
      if (stopping()) throw new SyncBroken('the server is stopping')
      const said: WecomSaid<z.infer<typeof page>> = await ask({
        path: 'externalcontact/batch/get_by_user',
        body: { userid_list: asked, cursor, limit: customersOfPage },
        answer: page,
      })
      if (!said.ok) throw new SyncBroken(said.failure.detail)
      const friends = said.value.external_contact_list.map(friendOf)
      await work.befriendedAll(act(provider), friends)
      for (const { external_contact: contact, follow_info: follow } of said.value.external_contact_list)
        if (follow.tag_id?.length)
          await work.tagsHeard(act(provider), {
            ...{ externalUserId: contact.external_userid, tagIds: follow.tag_id, askedAt: beganAt },
            // What another employee has put on them stands with that one.
            whole: false,
          })
      for (const { externalUserId, userId } of friends) seen.add(`${userId} ${externalUserId}`)
      cursor = said.value.next_cursor || null
    }
    for (const { externalUserId, userId } of await work.friendsOf(asked, beganAt))
      if (!seen.has(`${userId} ${externalUserId}`))
        await work.parted(act(provider), { externalUserId, userId, at: beganAt, by: 'employee' })
  }
}
