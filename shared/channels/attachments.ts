import { z } from 'zod'
import type { LocalText } from '../text.ts'

/** What may go with a message beside its text. */
export const attachmentKinds = ['image', 'link', 'mini_program'] as const
export type AttachmentKind = (typeof attachmentKinds)[number]

export const attachmentNames = {
  image: { 'zh-CN': '图片', en: 'Picture' },
  link: { 'zh-CN': '链接卡片', en: 'Link card' },
  mini_program: { 'zh-CN': '小程序卡片', en: 'Mini-program card' },
} as const satisfies Record<AttachmentKind, LocalText>

const shown = z.string()
/** An attachment as one customer gets it. A picture of the asset store has an address of this server without its host. */
export const renderedAttachment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('image'), url: shown }),
  z.strictObject({
    ...{ kind: z.literal('link'), title: shown, description: shown, url: shown },
    imageUrl: shown.nullable(),
  }),
  z.strictObject({
    ...{ kind: z.literal('mini_program'), appId: shown, path: shown, title: shown },
    imageUrl: shown,
  }),
])
export type RenderedAttachment = z.output<typeof renderedAttachment>
export const renderedAttachments = z.array(renderedAttachment)

/** An address of this server itself, which begins with a slash, as others can open it. */
const hosted = (address: string, host: string): string => (address.startsWith('/') ? host + address : address)

/** An attachment with whole addresses: what is kept has those of this server without its host, which may change. */
export function withHost(attachment: RenderedAttachment, host: string): RenderedAttachment {
  switch (attachment.kind) {
    case 'image':
      return { ...attachment, url: hosted(attachment.url, host) }
    case 'link': {
      const { url, imageUrl } = attachment
      return {
        ...attachment,
        url: hosted(url, host),
        imageUrl: imageUrl === null ? null : hosted(imageUrl, host),
      }
    }
    case 'mini_program':
      return { ...attachment, imageUrl: hosted(attachment.imageUrl, host) }
  }
}
