/** What is told of channels and asked of people about them. */
export const deliveryLimits = {
  pauseReason: {
    value: 200,
    unit: 'characters',
    what: { 'zh-CN': '暂停渠道的原因', en: 'Why a channel is paused' },
  },
  queueAge: {
    value: 30,
    unit: 'minutes',
    what: {
      'zh-CN': '到点的消息排队多久以内不提醒',
      en: 'How long messages that are due may wait before it is told',
    },
  },
  failureShare: {
    value: 20,
    unit: 'percent',
    what: {
      'zh-CN': '渠道失败率到多少以内不提醒',
      en: 'The share of failures of a channel up to which nothing is told',
    },
  },
  failureSends: {
    value: 200,
    unit: 'entries',
    what: {
      'zh-CN': '算失败率看的最近发送数（满 50 条才算）',
      en: 'The last sends of a channel by which its failures are told, from 50 on',
    },
  },
  pausedFor: {
    value: 24,
    unit: 'hours',
    what: { 'zh-CN': '渠道暂停多久以内不提醒', en: 'How long a channel may be paused before it is told' },
  },
} as const
