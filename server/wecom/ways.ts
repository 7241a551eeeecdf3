import { z } from 'zod'
import type { SuggestedAnswer, ValuesOf } from '../../shared/api/suggested.ts'
import type { ContactWay, WayChange, WayDraft } from '../../shared/api/wecom-ways.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { WecomClient, WecomFailure } from '../channels/wecom/client.ts'
import type { Desk } from '../ports/desk.ts'
import type { WayMade } from '../ports/wecom-ways.ts'
import type { WecomDesk } from './tasks.ts'

/** What is done with pictures by whoever may: the brand's own are another room's. */
export interface PictureKeeper {
  /** Takes one in; answers its key. Problems of pictures. */
  keep(bytes: Uint8Array, of: { readonly name: string; readonly file: string }): Promise<string>
  /** Lets go of one, unless something shows it. */
  drop(key: string): Promise<void>
}

const nothing = z.unknown()
const made = z.looseObject({ config_id: z.string().min(1), qr_code: z.string().nullish() })
const listed = z.looseObject({
  next_cursor: z.string().nullish(),
  contact_way: z.array(z.looseObject({ config_id: z.string() })).default([]),
})
const shown = z.looseObject({
  contact_way: z.looseObject({ state: z.string().nullish(), qr_code: z.string().nullish() }),
})

/** One that customers scan, for several employees: a single one may become several (page 92228). */
const kind = { type: 2, scene: 2 } as const
const pageOfList = 1000

export const listWays = async ({ stores }: Desk): Promise<ContactWay[]> => [
  ...(await stores.wecomWays.list()),
]

/** What says by which code somebody came. */
const sourceProperties: ReadonlySet<string> = new Set(['state', 'source'])

/** The sources of codes by which nobody has come yet can be asked for as well, where values of theirs are suggested. */
export async function withSources(
  { stores }: Desk,
  of: ValuesOf,
  { startsWith, found }: { readonly startsWith: string; readonly found: SuggestedAnswer },
): Promise<SuggestedAnswer> {
  if (of.field !== 'property' || of.event !== 'wecom_friend_added' || !sourceProperties.has(of.name))
    return found
  const begins = startsWith.toLowerCase()
  const known = new Set(found.values.map(({ value }) => value))
  const fresh = (await stores.wecomWays.list())
    .map(({ state }) => state)
    .filter((state) => !known.has(state) && state.toLowerCase().startsWith(begins))
  return { ...found, values: [...found.values, ...fresh.map((value) => ({ value, count: 0 }))] }
}

/** Problem `channel-absent`. */
function clientOf({ wecom }: WecomDesk): WecomClient {
  const client = wecom()?.client
  if (client === undefined) throw new Problem('channel-absent', { channel: 'wecom' }, 'channel')
  return client
}

const isUnsure = (failure: WecomFailure): boolean =>
  failure.kind === 'unknown' || (failure.kind === 'endpoint' && failure.inDoubt)

const refused = ({ code, detail }: WecomFailure): Problem =>
  new Problem('wecom-refused', { detail: `${code}: ${detail}` })

const fieldsOf = ({ name, users, skipVerify }: WayChange) => ({
  ...{ remark: name, skip_verify: skipVerify, user: users },
})

interface Work {
  readonly desk: WecomDesk
  readonly actor: Actor
  readonly pictures: PictureKeeper
}

/** The picture of a code among the brand's; null where it cannot be had now, and is fetched another time. */
async function pictureOf(
  { desk, pictures }: Work,
  { qrUrl }: WayMade,
  { name, state }: WayDraft,
): Promise<string | null> {
  if (qrUrl === null) return null
  const found = await clientOf(desk).picture(qrUrl)
  if (!found.ok) return null
  try {
    return await pictures.keep(found.value, { name, file: `qr_${state}` })
  } catch (error) {
    // What is no picture, or finds no room: the code itself is made, and the page says that its picture is missing.
    if (error instanceof Problem) return null
    throw error
  }
}

async function keepMade(work: Work, id: number, draft: WayDraft, code: WayMade): Promise<ContactWay> {
  const { desk, actor } = work
  const picture = await pictureOf(work, code, draft)
  await desk.stores.wecomWays.made(desk.act(actor), id, { ...code, picture })
  return desk.stores.wecomWays.seen(id)
}

/** Has WeCom make it. Problems `wecom-refused`, and `wecom-silent` where nobody knows whether it did. */
async function make(work: Work, id: number, draft: WayDraft): Promise<ContactWay> {
  const said = await clientOf(work.desk).ask({
    path: 'externalcontact/add_contact_way',
    body: { ...kind, ...fieldsOf(draft), state: draft.state },
    answer: made,
  })
  if (!said.ok) throw isUnsure(said.failure) ? new Problem('wecom-silent') : refused(said.failure)
  const { config_id: configId, qr_code: qrUrl = null } = said.value
  return keepMade(work, id, draft, { configId, qrUrl })
}

