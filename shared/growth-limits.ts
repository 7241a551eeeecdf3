/** How large what people draw and write may be, so that nobody waits for what is reckoned over all of it. */
export const growthLimits = {
  journeyNodes: {
    value: 2000,
    unit: 'entries',
    what: { 'zh-CN': '一个旅程里的节点', en: 'The nodes of a journey' },
  },
  journeyTriggers: {
    value: 50,
    unit: 'entries',
    what: { 'zh-CN': '一个旅程里的入口', en: 'The triggers of a journey' },
  },
  journeyGoals: {
    value: 50,
    unit: 'entries',
    what: { 'zh-CN': '一个旅程里的目标', en: 'The goals of a journey' },
  },
  overlapAudiences: {
    value: 5,
    unit: 'entries',
    what: { 'zh-CN': '一起看重叠的人群', en: 'The audiences whose overlap is looked at together' },
  },
  capWaitHours: {
    value: 720,
    unit: 'hours',
    what: { 'zh-CN': '一条消息等待频次空位的时间', en: 'How long a message may wait for room under a cap' },
  },
  messagesAtARate: {
    value: 100_000,
    unit: 'entries',
    what: {
      'zh-CN': '一个旅程的限速：每分钟或每小时的消息',
      en: 'The messages that a journey’s rate limit lets out in a minute or an hour',
    },
  },
  audienceTests: {
    value: 2000,
    unit: 'entries',
    what: {
      'zh-CN': '一个人群连同它引用的人群里的判断，每个人群只算一次',
      en: 'The tests of an audience with those of all audiences that it names, each counted once',
    },
  },
  audienceLevels: {
    value: 100,
    unit: 'levels',
    what: { 'zh-CN': '人群引用人群的层数', en: 'How deep audiences may name one another' },
  },
  templateSteps: {
    value: 50_000,
    unit: 'steps',
    what: {
      'zh-CN':
        '生成一段文案：模板的每一处、每次循环、每个运算和过滤器各算一步，每处理二十个字符或五个列表项再加一步',
      en: 'The rendering of one text: a step for each part of its template that is come to, each operator and each filter, one more for every twenty characters or five entries that these go through',
    },
  },
} as const
