/** What goes on between Magpie and other systems: webhooks, and calls that are made again. */
export const exchangeLimits = {
  webhooks: {
    value: 50,
    unit: 'entries',
    what: { 'zh-CN': '一个品牌的 Webhook', en: 'The webhooks of a brand' },
  },
  webhookEvents: {
    value: 100,
    unit: 'entries',
    what: { 'zh-CN': '一个 Webhook 按名字选的行为', en: 'The events of customers that a webhook names' },
  },
  webhooksAtOnce: {
    value: 5,
    unit: 'entries',
    what: {
      'zh-CN': '同时发往一个 Webhook 的通知',
      en: 'The deliveries to one webhook that are under way at once',
    },
  },
  webhookConnect: {
    value: 5,
    unit: 'seconds',
    what: { 'zh-CN': '等 Webhook 接通的时间', en: 'How long a connection to a webhook is waited for' },
  },
  webhookAnswer: {
    value: 20,
    unit: 'seconds',
    what: { 'zh-CN': '等 Webhook 回答的时间', en: 'How long a webhook’s answer is waited for' },
  },
  webhookAnswerKept: {
    value: 2048,
    unit: 'bytes',
    what: {
      'zh-CN': '记录里保留的 Webhook 回答',
      en: 'What is kept of a webhook’s answer in the log',
    },
  },
  webhookPatience: {
    value: 3,
    unit: 'days',
    what: {
      'zh-CN': 'Webhook 一直失败多久后停用',
      en: 'How long a webhook may do nothing but fail until it is switched off',
    },
  },
  webhookLog: {
    value: 30,
    unit: 'days',
    what: { 'zh-CN': 'Webhook 发送记录保留的时间', en: 'How long deliveries to webhooks are kept' },
  },
  webhookLogRows: {
    value: 500_000,
    unit: 'entries',
    what: {
      'zh-CN': '一个品牌保留的 Webhook 通知',
      en: 'The notices to webhooks that a brand keeps; those that still wait are kept besides',
    },
  },
  webhookReplay: {
    value: 100_000,
    unit: 'entries',
    what: { 'zh-CN': 'Webhook 一次重发的通知', en: 'The notices that are sent to a webhook again at once' },
  },
  webhookOldSecret: {
    value: 24,
    unit: 'hours',
    what: {
      'zh-CN': '更换密钥后，旧密钥继续签名的时间',
      en: 'How long a webhook’s former secret goes on signing beside the new one',
    },
  },
  idempotencyKeyLength: {
    value: 255,
    unit: 'characters',
    what: { 'zh-CN': '请求头 Idempotency-Key', en: 'The header Idempotency-Key' },
  },
  idempotencyTime: {
    value: 24,
    unit: 'hours',
    what: {
      'zh-CN': '带 Idempotency-Key 的请求，回答保留的时间',
      en: 'How long the answer to a call with an Idempotency-Key is kept',
    },
  },
  idempotencyKeys: {
    value: 10_000,
    unit: 'entries',
    what: {
      'zh-CN': '一个品牌保留的、带 Idempotency-Key 的请求',
      en: 'The calls with an Idempotency-Key that a brand remembers',
    },
  },
  refusedKept: {
    value: 30,
    unit: 'days',
    what: {
      'zh-CN': '没收下的行，按来源和原因统计的天数',
      en: 'How long rows that were refused are counted by who brought them and why',
    },
  },
} as const
