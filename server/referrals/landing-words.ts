import type { LocalText } from '../../shared/text.ts'

/** What the page says of itself; its own words are the programme's. */
export const landingWords = {
  phone: { 'zh-CN': '手机号', en: 'Phone number' },
  phoneHint: { 'zh-CN': '例如 13800001234', en: 'With its country, such as +44 7700 900123' },
  send: { 'zh-CN': '立即领取', en: 'Get it' },
  other: { 'zh-CN': 'English', en: '中文' },
  go: { 'zh-CN': '去逛逛', en: 'Go on' },
  follow: {
    'zh-CN': '长按或扫码关注我们，及时收到礼遇',
    en: 'Scan the code to follow us and hear of your gift',
  },
  order: {
    'zh-CN': '完成首单后，你和好友的礼遇一起到账。',
    en: 'Once you have placed your first order, both of you get your gifts.',
  },
  badPhone: {
    'zh-CN': '这不是手机号，请检查后再试。',
    en: 'That is no phone number; please look at it again.',
  },
  noConsent: { 'zh-CN': '请先阅读并勾选同意。', en: 'Please read what you agree to and tick the box.' },
  unsure: {
    'zh-CN': '这个号码需要人工核对，请直接联系商家。',
    en: 'This number has to be looked at by a person; please get in touch with the shop.',
  },
  lost: {
    'zh-CN': '这个邀请不存在，请向邀请你的人要一个新的链接。',
    en: 'There is no such invitation; ask whoever invited you for a new link.',
  },
  over: { 'zh-CN': '这个活动不在进行中。', en: 'This offer is not open at present.' },
  braked: { 'zh-CN': '操作太频繁，请过一分钟再试。', en: 'Too many tries; come back in a minute.' },
  scan: { 'zh-CN': '长按或扫码\n立即领取', en: 'Scan the code\nto join' },
  noFont: {
    'zh-CN': '海报暂时画不出来，请直接分享链接。',
    en: 'No poster can be drawn at present; share the link instead.',
  },
} as const satisfies Record<string, LocalText>
export type LandingWord = keyof typeof landingWords
