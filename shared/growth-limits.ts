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
  audienceKept: {
    value: 1_000_000,
    unit: 'entries',
    what: {
      'zh-CN': '冻结的人群、记下成员变化的人群里的客户',
      en: 'The members of an audience that is frozen, or whose members are kept over time',
    },
  },
  audienceLooked: {
    value: 100_000,
    unit: 'entries',
    what: {
      'zh-CN': '随时核对成员的人群里的客户；更大的每晚核对',
      en: 'The members of an audience that is looked at whenever somebody asks; larger ones are at night',
    },
  },
  audiencesKept: {
    value: 100,
    unit: 'entries',
    what: {
      'zh-CN': '每晚核对成员的人群，先看有人用的',
      en: 'The audiences whose members are looked at each night, those in use first',
    },
  },
  audienceMoves: {
    value: 50,
    unit: 'entries',
    what: {
      'zh-CN': '人群页上列出的最近加入和离开',
      en: 'The latest to join and leave that an audience’s page lists',
    },
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
