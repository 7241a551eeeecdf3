import { limits } from '../limits.ts'
import type { LocalText } from '../text.ts'

const dayMs = 86_400_000
const earliest = Date.UTC(limits.reportFirstYear.value, 0, 1)

const whys = {
  ahead: { 'zh-CN': '比现在晚一天以上', en: 'more than a day ahead of now' },
  long_ago: {
    'zh-CN': '太早，像是把秒当成了毫秒',
    en: 'too long ago, as if seconds were taken for milliseconds',
  },
  before_message: { 'zh-CN': '早于它所说的那条消息', en: 'before the message that it is of was made' },
} as const satisfies Record<string, LocalText>

/**
 * Why a report cannot have happened when it says, or null where it can: the last report stands, so that one from
 * the future would stand for ever. A clock that is a day wrong is borne with. Times are epoch milliseconds;
 * `messageAt`: when the message was made that it names.
 */
export function reportTimeFault(at: number, now: number, messageAt: number | null): LocalText | null {
  if (at > now + limits.reportAhead.value * dayMs) return whys.ahead
  if (at < earliest) return whys.long_ago
  return messageAt !== null && at < messageAt - limits.reportAhead.value * dayMs ? whys.before_message : null
}
