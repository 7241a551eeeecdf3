import { wechatHoldings } from './holdings-wechat.ts'
import { wecomHoldings } from './holdings-wecom.ts'

/** What the tables of each messenger hold: a part of `holdings`. */
export const messengerHoldings = { ...wechatHoldings, ...wecomHoldings }
