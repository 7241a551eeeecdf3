import type { DiagnosticEntry } from './diagnostics.ts'

/** What is found in the attachments of a message. */
export const attachmentDiagnostics = {
  'attachment-not-carried': {
    severity: 'error',
    message: {
      'zh-CN': '“{channel}”不能带{kind}，客户看不到它',
      en: '{channel} carries no attachment of the kind “{kind}”; nobody would see it',
    },
    mend: {
      'zh-CN': '删掉这个附件并把网址写进正文，或换一个能带它的渠道（如站内信）',
      en: 'Remove it and write its address into the text, or choose a channel that carries it, such as in-app',
    },
  },
  'attachment-alone': {
    severity: 'error',
    message: {
      'zh-CN': '“{channel}”的一条消息只能是一段文字，或者一张卡片',
      en: 'A message by {channel} is either a text or one card',
    },
    mend: {
      'zh-CN': '只留文字或一张卡片，其他的用另一个发送节点发',
      en: 'Keep the text or one card, and send the other by a node of its own',
    },
  },
  'attachment-blank': {
    severity: 'error',
    message: { 'zh-CN': '这个附件还缺一项', en: 'A part of this attachment is still missing' },
    mend: { 'zh-CN': '填上它，或删掉这个附件', en: 'Fill it in, or remove the attachment' },
  },
  'asset-lost': {
    severity: 'error',
    message: { 'zh-CN': '素材库里没有“{asset}”', en: 'There is no asset “{asset}”' },
    mend: {
      'zh-CN': '点“选图片”另选一张，或到“素材”里上传它',
      en: 'Choose another picture, or upload it under “Assets”',
    },
  },
  'attachment-not-web': {
    severity: 'error',
    message: {
      'zh-CN': '链接卡片的地址不是网址，点不开',
      en: 'The address of the link card is no web address and cannot be opened',
    },
    mend: {
      'zh-CN': '写成以 https:// 开头的完整网址，不带用户名和密码',
      en: 'Write it in full, beginning with https://, without user name and password',
    },
  },
  'attachment-app-id': {
    severity: 'error',
    message: {
      'zh-CN': '小程序的 AppID 不对，微信打不开它',
      en: 'This is no AppID of a mini-program, so WeChat cannot open it',
    },
    mend: {
      'zh-CN': '在微信公众平台“开发管理”里复制：wx 开头，后跟 16 位',
      en: 'Copy it from the WeChat platform’s development settings: wx and 16 more characters',
    },
  },
  'text-too-long': {
    severity: 'error',
    message: {
      'zh-CN': '“{channel}”最多接受 {most} 个字节，这里已有 {bytes} 个（一个汉字三个字节）',
      en: '{channel} takes {most} bytes here at most, and this has {bytes} (a Chinese character has three)',
    },
    mend: { 'zh-CN': '写短一些', en: 'Make it shorter' },
  },
} as const satisfies Record<string, DiagnosticEntry>
