import { sayLength } from '../calendar/index.ts'
import type { LocalText } from '../text.ts'
import type { Proof } from './prove.ts'

const nothing: LocalText = { 'zh-CN': '一条消息也不发', en: 'No message is sent' }
const untold: LocalText = {
  'zh-CN': '要看客户哪天进来，事先算不出',
  en: 'It depends on the day of entry and cannot be told beforehand',
}
const unreckoned: LocalText = {
  'zh-CN': '算不出：还有没改好的地方，或者循环太长',
  en: 'It cannot be told: something is not valid yet, or a loop is too long',
}

/** How long one passage takes, in words. */
export function sayPassage({ shortestPassageMs: least, longestPassageMs: most }: Proof): LocalText {
  if (least === null || most === null) return untold
  if (least === most)
    return { 'zh-CN': `都是 ${sayLength(most, 'zh-CN')}`, en: `${sayLength(most, 'en')} for everyone` }
  return {
    'zh-CN': `最短 ${sayLength(least, 'zh-CN')}，最长 ${sayLength(most, 'zh-CN')}`,
    en: `${sayLength(least, 'en')} at least, ${sayLength(most, 'en')} at most`,
  }
}

/** The most messages that one customer can get in one passage, in words. */
export function sayMost({ mostMessages, mostMessagesInDay }: Proof): LocalText {
  if (mostMessages === null || mostMessagesInDay === null) return unreckoned
  if (mostMessages === 0) return nothing
  return {
    'zh-CN': `每位客户每次进入最多 ${mostMessages} 条，一天里最多 ${mostMessagesInDay} 条`,
    en: `${mostMessages} at most for one customer and passage, ${mostMessagesInDay} at most in a day`,
  }
}
