import type { DiagnosticEntry } from './diagnostics.ts'

/** What is found in e-mails: in their blocks, in their HTML, and in words at which filters look askance. */
export const mailDiagnostics = {
  'mail-empty': {
    severity: 'error',
    message: { 'zh-CN': '这封邮件还没有模块', en: 'This mail has no blocks yet' },
    mend: {
      'zh-CN': '打开邮件编辑器，从一种版式开始，或拖入第一个模块',
      en: 'Open the mail’s editor and begin with a layout, or drag in a first block',
    },
  },
  'mail-block-empty': {
    severity: 'error',
    message: { 'zh-CN': '有一个模块还没有内容', en: 'A block has nothing in it yet' },
    mend: { 'zh-CN': '在邮件编辑器里写上，或删掉它', en: 'Write it in the mail’s editor, or delete it' },
  },
  'mail-image-missing': {
    severity: 'error',
    message: { 'zh-CN': '有一个图片模块还没有图片', en: 'A block for a picture has none yet' },
    mend: { 'zh-CN': '填上图片的网址，或删掉它', en: 'Enter the picture’s address, or delete the block' },
  },
  'mail-image-alt': {
    severity: 'warning',
    message: {
      'zh-CN': '有一张图片没有替代文字；不显示图片的邮箱里什么都看不到',
      en: 'A picture has no words in its place: whoever’s mailbox shows no pictures sees nothing',
    },
    mend: { 'zh-CN': '用一句话写下图片说了什么', en: 'Say in a few words what the picture tells' },
  },
  'mail-address-missing': {
    severity: 'error',
    message: { 'zh-CN': '有一个按钮还没有链接', en: 'A button leads nowhere yet' },
    mend: { 'zh-CN': '填上以 https:// 开头的网址', en: 'Enter an address that begins with https://' },
  },
  'mail-address': {
    severity: 'error',
    message: {
      'zh-CN': '链接「{address}」不能用在邮件里',
      en: 'A mail cannot lead to “{address}”',
    },
    mend: {
      'zh-CN': '用以 https://、mailto: 或 tel: 开头的网址，或者一个变量',
      en: 'Use an address that begins with https://, mailto: or tel:, or a variable',
    },
  },
  'mail-not-laid': {
    severity: 'error',
    message: {
      'zh-CN': '邮件的模块改过，但还没有重新排版',
      en: 'The mail’s blocks have changed since they were laid out',
    },
    mend: {
      'zh-CN': '打开邮件编辑器，它会重新排版；用接口时调用 POST /mails/layout',
      en: 'Open the mail’s editor, which lays them out anew; by the API call POST /mails/layout',
    },
  },
  'mail-heavy': {
    severity: 'warning',
    message: {
      'zh-CN': '邮件的 HTML 有 {kb} KB，Gmail 会在约 102 KB 处截断，退订链接可能看不到',
      en: 'The mail’s HTML weighs {kb} kB: Gmail clips at about 102 kB, the way to unsubscribe perhaps with it',
    },
    mend: {
      'zh-CN': '缩短到 {most} KB 以内，图片用网址',
      en: 'Keep it under {most} kB, with pictures by address',
    },
  },
  'mail-html-tags': {
    severity: 'warning',
    message: {
      'zh-CN': '这些标签没有配对（括号里是行号）：{tags}',
      en: 'These tags are not closed, by line: {tags}',
    },
    mend: {
      'zh-CN': '补上结束标签；各家邮箱猜得不一样',
      en: 'Close them: each mail program guesses in a way of its own',
    },
  },
  'mail-html-alt': {
    severity: 'warning',
    message: { 'zh-CN': '有 {count} 张图片没有 alt', en: 'Pictures without alt: {count}' },
    mend: {
      'zh-CN': '给每张图片写 alt；装饰用的写 alt=""',
      en: 'Give each picture an alt; alt="" for what only decorates',
    },
  },
  'mail-html-size': {
    severity: 'warning',
    message: {
      'zh-CN': '有 {count} 张图片没有宽度，在 Outlook 里会按原图大小显示',
      en: 'Pictures without a width: {count}; Outlook shows them in their own size',
    },
    mend: { 'zh-CN': '写上 width，例如 width="560"', en: 'Give a width, as in width="560"' },
  },
  'mail-spam-words': {
    severity: 'warning',
    message: {
      'zh-CN': '垃圾邮件过滤器常拦的词：{words}',
      en: 'Words at which spam filters look askance: {words}',
    },
    mend: { 'zh-CN': '换一种平实的说法', en: 'Say it more plainly' },
  },
} as const satisfies Record<string, DiagnosticEntry>
