import type { RenderedAttachment } from '../../../shared/channels/index.ts'
import { wecomBytes } from '../../../shared/channels/wecom.ts'

/** What a message says, as WeCom's calls have it: pages 92135 and 92137 of its documents. */
export interface WecomContent {
  readonly text?: { readonly content: string }
  readonly attachments?: readonly unknown[]
}

/** By what WeCom knows a picture that was brought to it. */
export type MediaOf = (picture: string) => string

/** The start of a text that takes no more bytes, without half of a letter. */
function within(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  const letters = [...text]
  while (Buffer.byteLength(letters.join('')) > bytes - 3) letters.pop()
  return `${letters.join('')}…`
}

/** WeCom opens pages of mini-programs by paths that end so (page 96997); what follows a question mark comes behind. */
function pageOf(path: string): string {
  const [place = '', ...query] = path.split('?')
  const whole = /\.html?$/.test(place) ? place : `${place}.html`
  return [whole, ...query].join('?')
}

/** The pictures that WeCom has to have before an attachment can go; of a link it fetches the picture itself. */
export function picturesOf(attachment: RenderedAttachment): string[] {
  switch (attachment.kind) {
    case 'image':
      return [attachment.url]
    case 'mini_program':
      return [attachment.imageUrl]
    case 'link':
      return []
  }
}

function cardOf(attachment: RenderedAttachment, mediaOf: MediaOf): unknown {
  switch (attachment.kind) {
    case 'image':
      return { msgtype: 'image', image: { media_id: mediaOf(attachment.url) } }
    case 'mini_program': {
      const { appId, path, title, imageUrl } = attachment
      return {
        msgtype: 'miniprogram',
        miniprogram: {
          title: within(title, wecomBytes.mini_program.title),
          pic_media_id: mediaOf(imageUrl),
          appid: appId,
          page: pageOf(path),
        },
      }
    }
    case 'link': {
      const { title, description, url, imageUrl } = attachment
      return {
        msgtype: 'link',
        link: {
          title: within(title, wecomBytes.link.title),
          ...(imageUrl === null ? {} : { picurl: imageUrl }),
          ...(description === '' ? {} : { desc: within(description, wecomBytes.link.description) }),
          url,
        },
      }
    }
  }
}

export function wecomContent(
  { text, attachments }: { readonly text: string; readonly attachments: readonly RenderedAttachment[] },
  mediaOf: MediaOf,
): WecomContent {
  return {
    ...(text === '' ? {} : { text: { content: text } }),
    ...(attachments.length === 0 ? {} : { attachments: attachments.map((one) => cardOf(one, mediaOf)) }),
  }
}
