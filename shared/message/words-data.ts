import type { LocalText } from '../text.ts'

export interface WordCategory {
  name: LocalText
  /** block: the message may not leave; warn: somebody should look at it. */
  severity: 'block' | 'warn'
  /** Why it blocks, or why it only warns. */
  reason: LocalText
  /** The article that speaks of it; 广告法 is China's Advertising Law as amended in 2021. */
  law: string
  advice: LocalText
}

export const wordCategories = {
  absolute: {
    name: { 'zh-CN': '绝对化用语', en: 'Absolute claim' },
    severity: 'block',
    reason: {
      'zh-CN': '明令禁止，罚款二十万元起，换个语境也难有例外；无害的用法单独列出',
      en: 'Forbidden outright, with fines from 200,000 yuan; the harmless uses are listed by themselves',
    },
    law: '广告法 第九条第三项',
    advice: {
      'zh-CN': '去掉这个说法，改写成看得见、能证明的事实，如“本店七夕销量较高的一款”',
      en: 'Leave it out and state a fact that can be shown, such as "one of our bestsellers this Qixi"',
    },
  },
  superlative: {
    name: { 'zh-CN': '近似绝对化的用语', en: 'Near-absolute wording' },
    severity: 'warn',
    reason: {
      'zh-CN': '在说自己的商品时往往只是修饰，同类比较时才违法，要由人来判断',
      en: "Often mere praise of one's own goods, and unlawful only in comparisons: a person must judge",
    },
    law: '广告法 第九条第三项；广告绝对化用语执法指南（市场监管总局公告 2023 年第 6 号）',
    advice: {
      'zh-CN': '若是在和同类商品比较，请换个说法，或写出依据',
      en: 'If it compares with similar products, reword it or give the evidence',
    },
  },
  endorsement: {
    name: { 'zh-CN': '国家机关与权威背书', en: 'Endorsement by the state' },
    severity: 'block',
    reason: {
      'zh-CN': '明令禁止，没有例外',
      en: 'Forbidden outright, without exceptions',
    },
    law: '广告法 第九条第二项',
    advice: {
      'zh-CN': '不能借国家机关、军队或官方媒体推荐商品，请去掉',
      en: 'State bodies, the army and official media may not recommend goods; leave it out',
    },
  },
  cure: {
    name: { 'zh-CN': '疗效与功效保证', en: 'Promise of effect or cure' },
    severity: 'block',
    reason: {
      'zh-CN': '普通商品不得声称疗效，涉及人身健康，宁可拦下',
      en: 'Ordinary goods may claim no cure; health is at stake, so it is held',
    },
    law: '广告法 第十六条、第十七条、第二十八条',
    advice: {
      'zh-CN': '不能保证功效，也不能使用医疗用语；只写获批的功效或使用感受',
      en: 'Effects may not be guaranteed nor medical terms used; state only what is approved, or how it feels',
    },
  },
  guarantee: {
    name: { 'zh-CN': '过度承诺', en: 'Excessive promise' },
    severity: 'warn',
    reason: {
      'zh-CN': '做得到并写明条件就不违法，日常口语里也常见',
      en: 'Lawful where it is kept and its conditions are stated, and common in speech',
    },
    law: '广告法 第四条、第二十八条',
    advice: {
      'zh-CN': '确认能做到，并写明条件与期限，如“7 天无理由退货”',
      en: 'Make sure it can be kept, and state conditions and term, such as "7-day returns"',
    },
  },
  investment: {
    name: { 'zh-CN': '收益承诺', en: 'Promise of returns' },
    severity: 'block',
    reason: {
      'zh-CN': '明令禁止，涉及钱财损失',
      en: 'Forbidden outright, and people lose money by it',
    },
    law: '广告法 第二十五条',
    advice: {
      'zh-CN': '不能承诺保本或收益，并须提示风险',
      en: 'Neither capital nor returns may be promised, and the risk must be stated',
    },
  },
  urgency: {
    name: { 'zh-CN': '没有期限的促销', en: 'Urgency without a term' },
    severity: 'warn',
    reason: {
      'zh-CN': '写明期限或数量就合规，只提醒补上',
      en: 'Lawful once a term or quantity is stated, so it only asks for one',
    },
    law: '广告法 第八条；规范促销行为暂行规定 第十三条',
    advice: {
      'zh-CN': '写明起止日期或数量，如“8 月 13 日至 19 日”“限量 300 份”',
      en: 'State dates or a quantity, such as "13 to 19 August" or "300 boxes"',
    },
  },
  superstition: {
    name: { 'zh-CN': '迷信内容', en: 'Superstition' },
    severity: 'warn',
    reason: {
      'zh-CN': '很多是商品名或祝福语，要看上下文',
      en: "Often a product's name or a wish: it depends on the context",
    },
    law: '广告法 第九条第八项',
    advice: { 'zh-CN': '换成祝福或寓意的说法', en: 'Say it as a wish instead' },
  },
} as const satisfies Record<string, WordCategory>

