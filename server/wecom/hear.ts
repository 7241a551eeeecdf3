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
  readonly realNow: () => number
  /** Whether nothing new is to be begun. */
  readonly stopping: () => boolean
}

/** Who a new friend is, is worth waiting for as long as a greeting bears it (ms). */
const detailsMs = 1500

const contact = z.looseObject({
  external_contact: z.looseObject({ name: z.string().default(''), unionid: z.string().optional() }),
  follow_user: z
    .array(
      z.looseObject({
        // Of a tag that an employee has made for themselves there is no id.
        tags: z.array(z.looseObject({ tag_id: z.string().nullish() })).nullish(),
      }),
    )
    .default([]),
})

/** What is known of a friend once WeCom was asked. */
interface Asked {
  readonly details: FriendDetails
  readonly tagIds: readonly string[]
  readonly askedAt: number
}

/** WeCom says all tags of a friend at once. */
const whole = { whole: true } as const

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

  const detailsOf = async (externalUserId: string): Promise<Asked | null> => {
    const asked = client()
    const askedAt = deps.realNow()
    if (asked === null) return null
    const said = await asked.ask(
      { path: 'externalcontact/get', query: { external_userid: externalUserId }, answer: contact },
      AbortSignal.timeout(detailsMs),
    )
    if (!said.ok) return null
    const { name, unionid = null } = said.value.external_contact
    const tagIds = said.value.follow_user.flatMap(
      ({ tags }) => tags?.flatMap((one) => one.tag_id ?? []) ?? [],
    )
    return { details: { name: name === '' ? null : name, unionid }, tagIds, askedAt }
  }

  /** The brand's clock stands elsewhere in a sandbox, and nothing may have happened after it. */
  const timed = (told: ToldCallback, change: Act): ToldCallback => ({
    ...told,
    at: sandbox ? change.at : Math.min(told.at, change.at),
  })

  const added = async (told: ToldCallback, ids: Friends): Promise<Done> => {
    const found = await detailsOf(ids.externalUserId)
    const details = found?.details ?? null
    const change = act(provider)
    const state = told.fields.State ?? null
    const friend = await work.befriended(change, {
      ...{ ...ids, at: told.at, state, details, owns: friendIsOwner() },
      code: told.fields.WelcomeCode ?? null,
    })
    if (found !== null) await work.tagsHeard(change, { ...found, ...whole, ...ids })
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
    const found = await detailsOf(ids.externalUserId)
    // Its tags may have changed: it is tried again.
    if (found === null && client() !== null)
      throw new Error('WeCom was not reached for what it says of a friend')
    if (found === null) return []
    await work.described(act(provider), { ...ids, ...found.details })
    const heard = await work.tagsHeard(act(provider), { ...found, ...whole, ...ids })
    if (!heard) throw new Error('WeCom was told of tags while it was asked for them')
    return []
  }

  /** A tag, or a group of them, was deleted; other changes of theirs say nothing that is kept. */
  const tagChanged = async ({ change, fields }: ToldCallback): Promise<void> => {
    const { Id: id, TagType: of } = fields
    if (change !== 'delete' || !id || (of !== 'tag' && of !== 'tag_group')) return
    await work.tagsGone(of, id, deps.realNow())
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
    if (told.event === 'change_external_tag') {
      await tagChanged(told)
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
