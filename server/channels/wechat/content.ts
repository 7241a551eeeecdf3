import { talkBytes } from '../../../shared/channels/wechat.ts'
import type { OutboundMessage } from '../channel.ts'

/**
 * What an answer says, as WeChat's call has it: a text or a card, one thing each call
 * (https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Service_Center_messages.html). null: it is too
 * long for one.
 */
export function talkContent({
  text,
  attachments,
}: Pick<OutboundMessage, 'text' | 'attachments'>): object | null {
  const [card] = attachments
  if (card?.kind === 'link') {
    const { title, description, url, imageUrl } = card
    const article = { title, description, url, ...(imageUrl === null ? {} : { picurl: imageUrl }) }
    return { msgtype: 'news', news: { articles: [article] } }
  }
  return Buffer.byteLength(text) > talkBytes ? null : { msgtype: 'text', text: { content: text } }
}
