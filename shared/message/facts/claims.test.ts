import { expect, test } from 'vitest'
import { checkPolished } from './check.ts'

const chinese = {
  source: '亲爱的王芳，七夕将至，我们为你备好了礼盒，8 月 19 日前下单立减 50 元，点 m.example.cn/q7',
  values: ['王芳', '杭州', 'female', '金卡'],
  maxChars: 200,
}
const keptInChinese = '王芳，七夕礼盒 8 月 19 日前下单立减 50 元，m.example.cn/q7'

const english = {
  source:
    'Dear Fang, Qixi is near and your gift box is ready. Order by August 19 and take $50 off: m.example.cn/q7',
  values: ['Fang', 'Hangzhou', 'female', 'gold'],
  maxChars: 300,
}
const keptInEnglish = 'Fang, your Qixi gift box is ready: order by August 19 for $50 off at m.example.cn/q7.'

const inventedInChinese = [
  ...[
    '还有一份小惊喜礼等你',
    '下单再送护手霜',
    '随盒附赠贺卡',
    '另有神秘礼物',
    '送你一瓶小样',
    '全场包邮',
    '运费我们承担，全免',
  ],
  ...[
    '第二件半价',
    '买一送一',
    '满减可叠加',
    '再返现金红包',
    '下单抽大奖',
    '支持免息分期',
    '旧盒可回收',
    '邀请好友再得福利',
  ],
  ...[
    '会员价更低',
    '今年最低价',
    '明天恢复原价',
    '错过要涨价了',
    '限时秒杀',
    '老会员可领优惠券',
    '积分双倍',
    '为你升级为黑卡权益',
  ],
  ...[
    '我们保证满意',
    '不满意随时退款',
    '支持七天无理由退货',
    '假一赔十',
    '终身保修',
    '官方正品',
    '下单次日达',
    '顺丰送货上门',
  ],
  ...[
    '专人一对一服务',
    '优先发货',
    '今年卖爆了',
    '万人好评',
    '回购率很高',
    '明星同款',
    '好多博主都在推荐',
    '荣获金奖',
    '通过权威检测',
  ],
  ...[
    '医生也推荐',
    '帮你改善睡眠',
    '美白又淡斑',
    '纯天然成分',
    '敏感肌也能用',
    '法国进口',
    '匠人手工制作',
    '全球限量',
    '联名新款首发',
  ],
  ...[
    '真丝包装',
    '百年老字号',
    '每单捐一元做公益',
    '你上次买的也在里面',
    '购物车里还有它',
    '已存入你的账户',
    '到门店也能领',
    '加我微信咨询',
  ],
  ...[
    '来我们的直播间',
    '周末有品鉴会',
    '库存不多了',
    '仅剩少量',
    '名额有限，先到先得',
    '最后机会',
    '今晚截止',
    '本周末结束',
    '月底过期',
  ],
  ...[
    '倒计时开始',
    '一年一度仅此一回',
    '我是客服小美',
    '店长李娜向你问好',
    '「星河」系列',
    '里面有玫瑰香薰蜡烛',
    '与迪奥合作',
    '杨幂也喜欢',
  ],
  ...['尊敬的李女士，请查收', '亲爱的张伟，你好', '上海的朋友都在抢', 'Chanel 香水同款', '陈教授推荐'],
]

const inventedInEnglish = [
  ...[
    'A free candle is inside.',
    'Shipping is on us.',
    'Buy one, get one.',
    'A surprise gift comes with it.',
    'You may win a trip.',
  ],
  ...[
    'Cash back on your next order.',
    'Prices go up tomorrow.',
    'Our lowest price ever.',
    'Members get an extra discount.',
    'Earn double points.',
  ],
  ...[
    'Satisfaction guaranteed.',
    'Money-back if you are not happy.',
    'Free returns for everyone.',
    'Lifetime warranty included.',
    'Delivered overnight.',
  ],
  ...[
    'Only a few left.',
    'It ends tonight.',
    'Last chance!',
    'Hurry, this weekend only.',
    'Our bestseller this year.',
    'Loved by thousands.',
  ],
  ...[
    'An award-winning design.',
    'Dermatologist approved.',
    'Made from organic cotton.',
    'Handmade by artisans.',
    'Imported from Italy.',
  ],
  ...[
    'A limited edition.',
    'As seen on Taylor Swift.',
    'Emily from our team picked it.',
    'Like the perfume you bought.',
    'Visit our store in Shanghai.',
  ],
  ...[
    'Helps you sleep better.',
    'Pay later in three instalments.',
    'A VIP concierge awaits.',
    'Dear Emily, it is ready.',
    'By Dior.',
  ],
]

