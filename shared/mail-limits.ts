/** What a mail of blocks may hold: a part of the table of limits. */
export const mailLimits = {
  mailBlocks: {
    value: 60,
    unit: 'entries',
    what: {
      'zh-CN': '一封邮件里的模块，各栏里的也算',
      en: 'The blocks of a mail, those within columns counted',
    },
  },
  mailColumns: {
    value: 4,
    unit: 'entries',
    what: { 'zh-CN': '并排的栏', en: 'Columns beside each other' },
  },
  mailSkeleton: {
    value: 180_000,
    unit: 'characters',
    what: {
      'zh-CN': '由模块排好的一封邮件的 HTML，不含文字',
      en: 'The HTML made of a mail’s blocks, without its words',
    },
  },
  mailWeight: {
    value: 100_000,
    unit: 'bytes',
    what: {
      'zh-CN': '一封邮件的 HTML；超过约 102 KB，Gmail 会截断',
      en: 'The HTML of a mail; Gmail clips at about 102 KB',
    },
  },
  keyLength: {
    value: 8_000,
    unit: 'characters',
    what: { 'zh-CN': '签名用的私钥', en: 'A private key that mail is signed with' },
  },
} as const
