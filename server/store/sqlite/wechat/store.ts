import type { WechatBook, WechatStore, WechatWork } from '../../../ports/wechat.ts'
import type { BrandDatabase } from '../database.ts'
import { callbackKeeper } from '../wecom/callbacks.ts'
import { followerKeeper } from './followers.ts'
import { grantKeeper } from './grants.ts'

const wholly = ({ sqlite }: BrandDatabase) =>
  function whole<Args extends unknown[], T>(work: (...args: Args) => T) {
    const run = sqlite.transaction((args: Args) => work(...args)).immediate
    return async (...args: Args): Promise<T> => run(args)
  }

/** What works on by itself asks for; each method is one transaction. */
export function wechatWork(db: BrandDatabase): WechatWork {
  const callbacks = callbackKeeper(db, 'wechat_callbacks')
  const followers = followerKeeper(db)
  const whole = wholly(db)
  return {
    due: async (realNow, limit) => callbacks.due(realNow, limit),
    done: whole((keys) => callbacks.done(keys)),
    failed: whole((key, error, dueAt) => callbacks.failed(key, error, dueAt)),
    followed: whole((act, follower) => followers.followed(act, follower)),
    unfollowed: whole((act, follower) => followers.unfollowed(act, follower)),
    acted: whole((act, who, kind) => followers.acted(act, who, kind)),
    isKnown: async (openid) => followers.isKnown(openid),
  }
}

/** What the channel asks for. */
export function wechatBook(db: BrandDatabase): WechatBook {
  const grants = grantKeeper(db)
  const followers = followerKeeper(db)
  const whole = wholly(db)
  const take = whole(grants.take)
  const giveBack = whole(grants.giveBack)
  const closed = whole(grants.closed)
  const stranger = whole(followers.stranger)
  return {
    take: (openid, now) => db.steady.run(() => take(openid, now)),
    giveBack: (openid, kind) => db.steady.run(() => giveBack(openid, kind)),
    closed: (openid) => db.steady.run(() => closed(openid)),
    stranger: (openid, now) => db.steady.run(() => stranger(openid, now)),
  }
}

/** What routes ask for. */
export function wechatStore(db: BrandDatabase): WechatStore {
  const callbacks = callbackKeeper(db, 'wechat_callbacks')
  const whole = wholly(db)
  const count = db.sqlite
    .prepare<[], number>(
      'select count(*) from wechat_followers where followed_at > 0 and (left_at is null or left_at < followed_at)',
    )
    .pluck()
  return {
    keep: whole((callback, realNow) => {
      callbacks.forget(realNow)
      return callbacks.keep(callback, realNow)
    }),
    standing: async () => ({ followers: count.get() ?? 0 }),
  }
}