/**
 * Makes a code. It is kept before WeCom is asked: where the answer is lost it stays in the list as such, and is looked
 * for before it is made again. Problems `channel-absent`, `wecom-source-taken`, `wecom-refused`, `wecom-silent`.
 */
export async function addWay(work: Work, draft: WayDraft): Promise<ContactWay> {
  const { desk, actor } = work
  clientOf(desk)
  const id = await desk.stores.wecomWays.add(desk.act(actor), draft)
  try {
    return await make(work, id, draft)
  } catch (error) {
    if (error instanceof Problem && error.code === 'wecom-refused')
      await desk.stores.wecomWays.remove(desk.act(actor), id)
    throw error
  }
}

/** A code whose answer was lost, as WeCom has it; null where it has none. Problem `wecom-silent`. */
async function lookFor({ desk }: Work, state: string, since: number): Promise<WayMade | null> {
  const client = clientOf(desk)
  for (let cursor = ''; ; ) {
    const list = await client.ask({
      path: 'externalcontact/list_contact_way',
      body: { start_time: Math.floor(since / 1000) - 60, limit: pageOfList, ...(cursor && { cursor }) },
      answer: listed,
    })
    if (!list.ok) throw new Problem('wecom-silent')
    const ids = list.value.contact_way.map(({ config_id }) => config_id)
    const known = await desk.stores.wecomWays.known(ids)
    for (const configId of ids.filter((one) => !known.has(one))) {
      const path = 'externalcontact/get_contact_way'
      const one = await client.ask({ path, body: { config_id: configId }, answer: shown })
      if (!one.ok) throw new Problem('wecom-silent')
      const { state: theirs, qr_code: qrUrl = null } = one.value.contact_way
      if (theirs === state) return { configId, qrUrl }
    }
    if (!list.value.next_cursor) return null
    cursor = list.value.next_cursor
  }
}

/** Makes what is missing of a code: itself, or its picture. Problems as of `addWay`, `not-found`. */
export async function mendWay(work: Work, id: number): Promise<ContactWay> {
  const { desk } = work
  clientOf(desk)
  const way = await desk.stores.wecomWays.get(id)
  if (way.made !== null) {
    const seen = await desk.stores.wecomWays.seen(id)
    return seen.picture === null ? keepMade(work, id, way, way.made) : seen
  }
  const found = await lookFor(work, way.state, way.madeAt)
  return found === null ? make(work, id, way) : keepMade(work, id, way, found)
}

/** Problems `channel-absent`, `not-found`, `wecom-refused`, `wecom-silent`. */
export async function changeWay(work: Work, id: number, change: WayChange): Promise<ContactWay> {
  const { desk, actor } = work
  const client = clientOf(desk)
  const { made: code } = await desk.stores.wecomWays.get(id)
  if (code === null) {
    await desk.stores.wecomWays.change(desk.act(actor), id, change)
    return mendWay(work, id)
  }
  // The same again changes nothing, so that one whose answer was lost is simply asked for another time.
  const said = await client.ask({
    path: 'externalcontact/update_contact_way',
    body: { config_id: code.configId, ...fieldsOf(change) },
    answer: nothing,
  })
  if (!said.ok) throw isUnsure(said.failure) ? new Problem('wecom-silent') : refused(said.failure)
  await desk.stores.wecomWays.change(desk.act(actor), id, change)
  return desk.stores.wecomWays.seen(id)
}

/**
 * Whoever scans it adds nobody any more. What WeCom does not know (any more) is gone there already. Problems
 * `channel-absent`, `not-found`, `wecom-refused`, `wecom-silent`.
 */
export async function removeWay({ desk, actor, pictures }: Work, id: number): Promise<void> {
  const client = clientOf(desk)
  const { made: code, picture } = await desk.stores.wecomWays.get(id)
  if (code !== null) {
    const body = { config_id: code.configId }
    const said = await client.ask({ path: 'externalcontact/del_contact_way', body, answer: nothing })
    if (!said.ok) {
      if (isUnsure(said.failure)) throw new Problem('wecom-silent')
      const there = await client.ask({ path: 'externalcontact/get_contact_way', body, answer: shown })
      if (there.ok || there.failure.kind !== 'rejected') throw refused(said.failure)
    }
  }
  await desk.stores.wecomWays.remove(desk.act(actor), id)
  if (picture !== null) await pictures.drop(picture)
}
