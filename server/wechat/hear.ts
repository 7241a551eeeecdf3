import { z } from 'zod'
import type { Actor } from '../../shared/audit/actor.ts'
import type { TalkKind } from '../../shared/channels/wechat.ts'
import type { WechatClient } from '../channels/wechat/client.ts'
import type { Act } from '../ports/acts.ts'
import type { IncomingEvent } from '../ports/events.ts'
import type { Seen, WechatWork } from '../ports/wechat.ts'
import type { ToldCallback } from '../ports/wecom.ts'

/** What is done with what WeChat has told. */
export interface HearDeps {
  readonly work: WechatWork
  /** null: nobody is asked, be it that nothing is set up or that it is a sandbox. */
  readonly client: () => WechatClient | null
  readonly appId: () => string
  readonly act: (actor: Actor) => Act
  readonly sandbox: boolean
}

type Done = readonly IncomingEvent[]
type Told = Readonly<Record<string, string | undefined>>

/** Who somebody is, is worth waiting for, as long as an answer within a minute bears it (ms). */
const detailsMs = 1500

const details = z.looseObject({ unionid: z.string().optional() })

const provider: Actor = { kind: 'provider', id: 'wechat', via: 'hook' }

const customerMessage = 'wechat_message'

/** The scene of a code that brings somebody: in the event of a new follower it stands behind `qrscene_`. */
const sceneOf = ({ EventKey: key }: Told): string | null => key?.replace(/^qrscene_/, '') || null

/** What was said, as a journey can ask for it; of what is no text, which kind it is. */
const saidIn = ({ MsgType: type, Content: text, Title: title, Recognition: heard }: Told) => ({
  type,
  text: text ?? title ?? heard,
})

interface Kind {
  readonly event: string
  /** What it lets us do. */
  readonly kind: TalkKind | null
  readonly properties: (fields: Told) => Readonly<Record<string, string | null | undefined>>
}

/** What each event means that is of somebody who is there already. Of a menu, opening a page lets us answer nothing. */
const doings: Readonly<Record<string, Kind>> = {
  message: { event: customerMessage, kind: 'said', properties: saidIn },
  scan: { event: 'wechat_scanned', kind: 'acted', properties: (told) => ({ source: sceneOf(told) }) },
  click: { event: 'wechat_menu_clicked', kind: 'acted', properties: ({ EventKey: key }) => ({ key }) },
  scancode_push: {
    event: 'wechat_menu_clicked',
    kind: 'acted',
    properties: ({ EventKey: key }) => ({ key }),
  },
  scancode_waitmsg: {
    event: 'wechat_menu_clicked',
    kind: 'acted',
    properties: ({ EventKey: key }) => ({ key }),
  },
  view: { event: 'wechat_menu_clicked', kind: null, properties: ({ EventKey: url }) => ({ url }) },
}

/** An event that the same thing told twice is no second one of. */
const eventOf = (
  name: string,
  { key, at }: Pick<ToldCallback, 'key' | 'at'>,
  properties: ReturnType<Kind['properties']>,
) => ({
  ...{ id: `wechat-${key.slice(0, 24)}`, name, at, amount: null },
  properties: Object.fromEntries(
    Object.entries(properties).flatMap(([property, value]) => (value ? [[property, value] as const] : [])),
  ),
})

export function createWechatHearer(deps: HearDeps): (told: ToldCallback) => Promise<Done> {
  const { work, client, appId, act, sandbox } = deps

  const unionidOf = async (openid: string): Promise<string | null> => {
    const asked = client()
    if (asked === null) return null
    const said = await asked.ask(
      { path: 'user/info', query: { openid, lang: 'zh_CN' }, answer: details },
      AbortSignal.timeout(detailsMs),
    )
    return said.ok ? (said.value.unionid ?? null) : null
  }

  /** The brand's clock stands elsewhere in a sandbox, and nothing may have happened after it. */
  const timed = (told: ToldCallback, change: Act): number =>
    sandbox ? change.at : Math.min(told.at, change.at)

  const seen = (told: ToldCallback, change: Act, unionid: string | null): Seen => ({
    ...{ openid: told.fields.FromUserName ?? '', appId: appId(), unionid },
    at: timed(told, change),
  })

  const followed = async (told: ToldCallback): Promise<Done> => {
    const unionid = await unionidOf(told.fields.FromUserName ?? '')
    const change = act(provider)
    const source = sceneOf(told.fields)
    const who = seen(told, change, unionid)
    const customerId = await work.followed(change, { ...who, source })
    return [{ customerId, event: eventOf('wechat_followed', { ...told, at: who.at }, { source }) }]
  }

  const unfollowed = async (told: ToldCallback): Promise<Done> => {
    const change = act(provider)
    const who = seen(told, change, null)
    const customerId = await work.unfollowed(change, who)
    if (customerId === null) return []
    return [{ customerId, event: eventOf('wechat_unfollowed', { ...told, at: who.at }, {}) }]
  }

  const did = async (told: ToldCallback, { event, kind, properties }: Kind): Promise<Done> => {
    const openid = told.fields.FromUserName ?? ''
    const unionid = (await work.isKnown(openid)) ? null : await unionidOf(openid)
    const change = act(provider)
    const who = seen(told, change, unionid)
    const customerId = await work.acted(change, who, kind)
    return [{ customerId, event: eventOf(event, { ...told, at: who.at }, properties(told.fields)) }]
  }

  return async (told) => {
    if (told.event === 'subscribe') return followed(told)
    if (told.event === 'unsubscribe') return unfollowed(told)
    const kind = Object.hasOwn(doings, told.event) ? doings[told.event] : undefined
    return kind === undefined ? [] : did(told, kind)
  }
}