export type WordCategoryId = keyof typeof wordCategories

export interface ProhibitedWord {
  /** Half-width, lower case, without spaces. */
  word: string
  category: WordCategoryId
  /** Only where the law to cite is not the category's. */
  law?: string
}

const of = (category: WordCategoryId, words: string): ProhibitedWord[] =>
  words
    .trim()
    .split(/\s+/)
    .map((word) => ({ word, category }))

/** What the scan looks for. Where one word begins another, the longer one is reported. */
export const prohibitedWordList: readonly ProhibitedWord[] = [
  ...of(
    'absolute',
    `国家级 世界级 全球级 国际级 全国级 中国级 宇宙级 最高级 最佳 最顶级 顶级 顶尖 极品 最先进 最优质 最权威
     全国第一 全网第一 行业第一 销量第一 世界第一 全球第一 中国第一 亚洲第一 国内第一 排名第一 人气第一 口碑第一
     第一品牌 第一选择 第一名牌 宇宙第一 天下第一 no1 n01 top1 销量冠军 销售冠军
     全网最低 史上最低 历史最低 全国最低 全球最低 最低价 价格最低 史上最 全网最 全国最大 国内最大 全球最大 世界最大
     规模最大 最大品牌 最大平台 最高品质 最高标准 最高档 最高端 最高水平 最高工艺 最高荣誉
     全国最好 世界最好 全网最好 行业最好 质量最好 品质最好 效果最好 最好的产品 最好的品质 最好的质量 最好的效果
     最好的品牌 最好的服务 最好的面料 最强品牌 全网最强 全国最强 功能最强 品质最优 质量最优 价格最优 最优品质
     全国唯一 全球唯一 国内唯一 世界唯一 全网唯一 行业唯一 唯一品牌 唯一指定 唯一正品
     绝无仅有 史无前例 空前绝后 前无古人 首屈一指 无可匹敌 天下无双 不可超越 世界领先 全球领先 全国领先 国际领先
     遥遥领先 领导品牌 全国首创 全球首创 世界首创 国内首创 全球首个 全国首个 国内首个 世界首个 终极解决方案
     全网之最 行业之最 世界之最 worldsbest bestintheworld`,
  ),
  ...of(
    'superlative',
    `最好 最大 最高 最低 最强 最优 最便宜 最划算 最专业 最有效 最安全 最快 最流行 最受欢迎 最畅销 最火爆 最时尚
     唯一 独家 独一无二 无与伦比 无可比拟 首个 首创 首选 首家 领先 冠军 王牌 王者 至尊 巅峰 无敌 权威 极致 绝佳 空前
     必选 万能 国家认证 国家专利 国家重点 终极 不可替代 不可复制 永恒的经典 经典之作 第一梯队 领军品牌 天花板级`,
  ),
  ...of(
    'endorsement',
    `政府推荐 政府指定 政府采购 机关指定 机关推荐 军队特供 部队特供 军队专用 央视推荐 cctv推荐 国家领导人 领导人推荐
     人民大会堂 中南海 国家免检 国宾 国宴 特供酒 国家机关`,
  ),
  ...of(
    'cure',
    `根治 治愈率 治愈疾病 药到病除 包治百病 疗效显著 疗效最佳 无副作用 无毒副作用 没有副作用 零副作用 0副作用 100%有效 百分百有效 百分之百有效
     100%治愈 百分百治愈 100%安全 百分百安全 100%成功 百分百成功 绝对有效 绝对安全 绝对成功 保证有效 保证治愈
     保证见效 肯定有效 必定见效 必定有效 确保有效 一定有效 彻底祛斑 彻底治愈 彻底根除 彻底解决 永不反弹 永不复发
     永久美白 永久脱毛 一次见效 无效退款 100%effective guaranteedcure 专治 抗癌 防癌 降血压 降血糖 治疗失眠`,
  ),
  ...of(
    'guarantee',
    `绝对 治愈 立竿见影 百分百正品 100%正品 100%原装 百分百满意 100%满意 100%好评 100%中奖 百分百中奖 0售假 零投诉 永不 永久 终身
     彻底 肯定能 肯定会 必定 保证让您 保证您 保证满意 保证正品 保证不 确保您 专家推荐 全民推荐 一定能瘦 一定能让`,
  ),
  ...of(
    'investment',
    `零风险 0风险 无风险 稳赚 稳赚不赔 保本 保本保息 只赚不赔 收益翻倍 保收益 高回报 躺赚 稳定收益 无任何风险 升值空间巨大`,
  ),
  ...of(
    'urgency',
    `最后一天 最后机会 仅此一次 仅此一天 绝版 限时 限量 随时结束 随时涨价 马上涨价 错过不再 再不抢就没了 最后一波 史低`,
  ),
  ...of('superstition', '转运 改运 旺夫 驱邪 避邪 辟邪 镇宅 招财 逢凶化吉 开光'),
]