const faithfulInChinese = [
  '王芳，七夕快到了，礼盒已为你备好。8 月 19 日前下单，立减 50 元：m.example.cn/q7',
  '芳芳，又是一年七夕。给你留了礼盒，8月19日前下单减50元，m.example.cn/q7 等你来看',
  '亲爱的王芳，把心意装进七夕礼盒吧，8 月 19 日之前下单可以立减五十元，点 m.example.cn/q7',
  '王芳你好，七夕的风已经吹到杭州。礼盒 8 月 19 日前下单立减 50 元，m.example.cn/q7',
  '王芳，想把喜欢说出口吗？七夕礼盒替你说。8 月 19 日前立减 50 元，m.example.cn/q7',
  '嗨，王芳，七夕将至，愿你被温柔以待。礼盒下单立减 50 元，8 月 19 日前都可以，m.example.cn/q7',
  '王芳，鹊桥快搭好了，礼盒也准备好了。8 月 19 日前下单优惠 50 元，看看吧 m.example.cn/q7',
  '尊敬的金卡会员王芳，七夕礼盒 8 月 19 日前下单立减 50 元，点击 m.example.cn/q7 挑选',
  '王女士，七夕礼盒静静等你，8 月 19 日前下单省 50 元，m.example.cn/q7',
  '王芳，今年七夕，也记得对自己好一点。礼盒 8 月 19 日前立减 50 元 m.example.cn/q7',
  '七夕近了，王芳。我们为你留好礼盒，8 月 19 日前下单立减 50 块，m.example.cn/q7',
  '王芳，星河有约，礼盒为证。8/19 前下单立减 50 元，m.example.cn/q7',
  '亲爱的王芳，愿有人与你看星星。七夕礼盒立减 50 元，8 月 19 日前下单就好，m.example.cn/q7',
  '王芳，慢慢挑，不着急。七夕礼盒在 8 月 19 日前都立减 50 元，m.example.cn/q7',
  '芳姐，七夕到啦，礼盒给你备着呢，8 月 19 日前下单减 50 元，戳 m.example.cn/q7',
  '王芳，生活再忙也要有点仪式感。七夕礼盒立减 50 元（8 月 19 日前），m.example.cn/q7',
  '王芳，给爱的人，也给自己一份礼盒。8月19日前立减50元，快来看看 m.example.cn/q7',
  '小芳，七夕礼盒已经备好，8 月 19 日前下单即可立减 50 元，期待你喜欢：m.example.cn/q7',
  '亲爱的王芳：七夕将至，思念有了形状。礼盒 8 月 19 日前下单，立减 50 元。m.example.cn/q7',
  '王芳，别让心意迟到。七夕礼盒 8 月 19 日前立减 50 元，m.example.cn/q7',
  '杭州的王芳，七夕好。备好的礼盒在等你，8 月 19 日前下单立减 50 元 m.example.cn/q7',
  '王芳，一起把七夕过得温暖些吧，礼盒立减 50 元，8 月 19 日前有效，m.example.cn/q7',
]

