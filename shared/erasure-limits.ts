/** How much of forgetting is done at once. */
export const erasureLimits = {
  erasedAtOnce: {
    value: 1000,
    unit: 'entries',
    what: { 'zh-CN': '一次抹除的客户', en: 'The customers who are erased at once' },
  },
  sweptAtOnce: {
    value: 536_870_912,
    unit: 'bytes',
    what: {
      'zh-CN': '运行中即可重写空闲空间的数据库文件，更大的留到下次启动',
      en: 'A database whose free space is overwritten while it runs; that of a larger one at the next start',
    },
  },
} as const
