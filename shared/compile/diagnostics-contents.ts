import type { DiagnosticEntry } from './diagnostics.ts'

/** What is found where texts show contents of the brand's library. */
export const contentDiagnostics = {
  'content-unknown': {
    severity: 'error',
    message: {
      'zh-CN': '内容库里没有“{content}”，这条消息要用它',
      en: 'The content library has no “{content}”, which this text shows',
    },
    mend: {
      'zh-CN': '到“内容库”里新建它，键写作 {content}；或从变量列表里另选一个',
      en: 'Make it in the content library under the key {content}, or choose another from the list of variables',
    },
  },
  'content-field': {
    severity: 'error',
    message: {
      'zh-CN': '内容“{content}”（{kind}）没有“{field}”这一项',
      en: 'The content “{content}” ({kind}) has no “{field}”',
    },
    mend: { 'zh-CN': '写作 {fields}', en: 'Write {fields}' },
  },
  'content-whole': {
    severity: 'error',
    message: {
      'zh-CN': '内容“{content}”是{kind}，不能整个写进文字',
      en: 'The content “{content}” is of the kind {kind} and cannot be put into a text as a whole',
    },
    mend: { 'zh-CN': '写明要用哪一项：{fields}', en: 'Name the one to show: {fields}' },
  },
  'content-part-blank': {
    severity: 'warning',
    message: {
      'zh-CN': '内容“{content}”的变体“{variant}”没有填“{field}”，看到这个变体的客户收不到这条消息',
      en: 'The variant “{variant}” of the content “{content}” has no “{field}”; whoever is shown it will not get this message',
    },
    mend: {
      'zh-CN': '到“内容库”里填上，或在这里给它默认值',
      en: 'Fill it in in the content library, or give it a default here',
    },
  },
  'content-dated': {
    severity: 'warning',
    message: {
      'zh-CN': '优惠“{content}”的默认变体只在{when}有效，其余日子用到它的消息发不出去',
      en: 'The default of the offer “{content}” is shown {when} alone; on other days a message with it is not sent',
    },
    mend: {
      'zh-CN': '把默认变体的日期留空，或确认消息都在这段时间里发',
      en: 'Leave the dates of the default empty, or see that the message goes out within them',
    },
  },
  'in-content': {
    severity: 'warning',
    message: {
      'zh-CN': '内容“{content}”的变体“{variant}”：{problem}',
      en: 'In the variant “{variant}” of the content “{content}”: {problem}',
    },
    mend: { 'zh-CN': '到“内容库”里改：{mend}', en: 'In the content library: {mend}' },
  },
  'content-html': {
    severity: 'error',
    message: {
      'zh-CN': '内容“{content}”的变体“{variant}”是 HTML，而这条消息是纯文本，客户会读到标签',
      en: 'The variant “{variant}” of the content “{content}” is HTML, but this text is plain: customers would read the tags',
    },
    mend: {
      'zh-CN': '在“内容库”里改成纯文字，或只在 HTML 邮件里用它',
      en: 'Make it plain text in the content library, or show it in HTML mails alone',
    },
  },
  'content-sms-long': {
    severity: 'warning',
    message: {
      'zh-CN': '用上内容“{content}”的变体“{variant}”，短信约 {parts} 条，多于 {most} 条',
      en: 'With the variant “{variant}” of the content “{content}” the SMS takes about {parts} parts, more than {most}',
    },
    mend: {
      'zh-CN': '把这个变体写短一些，按条计费',
      en: 'Make that variant shorter; each part is charged',
    },
  },
  'content-image-sms': {
    severity: 'warning',
    message: {
      'zh-CN': '短信里看不到图片，客户只会读到“{content}”的图片地址',
      en: 'An SMS shows no picture: customers would read the address of “{content}”',
    },
    mend: {
      'zh-CN': '换成链接或文字内容，或改用邮件',
      en: 'Show a link or a text instead, or send it by e-mail',
    },
  },
} as const satisfies Record<string, DiagnosticEntry>