const faithfulInEnglish = [
  'Fang, Qixi is almost here and your gift box is waiting. Order by August 19 and take $50 off: m.example.cn/q7',
  'Dear Fang, we have your gift box ready for Qixi. It is $50 off when you order by 19 August: m.example.cn/q7',
  'Hi Fang! With Qixi near, your gift box is ready. Take $50 off by ordering by August 19 at m.example.cn/q7',
  'Fang, a little something for Qixi: your gift box, with $50 off if you order by Aug 19. m.example.cn/q7',
  'Dear Fang, Qixi is a night for kind words. Your gift box is ready; order by August 19, $50 off: m.example.cn/q7',
  'Hello Fang, the stars meet soon. Your gift box is ready and $50 off until August 19: m.example.cn/q7',
  'Fang, say it with a gift box this Qixi. $50 off when you order by August 19: m.example.cn/q7',
  'Dear Fang, from all of us in time for Qixi: your gift box is ready, $50 off by August 19. See m.example.cn/q7',
  'Fang, Qixi is near. Someone dear will smile at this gift box: order by August 19, $50 off, m.example.cn/q7',
  'Good evening, Fang. Your Qixi gift box is ready. Order by August 19 and save $50: m.example.cn/q7',
  'Fang, take your time: the gift box for Qixi is $50 off through August 19. m.example.cn/q7',
  'Fang, we thought of you. Qixi is near, your gift box is ready, and it is $50 off by August 19: m.example.cn/q7',
  'Dear Fang, greetings to Hangzhou! Your Qixi gift box is ready. By August 19 it is $50 off: m.example.cn/q7',
  'Fang, may this Qixi be gentle. Your gift box awaits, $50 off by August 19: m.example.cn/q7',
  'As a gold member, Fang, your Qixi gift box is ready: order by August 19, $50 off, at m.example.cn/q7',
  'Fang, love is in small things. Your gift box for Qixi is ready; $50 off by August 19: m.example.cn/q7',
  'Dear Fang, here is your gift box for Qixi. Please order by August 19 to take $50 off: m.example.cn/q7',
  'Fang, Qixi comes only with a wish from us and a gift box for you: $50 off by August 19. m.example.cn/q7',
]

const rejected = (text: string, limits: typeof chinese): boolean => checkPolished(text, limits).length > 0

test('of the claims that a model invents at least 95 in 100 are held', () => {
  const missed = [
    ...inventedInChinese.filter((claim) => !rejected(`${keptInChinese}。${claim}`, chinese)),
    ...inventedInEnglish.filter((claim) => !rejected(`${keptInEnglish} ${claim}`, english)),
  ]
  const all = inventedInChinese.length + inventedInEnglish.length
  console.info(
    `Claims: ${all - missed.length} of ${all} invented ones are held${missed.map((one) => `\n  ${one}`).join('')}`,
  )
  expect(all).toBeGreaterThanOrEqual(100)
  expect(missed.length / all).toBeLessThanOrEqual(0.05)
})

test('of faithful polishings at most 5 in 100 are held', () => {
  const held = [
    ...[keptInChinese, ...faithfulInChinese].filter((text) => rejected(text, chinese)),
    ...[keptInEnglish, ...faithfulInEnglish].filter((text) => rejected(text, english)),
  ]
  const all = faithfulInChinese.length + faithfulInEnglish.length + 2
  const why = (text: string) =>
    checkPolished(text, text.includes('七夕') ? chinese : english).map(({ detail }) => detail)
  console.info(
    `Polishings: ${held.length} of ${all} faithful ones are held${held.map((one) => `\n  ${one} ${why(one)}`).join('')}`,
  )
  expect(all).toBeGreaterThanOrEqual(40)
  expect(held.length / all).toBeLessThanOrEqual(0.05)
})

test('a claim that the written text makes may be made again', () => {
  const source = '王芳，限量礼盒今晚截止，包邮，保证七天无理由退货，店长李娜推荐'
  expect(
    checkPolished('王芳，礼盒限量，今晚截止，免运费，七天无理由退货有保证，李娜店长推荐', {
      ...chinese,
      source,
    }),
  ).toEqual([])
})

const wish = {
  source: '王芳，七夕将至，为TA挑一份心意吧。拒收请回复R',
  values: ['王芳', '杭州', 'female'],
  maxChars: 500,
}
const said = (words: string) => checkPolished(`王芳，七夕将至，${words}，为TA挑一份心意吧。拒收请回复R`, wish)
const wished = {
  source: 'Hi Lily, Qixi is near. Pick something lovely for the one you love. Reply STOP to opt out',
  values: ['Lily'],
  maxChars: 500,
}
const told = (words: string) =>
  checkPolished(
    `Hi Lily, Qixi is near. ${words}. Pick something lovely for the one you love. Reply STOP to opt out`,
    wished,
  )

