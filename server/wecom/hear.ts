import { z } from 'zod'
import type { Actor } from '../../shared/audit/actor.ts'
import type { WecomClient } from '../channels/wecom/client.ts'
import type { Act } from '../ports/acts.ts'
import type { IncomingEvent } from '../ports/events.ts'
import { type FriendDetails, syncEvent, type ToldCallback, type WecomWork } from '../ports/wecom.ts'
import { syncFriends } from './sync.ts'

/** What is done with what WeCom has told. */
export interface HearDeps {
  readonly work: WecomWork
  /** null: nobody is asked, be it that nothing is set up or that it is a sandbox. */
  readonly client: () => WecomClient | null
  readonly friendIsOwner: () => boolean
  readonly ingest: (events: readonly IncomingEvent[]) => Promise<unknown>
  readonly act: (actor: Actor) => Act
  readonly sandbox: boolean
  /** Whether nothing new is to be begun. */
  readonly stopping: () => boolean
}

/** Who a new friend is, is worth waiting for as long as a greeting bears it (ms). */
const detailsMs = 1500

const contact = z.looseObject({
  external_contact: z.looseObject({ name: z.string().default(''), unionid: z.string().optional() }),
})

const provider: Actor = { kind: 'provider', id: 'wecom', via: 'hook' }

/** An event that the same thing told twice is no second one of. */
const eventOf = (
  name: string,
  { key, at }: Pick<ToldCallback, 'key' | 'at'>,
  properties: Readonly<Record<string, string | null>>,
) => ({
  id: `wecom-${key.slice(0, 24)}`,
  name,
  at,
  amount: null,
  properties: Object.fromEntries(
    Object.entries(properties).flatMap(([property, value]) =>
      value === null || value === '' ? [] : [[property, value] as const],
    ),
  ),
})

type Done = readonly IncomingEvent[]

export function createHearer(deps: HearDeps): (told: ToldCallback) => Promise<Done> {
  const { work, client, friendIsOwner, act, sandbox } = deps

  const detailsOf = async (externalUserId: string): Promise<FriendDetails | null> => {
    const asked = client()
    if (asked === null) return null
    const said = await asked.ask(
      { path: 'externalcontact/get', query: { external_userid: externalUserId }, answer: contact },
      AbortSignal.timeout(detailsMs),
    )
    if (!said.ok) return null
    const { name, unionid = null } = said.value.external_contact
    return { name: name === '' ? null : name, unionid }
  }

  /** The brand's clock stands elsewhere in a sandbox, and nothing may have happened after it. */
  const timed = (told: ToldCallback, change: Act): ToldCallback => ({
    ...told,
    at: sandbox ? change.at : Math.min(told.at, change.at),
  })

  const added = async (told: ToldCallback, ids: Friends): Promise<Done> => {
    const details = await detailsOf(ids.externalUserId)
    const change = act(provider)
    const state = told.fields.State ?? null
    const friend = await work.befriended(change, {
      ...{ ...ids, at: told.at, state, details, owns: friendIsOwner() },
      code: told.fields.WelcomeCode ?? null,
    })
    const properties = { source: state, state, user_id: ids.userId, staff: friend.staff }
    const event = eventOf('wecom_friend_added', timed(told, change), properties)
    return [{ customerId: friend.customerId, event }]
  }

  const removed = async (told: ToldCallback, ids: Friends, by: 'customer' | 'employee'): Promise<Done> => {
    const change = act(provider)
    const friend = await work.parted(change, { ...ids, at: told.at, by })
    if (friend === null) return []
    const properties = { user_id: ids.userId, staff: friend.staff, by }
    const event = eventOf('wecom_friend_removed', timed(told, change), properties)
    return [{ customerId: friend.customerId, event }]
  }

  const edited = async (_told: ToldCallback, ids: Friends): Promise<Done> => {
    const details = await detailsOf(ids.externalUserId)
    if (details === null) return []
    await work.described(act(provider), { ...ids, ...details })
    return []
  }

  /** What is done with each change that WeCom tells of a friend; another says nothing that we keep. */
  const changes: Readonly<Record<string, (told: ToldCallback, ids: Friends) => Promise<Done>>> = {
    add_external_contact: added,
    add_half_external_contact: added,
    edit_external_contact: edited,
    del_external_contact: (told, ids) => removed(told, ids, 'employee'),
    del_follow_user: (told, ids) => removed(told, ids, 'customer'),
  }

  return async (told) => {
    if (told.event === syncEvent) {
      const asked = client()
      if (asked !== null) await syncFriends(asked, deps, told.at)
      return []
    }
    const { UserID: userId, ExternalUserID: externalUserId } = told.fields
    const change = told.event === 'change_external_contact' ? changes[told.change] : undefined
    if (change === undefined || !userId || !externalUserId) return []
    return change(told, { userId, externalUserId })
  }
}

interface Friends {
  readonly userId: string
  readonly externalUserId: string
}
