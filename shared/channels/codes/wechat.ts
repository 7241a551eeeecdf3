import type { CodeTable, CodeWords } from './code.ts'

const login: CodeWords = {
  means: { 'zh-CN': 'AppID 或 AppSecret 不对', en: 'AppID or AppSecret does not fit' },
  mend: {
    'zh-CN': '在公众平台「设置与开发 · 开发接口管理」核对，填到「设置 → 渠道 → 公众号」',
    en: 'Compare with “Settings and development · API” of the WeChat platform, and enter them under Settings → Channels',
  },
}
const closed: CodeWords = {
  means: {
    'zh-CN': '客户没有在可回复的时间内互动，微信不让发',
    en: 'The customer did nothing lately that lets the account answer',
  },
  mend: {
    'zh-CN': '等客户发消息后再发（48 小时内），或换其他渠道',
    en: 'Send once they have written (within 48 hours), or by another channel',
  },
}
const used: CodeWords = {
  means: { 'zh-CN': '这次互动能发的条数已用完', en: 'What they did lets the account send no more messages' },
  mend: {
    'zh-CN': '一次互动后少发几条：客户发消息后最多 5 条，关注、扫码、点菜单后最多 3 条',
    en: 'Send fewer after each: five after they wrote, three after they followed, scanned or pressed a menu',
  },
}
const gone: CodeWords = {
  means: { 'zh-CN': '客户没有关注公众号', en: 'The customer does not follow the account' },
  mend: { 'zh-CN': '不用处理，已记为取消关注', en: 'Nothing: they are known not to follow any more' },
}
const right: CodeWords = {
  means: { 'zh-CN': '公众号没有这个接口的权限', en: 'The account may not use this interface' },
  mend: {
    'zh-CN': '在公众平台「接口权限」查看；多数需要已认证的服务号',
    en: 'Look at its permissions on the WeChat platform; most need a verified service account',
  },
}
const busy: CodeWords = {
  means: { 'zh-CN': '公众号接口调用太多', en: 'WeChat was called too often' },
  mend: { 'zh-CN': '不用处理，会自动再试；或调低速率', en: 'Nothing: it is tried again; or lower the rate' },
}

/** What WeChat answers: https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html */
export const wechatCodes = {
  'wechat-40001': login,
  'wechat-40013': login,
  'wechat-40125': login,
  'wechat-40164': {
    means: {
      'zh-CN': '本服务器的 IP 不在公众号的 IP 白名单里',
      en: 'This server’s address is not on the account’s list of trusted ones',
    },
    mend: { 'zh-CN': '在公众平台「IP 白名单」里加上它', en: 'Add it to the list on the WeChat platform' },
  },
  'wechat-45015': closed,
  'wechat-window': closed,
  'wechat-45047': used,
  'wechat-43004': gone,
  'wechat-40003': gone,
  'wechat-45009': busy,
  'wechat-45011': busy,
  'wechat-48001': right,
  'wechat-48004': right,
  'wechat-50002': right,
  'wechat-45002': {
    means: { 'zh-CN': '消息太长', en: 'The message is too long' },
    mend: { 'zh-CN': '缩短文字', en: 'Shorten the text' },
  },
} as const satisfies CodeTable
