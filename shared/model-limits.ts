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
} as const
