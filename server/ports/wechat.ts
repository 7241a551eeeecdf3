import type { TalkKind } from '../../shared/channels/wechat.ts'
import type { Act } from './acts.ts'
import type { ToldCallback, WecomWork } from './wecom.ts'

/** What the channel keeps of followers. */
export interface WechatBook {
  /** Takes one of the answers that are left; null: none is. */
  take(openid: string, now: number): Promise<TalkKind | null>
  /** It was surely not used. */
  giveBack(openid: string, kind: TalkKind): Promise<void>
  /** WeChat says that no answer is left. */
  closed(openid: string): Promise<void>
  /** WeChat says that they do not follow the account. */
  stranger(openid: string, now: number): Promise<void>
}

/** Who has come to the account, or did something there. */
export interface Seen {
  readonly openid: string
  /** The account's, within which an openid means something. */
  readonly appId: string
  readonly at: number
  /** null where WeChat could not be asked, or does not say it. */
  readonly unionid: string | null
}

export interface Followed extends Seen {
  /** Of the QR code by which they came. */
  readonly source: string | null
}

/** What works on by itself asks of the store; each method is one transaction. Each answers whose it is. */
export interface WechatWork extends Pick<WecomWork, 'due' | 'done' | 'failed'> {
  followed(act: Act, follower: Followed): Promise<string>
  /** null: nobody knows them. */
  unfollowed(act: Act, follower: Omit<Seen, 'unionid'>): Promise<string | null>
  /** They did something, which may let us answer. */
  acted(act: Act, follower: Seen, kind: TalkKind | null): Promise<string>
  /** Whether more than an openid is known of somebody. */
  isKnown(openid: string): Promise<boolean>
}

/** What routes ask of the store. */
export interface WechatStore {
  /** Keeps what was told until it is done; false: it was told before. */
  keep(callback: ToldCallback, realNow: number): Promise<boolean>
  standing(): Promise<{ readonly followers: number }>
}
