/** What picks of products go by: a part of the table of limits. */
export const pickLimits = {
  pickHistory: {
    value: 50,
    unit: 'entries',
    what: {
      'zh-CN': '推荐时看的、每位客户最近买过的商品',
      en: 'The goods that a customer has bought last by which picks go',
    },
  },
  pickBuyers: {
    value: 3,
    unit: 'entries',
    what: {
      'zh-CN': '一件商品被推荐至少要有的买家',
      en: 'The buyers, at the least, of a good that is picked by who bought it',
    },
  },
  pickGoods: {
    value: 20_000,
    unit: 'entries',
    what: {
      'zh-CN': '参与“一起买”计算的商品，取买家最多的',
      en: 'The goods of which it is known what is bought with them, those with most buyers',
    },
  },
  pickNeighbours: {
    value: 20,
    unit: 'entries',
    what: {
      'zh-CN': '每件商品记住的常一起买的商品',
      en: 'The goods that are kept for each as bought together with it',
    },
  },
  pickPopular: {
    value: 50,
    unit: 'entries',
    what: {
      'zh-CN': '不分品类记住的热销商品',
      en: 'The goods that are kept as bought most',
    },
  },
  pickPopularInCategory: {
    value: 10,
    unit: 'entries',
    what: {
      'zh-CN': '每个品类记住的热销商品',
      en: 'The goods of each category that are kept as bought most in it',
    },
  },
  picksShown: {
    value: 5,
    unit: 'entries',
    what: {
      'zh-CN': '一位客户最多得到的推荐',
      en: 'The picks that one customer gets',
    },
  },
  pickTests: {
    value: 10,
    unit: 'entries',
    what: {
      'zh-CN': '一个“商品推荐”判断里对商品的限定',
      en: 'The tests of a product in one question for picks',
    },
  },
  /** Each takes 25 to 300 microseconds of a processor: so many are as much as a count may take, and an answer to the engine. */
  pickCandidates: {
    value: 50_000,
    unit: 'entries',
    what: {
      'zh-CN': '一次要逐个计算推荐的客户（条件里其余的判断选不定的那些）',
      en: 'The customers for whom picks are reckoned one by one in one question: those whom the rest of its condition leaves open',
    },
  },
  pickHeldOut: {
    value: 5_000,
    unit: 'entries',
    what: {
      'zh-CN': '检验推荐命中率所用的客户',
      en: 'The customers on whose next order picks are tried',
    },
  },
} as const
