import { type TalkKind, talkKinds, talkRoom } from '../../../../shared/channels/wechat.ts'
import type { BrandDatabase } from '../database.ts'

/** What followers let the account send, within the caller's transaction. */
export function grantKeeper({ sqlite }: BrandDatabase) {
  // What is told late of an earlier doing gives nothing back that a later one has.
  const give = sqlite.prepare(
    `insert into wechat_grants (openid, kind, template, customer_id, at, until, left)
     values (@openid, @kind, '', @customerId, @at, @until, @left)
     on conflict do update set customer_id = excluded.customer_id, at = excluded.at, until = excluded.until,
       left = excluded.left where excluded.at > at`,
  )
  // What runs out first is used up first.
  const spend = sqlite
    .prepare<{ openid: string; now: number }, string>(
      `update wechat_grants set left = left - 1 where rowid = (
         select rowid from wechat_grants where openid = @openid and kind in ('said', 'acted') and left > 0
           and until > @now order by until limit 1)
       returning kind`,
    )
    .pluck()
  const back = sqlite.prepare(
    `update wechat_grants set left = min(left + 1, @most) where openid = @openid and kind = @kind and template = ''`,
  )
  const close = sqlite.prepare(
    `update wechat_grants set left = 0 where openid = ? and kind in ('said', 'acted')`,
  )
  return {
    given(openid: string, customerId: string, kind: TalkKind, at: number): void {
      const { messages, ms } = talkRoom[kind]
      give.run({ openid, kind, customerId, at, until: at + ms, left: messages })
    },
    take(openid: string, now: number): TalkKind | null {
      const kind = spend.get({ openid, now })
      return talkKinds.find((one) => one === kind) ?? null
    },
    giveBack: (openid: string, kind: TalkKind): void =>
      void back.run({ openid, kind, most: talkRoom[kind].messages }),
    closed: (openid: string): void => void close.run(openid),
  }
}
