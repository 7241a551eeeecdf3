/** How much web pages may tell of visits. */
export const trackingLimits = {
  trackingKeys: {
    value: 20,
    unit: 'entries',
    what: { 'zh-CN': '网页埋点密钥', en: 'Tracking keys' },
  },
  trackingOrigins: {
    value: 20,
    unit: 'entries',
    what: { 'zh-CN': '一个埋点密钥的网站', en: 'The sites of one tracking key' },
  },
  collectBodySize: {
    value: 64 * 1024,
    unit: 'bytes',
    what: { 'zh-CN': '网页一次上报的内容', en: 'What a web page tells at once' },
  },
  collectEvents: {
    value: 50,
    unit: 'entries',
    what: { 'zh-CN': '网页一次上报的行为', en: 'The events that a web page tells at once' },
  },
  collectCalls: {
    value: 240,
    unit: 'perMinute',
    what: { 'zh-CN': '同一地址的网页上报', en: 'Calls of web pages from one address' },
  },
  visitOpen: {
    value: 24,
    unit: 'hours',
    what: { 'zh-CN': '一个页面算作一次浏览的最长时间', en: 'How long a page counts as open' },
  },
  visitEvents: {
    value: 2_000,
    unit: 'entries',
    what: {
      'zh-CN': '为一页访问记录计算停留时间时读取的行为',
      en: 'The events read to say how long the pages of one list of visits were seen',
    },
  },
  signatureAge: {
    value: 60,
    unit: 'minutes',
    what: {
      'zh-CN': '网页登录签名的有效时间',
      en: 'For how long a signature of who is logged in holds',
    },
  },
  visitSize: {
    value: 4 * 1024,
    unit: 'characters',
    what: { 'zh-CN': '一次网页行为的属性', en: 'The properties of one event of a web page' },
  },
  visitsInAll: {
    value: 500_000,
    unit: 'entries',
    what: { 'zh-CN': '全部匿名访客保留的行为', en: 'The events that are kept of all anonymous visitors' },
  },
  visitsOfOne: {
    value: 500,
    unit: 'entries',
    what: { 'zh-CN': '一位匿名访客保留的行为', en: 'The events that are kept of one anonymous visitor' },
  },
  visitsKept: {
    value: 30,
    unit: 'days',
    what: { 'zh-CN': '匿名访客的行为保留', en: 'For how long the events of anonymous visitors are kept' },
  },
  visitsFresh: {
    value: 24,
    unit: 'hours',
    what: {
      'zh-CN': '认出访客后，仍会触发旅程的浏览记录',
      en: 'Visits that still start and wake journeys once it is known whose they are',
    },
  },
} as const
