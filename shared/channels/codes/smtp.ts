import type { CodeTable, CodeWords } from './code.ts'

const noMailbox: CodeWords = {
  means: { 'zh-CN': '没有这个邮箱', en: 'There is no such mailbox' },
  mend: {
    'zh-CN': '地址已停用，请更新客户资料',
    en: 'The address takes no more; ask the customer for another',
  },
}
const full: CodeWords = {
  means: { 'zh-CN': '对方邮箱满了', en: 'Their mailbox is full' },
  mend: { 'zh-CN': '不用处理；反复出现时更换地址', en: 'Nothing; where it repeats, use another address' },
}
const tooLarge: CodeWords = {
  means: { 'zh-CN': '邮件太大', en: 'The mail is too large' },
  mend: { 'zh-CN': '缩小图片或内容', en: 'Make its pictures or its text smaller' },
}
const policy: CodeWords = {
  means: {
    'zh-CN': '对方按策略拒收（内容、信誉或频率）',
    en: 'Refused by policy: content, reputation or rate',
  },
  mend: {
    'zh-CN': '检查 SPF、DKIM、DMARC 和内容，清理长期不互动的名单',
    en: 'Check SPF, DKIM, DMARC and the text, and write less to who never answers',
  },
}
const unproved: CodeWords = {
  means: { 'zh-CN': '发件域名没有通过验证', en: 'The sender’s domain is not proved' },
  mend: { 'zh-CN': '在域名里配置 SPF、DKIM 和 DMARC', en: 'Set SPF, DKIM and DMARC up in the domain' },
}
const login: CodeWords = {
  means: { 'zh-CN': '登录被拒绝', en: 'The login is refused' },
  mend: { 'zh-CN': '在设置里重新填写用户名和密码', en: 'Enter user and password anew in the settings' },
}
const busy: CodeWords = {
  means: { 'zh-CN': '对方暂时不收', en: 'They take nothing for now' },
  mend: { 'zh-CN': '不用处理，会自动再试', en: 'Nothing: it is tried again' },
}
const route: CodeWords = {
  means: { 'zh-CN': '对方的邮件服务器找不到或连不上', en: 'Their mail server is not found or not reached' },
  mend: { 'zh-CN': '核对邮箱 @ 后面的域名', en: 'Check what stands behind the @ of the mailbox' },
}

/** Enhanced codes of mail servers (RFC 3463; `x` for any class) and replies of SMTP (RFC 5321, 4.2.3). */
export const smtpCodes = {
  'x.1.1': noMailbox,
  'x.1.2': route,
  'x.1.3': noMailbox,
  'x.1.6': noMailbox,
  'x.1.8': unproved,
  'x.1.10': noMailbox,
  'x.2.1': {
    means: { 'zh-CN': '对方邮箱停用了', en: 'Their mailbox is out of use' },
    mend: { 'zh-CN': '请更新客户资料', en: 'Ask the customer for another address' },
  },
  'x.2.2': full,
  'x.2.3': tooLarge,
  'x.3.4': tooLarge,
  'x.4.1': route,
  'x.4.4': route,
  'x.4.7': {
    means: { 'zh-CN': '太久没送到，放弃了', en: 'It could not be delivered in time' },
    mend: { 'zh-CN': '核对邮箱；反复出现时更换地址', en: 'Check the mailbox; where it repeats, use another' },
  },
  'x.5.3': busy,
  'x.7.1': policy,
  'x.7.8': login,
  'x.7.9': login,
  'x.7.20': unproved,
  'x.7.23': unproved,
  'x.7.26': unproved,
  'x.7.27': unproved,
  'smtp-421': busy,
  'smtp-450': busy,
  'smtp-451': busy,
  'smtp-452': busy,
  'smtp-530': login,
  'smtp-535': login,
  'smtp-538': login,
  'smtp-550': {
    means: { 'zh-CN': '邮箱不存在，或对方拒收', en: 'There is no such mailbox, or they refuse us' },
    mend: { 'zh-CN': '打开例子看原话', en: 'Open an example for their own words' },
  },
  'smtp-552': full,
  'smtp-553': noMailbox,
  'smtp-554': policy,
  'smtp-4xx': busy,
  'smtp-5xx': {
    means: { 'zh-CN': '对方拒收', en: 'They refuse it' },
    mend: { 'zh-CN': '打开例子看原话', en: 'Open an example for their own words' },
  },
} as const satisfies CodeTable
