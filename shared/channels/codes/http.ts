import type { CodeTable, CodeWords } from './code.ts'

const down: CodeWords = {
  means: { 'zh-CN': '对方的服务器出错', en: 'Their server failed' },
  mend: {
    'zh-CN': '会自动再试；持续出现时联系服务商',
    en: 'It is tried again; if it lasts, ask the provider',
  },
}
const moved: CodeWords = {
  means: { 'zh-CN': '地址搬走了（重定向不跟随）', en: 'The address has moved; redirects are not followed' },
  mend: { 'zh-CN': '在设置里填写新地址', en: 'Enter the new address in the settings' },
}

/** Statuses of HTTP (RFC 9110). */
export const httpCodes = {
  'http-3xx': moved,
  'http-400': {
    means: { 'zh-CN': '对方不接受这条内容', en: 'They do not take this message' },
    mend: {
      'zh-CN': '打开例子看原话，核对号码和内容',
      en: 'Open an example for their words; check number and text',
    },
  },
  'http-401': {
    means: { 'zh-CN': '密钥不对', en: 'The key is not right' },
    mend: { 'zh-CN': '在设置里重新填写密钥', en: 'Enter the key anew in the settings' },
  },
  'http-402': {
    means: { 'zh-CN': '账户欠费', en: 'The account is empty' },
    mend: { 'zh-CN': '给服务商账户充值', en: 'Top up the account at the provider' },
  },
  'http-403': {
    means: {
      'zh-CN': '没有权限，或 IP 不在白名单',
      en: 'It is not allowed, or our address is not on their list',
    },
    mend: {
      'zh-CN': '到服务商后台开通权限或加白名单',
      en: 'Grant the right, or add the address, at the provider',
    },
  },
  'http-404': {
    means: { 'zh-CN': '地址不存在', en: 'There is nothing at the address' },
    mend: { 'zh-CN': '在设置里核对地址', en: 'Check the address in the settings' },
  },
  'http-409': {
    means: { 'zh-CN': '上一次请求还在处理', en: 'The attempt before is still under way' },
    mend: { 'zh-CN': '不用处理，会用同一个键再试', en: 'Nothing: it is tried again under the same key' },
  },
  'http-410': {
    means: { 'zh-CN': '地址已停用', en: 'The address is gone for good' },
    mend: { 'zh-CN': '在设置里换新地址', en: 'Enter another address in the settings' },
  },
  'http-413': {
    means: { 'zh-CN': '内容太大', en: 'The message is too large' },
    mend: { 'zh-CN': '缩短内容或图片', en: 'Make the text or its pictures smaller' },
  },
  'http-422': {
    means: { 'zh-CN': '对方看懂了，但不接受内容', en: 'They understand it, and do not take it' },
    mend: {
      'zh-CN': '打开例子看原话，核对模板和变量',
      en: 'Open an example for their words; check what is filled in',
    },
  },
  'http-429': {
    means: { 'zh-CN': '发得太快，被限流', en: 'Too many at once' },
    mend: {
      'zh-CN': '在品牌设置里调低这个渠道的速率',
      en: 'Lower the channel’s rate in the brand’s settings',
    },
  },
  'http-4xx': {
    means: { 'zh-CN': '对方拒绝了请求', en: 'They refuse the request' },
    mend: { 'zh-CN': '打开例子看原话', en: 'Open an example for their own words' },
  },
  'http-503': {
    means: { 'zh-CN': '对方暂时不可用', en: 'They take nothing for now' },
    mend: {
      'zh-CN': '会自动再试；持续出现时联系服务商',
      en: 'It is tried again; if it lasts, ask the provider',
    },
  },
  'http-5xx': down,
} as const satisfies CodeTable
