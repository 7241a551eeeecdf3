import type { ErrorEntry } from './entry.ts'

/** The library of contents. */
export const contents = {
  'content-exists': {
    status: 409,
    message: { 'zh-CN': '已经有键为 {content} 的内容', en: 'There is a content {content} already' },
    mend: {
      'zh-CN': '换一个键，或打开原来的内容修改',
      en: 'Choose another key, or change the one there is',
    },
  },
  'content-stale': {
    status: 409,
    message: {
      'zh-CN': '内容 {content} 在别处改过了：你的是第 {revision} 稿，现在是第 {current} 稿',
      en: 'The content {content} was changed elsewhere: yours is revision {revision}, the present one is {current}',
    },
    mend: {
      'zh-CN': '先看看现在的内容，再决定用哪一份',
      en: 'Look at it as it is now, then decide which of the two is to stand',
    },
  },
  'content-kind-fixed': {
    status: 422,
    message: {
      'zh-CN': '内容 {content} 的类型定了就不能改：消息是按它写的',
      en: 'The kind of the content {content} cannot be changed: texts name its parts',
    },
    mend: { 'zh-CN': '另建一条内容', en: 'Make another content' },
  },
  'content-in-use': {
    status: 409,
    message: { 'zh-CN': '内容 {content} 正被 {user} 使用', en: 'The content {content} is used by {user}' },
    mend: {
      'zh-CN': '先在那里换成别的；运行中的旅程要发布新版本并等旧版本走完',
      en: 'Show something else there first; of a journey that runs, publish that and let the earlier version end',
    },
  },
  'content-unreadable': {
    status: 422,
    message: {
      'zh-CN': '变体“{variant}”的文字写法有误：{detail}',
      en: 'The text of the variant “{variant}” cannot be read: {detail}',
    },
    mend: {
      'zh-CN': '检查花括号是否成对，变量名是否正确',
      en: 'Check that braces are closed and that variables are spelt right',
    },
  },
  'content-circle': {
    status: 422,
    message: {
      'zh-CN': '内容套用成了一圈：{way}',
      en: 'These contents stand within each other in a circle: {way}',
    },
    mend: { 'zh-CN': '去掉其中一处套用', en: 'Take one of them out of the other' },
  },
  'content-deep': {
    status: 422,
    message: {
      'zh-CN': '内容套用得太深（最多 {limit} 层）：{way}',
      en: 'Contents stand too deep within each other ({limit} levels at most): {way}',
    },
    mend: { 'zh-CN': '把里层的文字直接写进外层', en: 'Write the innermost text into the one around it' },
  },
  'content-lost': {
    status: 422,
    message: {
      'zh-CN': '变体“{variant}”里用到的内容“{content}”不在内容库里',
      en: 'The variant “{variant}” shows the content “{content}”, which the library does not have',
    },
    mend: { 'zh-CN': '先新建那条内容，或去掉它', en: 'Make that content first, or take it out' },
  },
  'contents-too-many': {
    status: 409,
    message: {
      'zh-CN': '内容库里已经有 {limit} 条内容，不能再加',
      en: 'The library holds {limit} contents, and no more can be kept',
    },
    mend: { 'zh-CN': '删除不用的内容', en: 'Delete contents that are not used' },
  },
} as const satisfies Record<string, ErrorEntry>
