/** What models need to be fitted, and how much of it they look at: a part of the table of limits. */
export const modelLimits = {
  modelCustomers: {
    value: 100,
    unit: 'entries',
    what: {
      'zh-CN': '拟合模型至少需要的、买过东西的客户',
      en: 'The customers who have bought, at the least, that a model is fitted to',
    },
  },
  modelRepeats: {
    value: 50,
    unit: 'entries',
    what: {
      'zh-CN': '拟合模型至少需要的复购次数',
      en: 'The repeat purchases, at the least, that a model is fitted to',
    },
  },
  modelSample: {
    value: 50_000,
    unit: 'entries',
    what: {
      'zh-CN': '拟合模型时看的买家，更多时按编号的散列取一部分',
      en: 'The buyers that models are fitted to; of more a part, picked by hash',
    },
  },
  groupSample: {
    value: 4_000,
    unit: 'entries',
    what: {
      'zh-CN': '划分客户群组时看的买家，更多时按编号的散列取一部分',
      en: 'The buyers among whom groups are looked for; of more a part, picked by hash',
    },
  },
  modelPurchases: {
    value: 50,
    unit: 'entries',
    what: {
      'zh-CN': '购买倾向在每一段训练和检验的日子里至少需要的买家',
      en: 'The buyers, at the least, in the days to which the propensity is fitted and in those on which it is tried',
    },
  },
  freshEvents: {
    value: 20_000,
    unit: 'entries',
    what: {
      'zh-CN': '等着逐批评分的事件，更多时其他工作不再等它们评完，模型页会说明',
      en: 'The events whose customers are scored before other work goes on; more are in the background, which the page of the models tells',
    },
  },
  scoringTime: {
    value: 3600,
    unit: 'seconds',
    what: {
      'zh-CN': '拟合模型并给全部客户评分的时间',
      en: 'The time of fitting the models and scoring everybody',
    },
  },
  scoringMemory: {
    value: 1024 * 1024 * 1024,
    unit: 'bytes',
    what: { 'zh-CN': '拟合模型所用的内存', en: 'The memory of fitting the models' },
  },
} as const
