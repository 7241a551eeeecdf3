import { plainText } from './claims.ts'

/** Brands, shops, places and people that a model puts in by itself; each may stand only where it is known. */
const FAMOUS =
  /茅台|五粮液|华为|小米手机|苹果手机|耐克|阿迪达斯|香奈儿|迪奥|兰蔻|雅诗兰黛|欧莱雅|资生堂|娇兰|祖玛珑|祖马龙|海蓝之谜|星巴克|喜茶|奈雪|肯德基|麦当劳|可口可乐|戴森|爱马仕|古驰|路易威登|卡地亚|蒂芙尼|施华洛世奇|周大福|周生生|老凤祥|潘多拉|宝格丽|费列罗|德芙|歌帝梵|故宫|迪士尼|乐高|泡泡玛特|京东|天猫|淘宝|抖音|快手|拼多多|小红书|支付宝|美团|饿了么|唯品会|杨幂|肖战|王一博|刘德华|周杰伦|李佳琦|薇娅|董宇辉|易烊千玺|赵丽颖|迪丽热巴|范冰冰|成龙|姚明|张艺兴/

const CITIES =
  /北京|上海|广州|深圳|杭州|南京|苏州|成都|重庆|武汉|西安|天津|青岛|大连|厦门|宁波|长沙|郑州|济南|合肥|福州|昆明|沈阳|哈尔滨|三亚|香港|澳门|台北|巴黎|纽约|东京|伦敦|米兰|首尔/

/** Things that are sold: one that is not known is another product. */
const GOODS =
  /香薰|香氛|香水|蜡烛|口红|唇膏|面霜|精华|面膜|乳液|眼霜|粉底|护手霜|洗发水|沐浴露|香皂|手链|项链|戒指|耳环|耳钉|手镯|手表|腕表|丝巾|围巾|帽子|手套|包包|钱包|皮带|领带|衬衫|连衣裙|毛衣|外套|睡衣|拖鞋|运动鞋|玫瑰|百合|花束|鲜花|永生花|巧克力|蛋糕|饼干|糖果|坚果|茶叶|红茶|绿茶|咖啡|红酒|香槟|白酒|果汁|蜂蜜|燕窝|月饼|粽子|酒杯|马克杯|保温杯|餐具|床品|抱枕|毛毯|台灯|音箱|耳机|手机壳|充电宝|相框|日历|笔记本|钢笔|玩偶|积木|贺卡|手写卡|\b(?:candles?|perfumes?|lipsticks?|creams?|serums?|necklaces?|bracelets?|earrings?|scar(?:f|ves)|chocolates?|cakes?|wines?|champagne|coffee|teas?|roses|bouquets?|flowers|mugs?|blankets?|headphones|speakers?|soaps?|lotions?|handbags?|wallets?|sunglasses|greeting cards?|cookies)\b/g

/** After these words comes somebody's name. */
const INTRODUCED =
  /(?:我是|我叫|这里是|您的(?:专属)?(?:顾问|客服|导购|管家)|店长|掌柜|设计师|调香师|主理人|创始人|代言人|大使)(?!你|您|的|为|会|都|也|在|和|亲|推|一|特|精|说|想)([\u4e00-\u9fff]{2,3}|[a-z]{2,})/g
const TITLED = /([\u4e00-\u9fff]{1,2})(?:先生|女士|小姐|老师|医生|博士|教授|经理|店长|总监|大师)/g
const NO_NAME = /[这那各位的是和与您你我他她为每请一]$|^(?:亲爱|尊敬)/

