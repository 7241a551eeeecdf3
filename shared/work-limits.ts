const megabyte = 1024 * 1024

/** How much is worked out at once, and for how long: a part of the table of limits. */
export const workLimits = {
  answersAtOnce: {
    value: 2,
    unit: 'entries',
    what: {
      'zh-CN': '同时在算的人数、预览、检查等，每人只占一个',
      en: 'Counts, previews, checks and the like at once, one of each person',
    },
  },
  answersWaiting: {
    value: 100,
    unit: 'entries',
    what: { 'zh-CN': '排队等算的', en: 'Those that wait for their turn' },
  },
  answersWaitingEach: {
    value: 40,
    unit: 'entries',
    what: { 'zh-CN': '其中同一个人的同一种', en: 'Those among them of one kind and one person' },
  },
  answerWait: {
    value: 30,
    unit: 'seconds',
    what: { 'zh-CN': '排队等算的时间', en: 'The wait for a turn' },
  },
  helperStart: {
    value: 60,
    unit: 'seconds',
    what: {
      'zh-CN': '后台进程从启动到开始干活的时间',
      en: 'The time in which a helper starts and begins its task',
    },
  },
  answerTime: {
    value: 10,
    unit: 'seconds',
    what: { 'zh-CN': '算一次检查之类的时间', en: 'The time of a check and the like' },
  },
  countTime: {
    value: 30,
    unit: 'seconds',
    what: {
      'zh-CN': '算一次人数或预览的时间，包括等分析副本建好',
      en: 'The time of a count or a preview, with the wait for the analytical copy while that is being made',
    },
  },
  writtenTime: {
    value: 90,
    unit: 'seconds',
    what: { 'zh-CN': '由模型改写的一次预览', en: 'The time of a preview that a model polishes' },
  },
  inspectTime: {
    value: 180,
    unit: 'seconds',
    what: { 'zh-CN': '看一遍要导入的文件的时间', en: 'The time of looking through a file before its import' },
  },
  answerMemory: {
    value: 256 * megabyte,
    unit: 'bytes',
    what: { 'zh-CN': '算一次所用的内存', en: 'The memory of one of them' },
  },
  importColumns: {
    value: 2000,
    unit: 'entries',
    what: { 'zh-CN': '导入文件的列', en: 'The columns of a file to import' },
  },
  importLineLength: {
    value: 1_000_000,
    unit: 'characters',
    what: { 'zh-CN': '导入文件的一行', en: 'A line of a file to import' },
  },
  importsAtOnce: {
    value: 1,
    unit: 'entries',
    what: { 'zh-CN': '同时进行的导入', en: 'Imports at once' },
  },
  importsWaiting: {
    value: 50,
    unit: 'entries',
    what: { 'zh-CN': '排队的导入', en: 'Imports that wait for their turn' },
  },
  importTime: {
    value: 14_400,
    unit: 'seconds',
    what: { 'zh-CN': '一次导入的时间', en: 'The time of an import' },
  },
  importMemory: {
    value: 1024 * megabyte,
    unit: 'bytes',
    what: { 'zh-CN': '一次导入所用的内存', en: 'The memory of an import' },
  },
  rehearsalsAtOnce: {
    value: 2,
    unit: 'entries',
    what: { 'zh-CN': '同时进行的彩排', en: 'Rehearsals at once' },
  },
  rehearsalsWaiting: {
    value: 10,
    unit: 'entries',
    what: { 'zh-CN': '排队的彩排', en: 'Rehearsals that wait for their turn' },
  },
  rehearsalTime: {
    value: 1800,
    unit: 'seconds',
    what: { 'zh-CN': '一次彩排的时间', en: 'The time of a rehearsal' },
  },
  rehearsalMemory: {
    value: 2048 * megabyte,
    unit: 'bytes',
    what: { 'zh-CN': '一次彩排所用的内存', en: 'The memory of a rehearsal' },
  },
  rehearsalThreads: {
    value: 2,
    unit: 'entries',
    what: { 'zh-CN': '一次彩排同时用的处理器核', en: 'The cores that a rehearsal takes at once' },
  },
  walkerMemory: {
    value: 384 * megabyte,
    unit: 'bytes',
    what: {
      'zh-CN': '彩排在每个处理器核上另用的内存',
      en: 'The memory of a rehearsal beside it, on each core',
    },
  },
  upkeepTime: {
    value: 7200,
    unit: 'seconds',
    what: { 'zh-CN': '夜间维护里一个品牌所用的时间', en: 'The time of the nightly upkeep of one brand' },
  },
  upkeepMemory: {
    value: 512 * megabyte,
    unit: 'bytes',
    what: { 'zh-CN': '夜间维护所用的内存', en: 'The memory of the nightly upkeep' },
  },
  upkeepMakeUp: {
    value: 6,
    unit: 'hours',
    what: {
      'zh-CN': '错过的夜间维护在多久之内补做',
      en: 'Within how long a nightly upkeep that was missed is made up',
    },
  },
  rejectedAge: {
    value: 90,
    unit: 'days',
    what: {
      'zh-CN': '导入的“未导入明细”文件保留多久',
      en: 'How long the lists of rows that did not enter are kept',
    },
  },
  uploadRestAge: {
    value: 1,
    unit: 'days',
    what: {
      'zh-CN': '没有导入在用的上传文件保留多久',
      en: 'How long an upload is kept that no import is reading',
    },
  },
  analysisRows: {
    value: 1000,
    unit: 'entries',
    what: {
      'zh-CN': '更新查询统计时每个索引看的行数',
      en: 'The rows of an index that are looked at for the statistics of queries',
    },
  },
  keptResults: {
    value: 4 * megabyte,
    unit: 'bytes',
    what: {
      'zh-CN': '每个品牌为写不进数据库的回答（服务商的、模型的）预先占好的空间',
      en: 'The room that is taken beforehand, for each brand, for answers of providers and models that the database cannot take',
    },
  },
  copyMemory: {
    value: 768 * megabyte,
    unit: 'bytes',
    what: {
      'zh-CN': '分析副本所用的内存（每个在查的品牌一个进程）',
      en: 'The memory of the analytical copy, a process for each brand that is asked',
    },
  },
  copyThreads: {
    value: 2,
    unit: 'entries',
    what: { 'zh-CN': '分析副本同时用的处理器核', en: 'The cores that the analytical copy takes at once' },
  },
  copyScratch: {
    value: 4096 * megabyte,
    unit: 'bytes',
    what: {
      'zh-CN': '分析副本算不下时临时放到磁盘上的',
      en: 'What the analytical copy sets aside on the disk beyond its memory',
    },
  },
  copyRoom: {
    value: 512 * megabyte,
    unit: 'bytes',
    what: {
      'zh-CN': '磁盘剩余不到这么多时，分析副本不再写，留给数据本身',
      en: 'What the disk must have left for the analytical copy to be written: the rest is for the data itself',
    },
  },
  copyChanges: {
    value: 200_000,
    unit: 'entries',
    what: {
      'zh-CN': '分析副本逐条补上的改动，再多就重新建立；每晚改动日志也只留这么多',
      en: 'The changes that the analytical copy reads one by one, beyond which it is made anew; as many stay in their log each night',
    },
  },
  copyPatience: {
    value: 8,
    unit: 'seconds',
    what: {
      'zh-CN': '分析副本还在建立时，查询等多久后被告知',
      en: 'How long a question waits for the analytical copy while that is being made, until it is told so',
    },
  },
  countPatience: {
    value: 25,
    unit: 'seconds',
    what: {
      'zh-CN': '分析副本还在建立时，算人数和预览等多久后被告知',
      en: 'The same for a count by itself or a preview, which keep no page waiting',
    },
  },
  entrantsPage: {
    value: 50_000,
    unit: 'entries',
    what: {
      'zh-CN': '定时入口一次读入的客户',
      en: 'The customers of a scheduled entry that are read at once',
    },
  },
  comparedPage: {
    value: 200_000,
    unit: 'entries',
    what: {
      'zh-CN': '看谁进出人群时一次比较的客户',
      en: 'The customers of an audience that are compared at once, to see who joined or left',
    },
  },
  baseInMemory: {
    value: 2_000,
    unit: 'entries',
    what: {
      'zh-CN': '客户不超过这么多时，定时入口和进出人群逐个判断，不用分析副本',
      en: 'The customers up to whom scheduled entries and looks at audiences ask each, without the analytical copy',
    },
  },
  engineCopyPatience: {
    value: 500,
    unit: 'milliseconds',
    what: {
      'zh-CN': '分析副本还在建立时，引擎等多久就先做别的',
      en: 'How long the engine waits for the analytical copy while that is being made, until it goes on with other work',
    },
  },
  engineAnswer: {
    value: 45,
    unit: 'seconds',
    what: {
      'zh-CN': '引擎为一次入口或一次比较等分析副本回答的时间',
      en: 'How long the engine waits for an answer of the analytical copy',
    },
  },
  copyIdle: {
    value: 5,
    unit: 'seconds',
    what: {
      'zh-CN': '没人再查时，分析副本的进程多久后结束',
      en: 'After how long without anybody asking the process of the analytical copy ends',
    },
  },
  moveTime: {
    value: 7200,
    unit: 'seconds',
    what: { 'zh-CN': '沙盒时钟走一次所用的时间', en: 'The time that a move of a sandbox’s clock may take' },
  },
} as const