test('a wish becomes no offer, promise or deadline, however it is put', () => {
  const chinese =
    '全场五折 对半砍 价格腰斩 省下一半 便宜三成 立减百元 少付五十 半買半送 买一送一 运费算我们的 快递费我们付 白拿一份 下单有礼 前三十位送香囊 来店领取 首单立享 无门槛 积分翻番 跳楼价 价格亲民 尾货清空 仅限今日 今日止 过了今天就没了 送完即止 七夕前必达 拍下就发 冷链直达 不合适随时退 可以退 保您满意 假一罚十 买贵退差价 百分百真品 官方授权 已为您预留'
  for (const words of chinese.split(' ')) expect([words, said(words).length > 0]).toEqual([words, true])
  const english = [
    ...[
      'Half off',
      'At half the usual price',
      'Second one free',
      'Two for the price of one',
      'Prices slashed',
    ],
    ...[
      'We cover postage',
      'Free shipping',
      'Gift wrap included',
      'A present from us',
      'Love it or send it back',
    ],
    ...['Today is the last day', 'Only hours left', 'Ends tonight', 'Unbeatable prices', 'Enter the draw'],
  ]
  for (const words of english) expect([words, told(words).length > 0]).toEqual([words, true])
})

test('nobody is named whom nobody has given', () => {
  for (const words of ['和李雷一起', '送给您的爱人陈浩', '小美推荐', '赵医生也在用'])
    expect(said(words)).toContainEqual(expect.objectContaining({ code: 'added-name' }))
  for (const words of ['Emma here', 'Jane picked this', 'Sophie will help you choose'])
    expect(told(words)).toContainEqual(expect.objectContaining({ code: 'added-name' }))
})

test('other words for the same wish pass', () => {
  const chinese =
    '七夕快乐，愿你被爱包围 今夕何夕，见此良人 月色真美，风也温柔 别等到错过才懂得珍惜 用一份礼物，换TA一个拥抱 为你的另一半准备 心意无价 难免心动 一年一度的相会 你认真挑选的样子，最动人'
  for (const words of chinese.split(' ')) expect([words, said(words)]).toEqual([words, []])
  const english = [
    'May your Qixi be full of love',
    'Nothing says love like a thoughtful gift',
    'Tell your other half',
  ]
  for (const words of english) expect([words, told(words)]).toEqual([words, []])
})

test('figures and days that are known keep their relation', () => {
  const offer = {
    source: '王芳，凭券码QX77满500减80，8月19日前有效',
    values: ['王芳'],
    maxChars: 500,
  }
  const check = (text: string) => checkPolished(text, offer).map(({ code }) => code)
  expect(check('王芳，券码QX77满500立减80，8月19日之前用')).toEqual([])
  expect(check('王芳，凭券码QX77满80减500，8月19日前有效')).toEqual(['added-offer'])
  expect(check('王芳，凭券码QX77满500减80，8月19日后有效')).toEqual(['added-date'])
  expect(check('王芳，凭券码QX77满500减80，可用两次，8月19日前有效')).toEqual(['added-number'])
  const english = { source: 'Take 20 off orders over 100 until August 19', values: [], maxChars: 500 }
  const read = (text: string) => checkPolished(text, english).map(({ code }) => code)
  expect(read('Until August 19: 20 off any order over 100')).toEqual([])
  expect(read('Take 20% off orders over 100 until August 19')).toEqual(['added-number', 'lost-number'])
  expect(read('Take 100 off orders over 20 until August 19')).toEqual(['added-offer'])
  expect(read('Take 20 off orders over 100 from August 19')).toEqual(['added-date'])
})

test('an offer that is written may be said in other words', () => {
  const faithful: readonly (readonly [source: string, text: string])[] = [
    [
      '购物车里的香薰礼盒还在，下单立减20元，券码GO8812，3天内有效。',
      '还惦记那份香薰礼盒吗？购物车里等你，券码GO8812，下单减20元，3天内有效。',
    ],
    ['全场满300减50，8月13日至19日，包邮到家。', '8月13日到19日，全场满300立减50，还包邮到家！'],
    [
      'Hi Tom, your birthday gift: $10 off any order before August 31, code BD10.',
      'Tom, a birthday gift for you: $10 off any order before August 31, code BD10.',
    ],
    ['Order today and shipping is free.', 'Order today for free shipping.'],
    ['Order today for free shipping.', 'Shipping is free if you order today.'],
  ]
  for (const [source, text] of faithful)
    expect([text, checkPolished(text, { source, values: ['Tom'], maxChars: 500 })]).toEqual([text, []])
})