/**
 * Phrases in which a listed word says nothing absolute. The 2023 guide exempts advice on use ("最佳赏味期"),
 * comparisons with oneself, wishes and names; the rest is everyday speech.
 */
export const innocentPhrases: readonly string[] = `
  最后 最近 最终 最初 最爱 最新
  国家级非遗 国家级非物质 国家级景区 国家级自然 国家级实验室 国家级运动 国家级公园 世界级非遗 世界级非物质
  30天最低价 30日最低价
  最佳赏味 最佳食用 最佳饮用 最佳使用 最佳观赏 最佳保存 最佳拍档 最佳搭档 最佳状态 最佳时间 最佳时机 最佳日期 最佳温度
  最高兴 最好早 最好提前 最好在 最好先 最好不要 最好别 最好是 最好能 最好的你 最好的我们 最好的自己 最好的她 最好的他 最好的ta
  最好的爱 最好的朋友 最好的时光 最好的祝福 最好的年华 最好的妈妈 最好的安排 最好的礼物
  最大限度 最大程度 最大亮点 最大的亮点 最大设计亮点 最大的设计亮点 最大特点 最大的特点 最大好处 最大的好处
  最大的惊喜 最大的幸福 最大的心愿 最大化 最大面额 最大面值 最大尺码 最大号 最大承重 最大容量
  最高立减 最高可 最高减 最高省 最高返 最高抵 最高赠 最高享 最高领 最高得 最高优惠 最高温 最高气温 最高额 最高限额 最高赢
  最高满 最高达 最高提 最高降 最高送 最高再 最高¥ 最高1 最高2 最高3 最高4 最高5 最高6 最高7 最高8 最高9
  最低¥ 最低0 最低1 最低2 最低3 最低4 最低5 最低6 最低7 最低8 最低9
  最低至 最低仅 最低消费 最低温 最低气温 最低起 最低只要 最低到 最低额 最低限额 最低折扣 最低还款
  最快次日 最快当日 最快当天 最快1 最快2 最快3 最快明 最快今 最快半 最快30
  最优惠券
  唯一码 唯一编码 唯一编号 唯一识别 唯一标识 唯一有效凭证 唯一凭证 唯一的你 你是唯一 我的唯一 你的唯一 唯一挚爱 唯一的爱
  独家记忆 独家优惠 独家礼遇 独家权益 独家福利 独家定制 独家折扣 独家礼盒 独家奉上 独家发售
  首个订单 首个包裹 首个七夕 首个情人节 首个生日 首个会员日 首选项 必选项 必选其 必选一 王者荣耀 冠军赛 冠军杯 冠军联赛 领先一步 空前的 首家店 开业首家
  终身学习 终身会员 终身成就 终身大事 永久有效 永久地址 永久居 永久免费 永不分离 永不过时 永不落幕 永不忘 永不落伍 永不止步
  绝对值 绝对零度 绝对不能错过 彻底放松 彻底清洁 彻底冲洗 彻底晾干 彻底打破
  保本微利 保证金 确保本 担保本 环保本 保本店 保本人 保本次 保本周 保本月 保本品
  零风险试用 零风险购物 零风险体验 零风险退 无风险退 治愈系 治愈心 治愈的 很治愈 治愈时刻 被治愈 治愈你 治愈我 国宾馆 国宾路
  限时送达 限量版 限量款 时限
  最后一天课 最后一天班
  第一时间 第一次 第一眼 第一步 第一天
  招财猫 转运珠 转运中 转运站 转运至 转运到 转运仓 已转运 中转运 周转运 镇宅院`
  .trim()
  .split(/\s+/)
