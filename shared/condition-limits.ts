/** What one test of a condition may cost: a part of the table of limits. */
export const conditionLimits = {
  sequenceSteps: {
    value: 5,
    unit: 'entries',
    what: {
      'zh-CN': '一个“先后发生”判断里，第一步之后的步骤',
      en: 'The steps of a sequence of events behind its first',
    },
  },
  sequenceGap: {
    value: 36_600,
    unit: 'entries',
    what: {
      'zh-CN': '“先后发生”里一步到下一步最多隔多少分钟、小时、天或周',
      en: 'The minutes, hours, days or weeks from one step of a sequence to the next',
    },
  },
  conditionSequences: {
    value: 10,
    unit: 'entries',
    what: {
      'zh-CN': '一个条件里的“先后发生”判断',
      en: 'The sequences of events that one condition asks for',
    },
  },
  // Each is added in the order of each customer's events; so many are answered within the time that a page waits.
  conditionSums: {
    value: 32,
    unit: 'entries',
    what: {
      'zh-CN': '一个条件里对事件属性（金额除外）求和或求平均的不同算法',
      en: 'The different sums and averages of properties of events, but for the amount, in one condition',
    },
  },
} as const