const QUOTED = /[「『《“"【]([^」』》”"】\n]{2,20})[」』》”"】]/g
const SALUTED =
  /(?:亲爱的|尊敬的|敬爱的|hi[,，]? ?|hello[,，]? ?|嗨[，,]?|哈喽[，,]?)([\u4e00-\u9fff]{2,4}?)(?=[，,：:！!。\s]|您好|你好|先生|女士|$)/g
const EVERYBODY =
  /^(?:老?朋友|会员|顾客|客户|家人|宝贝|宝宝|姐妹|贵宾|用户|女士|先生|小主|主人|伙伴|小伙伴|大家|各位|亲|金卡|银卡|黑卡|钻石|您|你)|(?:会员|朋友|顾客|客户|家人|你|您)$/

/** The surnames of nine in ten Chinese; a text that opens "X某某，" calls somebody by name. */
const SURNAME =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁沈任姚卢钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎段雷龙史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤'
const OPENING = new RegExp(
  `^(?:【[^】]*】)?\\s*([${SURNAME}][\\u4e00-\\u9fff]{1,2})(?=[，,：:！!]|您好|你好)`,
)
/** Surnames that are no other word, and characters that given names are made of. */
const PLAIN_SURNAME =
  '王李张刘陈杨赵吴徐孙朱胡郭罗郑梁谢宋韩邓冯曹彭曾肖董潘袁蔡蒋杜魏吕沈姚卢姜崔谭汪廖邹侯尹薛阎段郝龚邵覃'
const GIVEN =
  '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂雷婷琳晨欣宇轩浩涵梓怡佳琪丹萍红玲燕鹏飞凯倩颖洁慧莉薇蕾楠昊博豪俊峰斌波辉建国华文志梅玉珍淑小子雨思雅诗嘉美'
/** A name within a sentence: 和李雷一起, 为张伟挑, 小美推荐. */
const WITHIN = new RegExp(
  `(?<=^|[和与跟为给替帮陪同让请向的是人友生爱,，。!！、:：“「 ])([${PLAIN_SURNAME}][${GIVEN}]{1,2})(?![${GIVEN}])|(?<![\\u4e00-\\u9fff])([小阿][${PLAIN_SURNAME}${GIVEN}])(?=推荐|邀|说|为|给|提醒|告诉|在|来|陪)`,
  'g',
)

const WORDS =
  /^(?:金秋|周末|高兴|方便|时光|何必|白天|夏天|夏日|秋日|江南|万事|万分|严冬|向来|向往|常常|常来|任何|于是|余生|田园|石榴|高温|龙年|马上|毛衣|武汉|莫忘|莫负|许愿|钟情|安心|夏夜|金风|白露|方才|万物|金卡|常回|高光|何不|任它|任性|许久|向晚|夏至|程序|付款|史上|陆续)/

/** Words that a sentence in English begins with, and what is written with a capital without being a name. */
const CAPITALS =
  /^(?:i|i'm|i'll|i've|dear|hi|hello|hey|happy|qixi|valentine'?s?|christmas|new|year'?s?|ok|sms|code|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|am|pm|reply|stop|t|td)$/i
const SENTENCE_START = /(?:^|[.!?:;\n\u3000-\u9fff，。！？：；、】"“(]|\s[-–—])\s*$/

/** Names in a text that nobody has given, as they stand there. */
export function addedNames(text: string, known: string, values: readonly string[]): string[] {
  const said = plainText(text)
  const given = plainText(known)
  const called = values.filter((value) => value.length <= 4).join('')
  // 小王, 芳芳 and 王女士 are ways to say 王芳.
  const isKnown = (name: string): boolean =>
    given.includes(name) || [...name].some((one) => called.includes(one))
  const found = (pattern: RegExp, group = 1): string[] =>
    [...said.matchAll(pattern)].map((match) => match[group] ?? '').filter((name) => !isKnown(name))
  const opening = OPENING.exec(said)?.[1]
  return [
    ...[FAMOUS, CITIES].flatMap((names) => {
      const name = names.exec(said)?.[0]
      return name === undefined || given.includes(name) ? [] : [name]
    }),
    ...[...said.matchAll(WITHIN)].map((match) => match[1] ?? match[2] ?? '').filter((name) => !isKnown(name)),
    ...found(GOODS, 0).filter((name) => !given.includes(name.replace(/s$/, ''))),
    ...found(INTRODUCED),
    ...found(TITLED).filter((name) => !NO_NAME.test(name)),
    ...found(QUOTED),
    ...found(SALUTED).filter((name) => !EVERYBODY.test(name)),
    ...(opening === undefined || isKnown(opening) || WORDS.test(opening) ? [] : [opening]),
    ...latinNames(text, given),
  ]
}

/** Behind a word, what makes it somebody's name; and words of which it makes none. */
const introduces =
  /^ (?:here|picked|chose|recommends?|suggests?|says|likes|loves|invites?|asked|hopes|will (?:help|be|call|pick|choose|write))\b/
const ANYBODY =
  /^(?:we|you|they|it|she|he|i|who|nothing|something|everyone|everybody|someone|somebody|nobody|anyone|love|life|time|nature|this|that|right|come|is|over)$/i

/** Open variables and addresses; the mark behind them belongs to the sentence. */
const NO_WORDS =
  /\{\{.*?\}\}|(?:https?:\/\/|\b[\w.-]+\.(?:com|cn|net|org|example)\b)\S*?(?=[.,!?]?(?:\s|$)|[\u3000-\u9fff\uff00-\uffef])/gi

/** Words in capitals within a sentence, and any Latin word within Chinese. */
function latinNames(text: string, given: string): string[] {
  const chinese = /[\u4e00-\u9fff]/.test(text)
  const bare = text.replace(NO_WORDS, ' ')
  return [...bare.matchAll(/(?<![A-Za-z0-9_-])[A-Za-z][A-Za-z'’]+(?![A-Za-z0-9_-])/g)].flatMap((match) => {
    const [word] = match
    if (CAPITALS.test(word) || given.includes(plainText(word).replace(/['’]s$/, ''))) return []
    if (chinese) return [word]
    if (!/^[A-Z]/.test(word)) return []
    if (introduces.test(bare.slice(match.index + word.length)) && !ANYBODY.test(word)) return [word]
    const starts = SENTENCE_START.test(bare.slice(0, match.index))
    const next = /^\s+([A-Z][a-z]+)/.exec(bare.slice(match.index + word.length))?.[1]
    const followed = next !== undefined && !CAPITALS.test(next) && !given.includes(plainText(next))
    return starts && !followed ? [] : [word]
  })
}
