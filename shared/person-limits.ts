/** How much of telling who is one person is done and kept. */
export const personLimits = {
  identifierLength: {
    value: 200,
    unit: 'characters',
    what: { 'zh-CN': '客户标识的值', en: 'The value of an identifier' },
  },
  identifiersOfOne: {
    value: 200,
    unit: 'entries',
    what: { 'zh-CN': '一位客户的标识', en: 'The identifiers of one customer' },
  },
  keptApartAtOnce: {
    value: 20,
    unit: 'entries',
    what: { 'zh-CN': '一次标为不同人的客户', en: 'The customers who are kept apart at once' },
  },
  mergedRows: {
    value: 200_000,
    unit: 'entries',
    what: {
      'zh-CN': '一次合并移动的数据行',
      en: 'The rows that one merge moves',
    },
  },
  mergeUndo: {
    value: 90,
    unit: 'days',
    what: { 'zh-CN': '合并之后还能撤销', en: 'For how long a merge can be undone' },
  },
} as const
