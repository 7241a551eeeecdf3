import type { LocalText } from '../text.ts'

/** What may go with a message beside its text. */
export const attachmentKinds = ['image', 'link', 'mini_program'] as const
export type AttachmentKind = (typeof attachmentKinds)[number]

export const attachmentNames = {
  image: { 'zh-CN': '图片', en: 'Picture' },
  link: { 'zh-CN': '链接卡片', en: 'Link card' },
  mini_program: { 'zh-CN': '小程序卡片', en: 'Mini-program card' },
} as const satisfies Record<AttachmentKind, LocalText>
