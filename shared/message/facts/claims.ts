import { plainUnit } from '../disguise.ts'
import { turnedRelations } from './relations.ts'

/** What a claim would make of a message: an offer, something said of goods or people, a deadline. */
export type ClaimCode = 'added-offer' | 'added-claim' | 'added-date'

type Claim = readonly [code: ClaimCode, pattern: RegExp]

/**
 * Promises and claims in words, those of a line being the same one: a text may make it only where the written text
 * or the facts do. They are looked for in small letters, half width and simplified characters.
 */
const CLAIMS: readonly Claim[] = [
  // What is given
  [
    'added-offer',
    /免费|不要钱|零元|(?<![\d.])0 ?元|不花(?:一分)?钱|白送|for free(?! (?:shipping|delivery))|free of charge|complimentary|at no (?:extra )?cost|on the house|on us\b|(?<!(?:shipping|delivery) is )\bfree(?! (?:to|time|shipping|delivery)\b)(?= |[.,!])/,
  ],
  ['added-offer', /免单|(?<![难避不以未在幸])免(?!得|不了|俗|疫|费|邮|运|息|单)/],
  [
    'added-offer',
    /包邮|免邮|运费|邮费|快递费|邮资|free shipping|free delivery|(?:shipping|delivery) is free|ships? free|postage|(?:shipping|delivery) (?:is )?(?:on us|included|covered)|(?:cover|pay) (?:for )?(?:the |your )?(?:shipping|delivery)|no (?:shipping|delivery)/,
  ],
  [
    'added-offer',
    /买[一二两三1-3]送[一二1-2]|半买半送|买就送|买一得|(?:second|next|another|other) (?:one|item|piece) free|buy one|bogo|two for one|2 for 1|for the price of/,
  ],
  [
    'added-offer',
    /赠|(?:再|加|另|还|额外|随单|附|下单即|下单就|到店即?|多)送|送(?:你|您)?(?:[一1两]?[份个张瓶盒套件只支])|送(?:小样|好礼|礼品|正装|试用|红包|券)|小样|试用装|体验装|伴手礼|好礼相送|惊喜(?:礼|好礼|大礼|小礼)|神秘(?:礼|好礼|大礼|惊喜)|(?:礼|惊喜)[^，。,.！!]{0,6}(?:来拿|来领|领取|带回|拿走|领走)|白(?:拿|领|得)|(?:来|可|免费|到|店)领|领取|有礼(?!貌|数|节)|gift[- ]?wrap|birthday gift|\bgifts? (?:with|included|for you|inside|on top)|free gift|bonus|goodie|\bsamples?\b|extra treat|surprise (?:gift|inside|in)|thrown in|freebie|(?:present|treat|something) from us|something extra|comes with (?:each|every)/,
  ],
  ['added-offer', /返现|返利|返还|返券|cash ?back|rebate|store credit/],
  ['added-offer', /红包|礼金|现金|津贴|补贴|代金|gift card|\bvouchers?\b/],
  [
    'added-offer',
    /抽奖|中奖|大奖|抽取|幸运(?:用户|会员|儿|顾客)|赢取|有机会(?:获|赢|得)|\bwin\b|prizes?\b|\brewards?\b|enter (?:the|our) draw|lucky draw|sweepstakes?|raffle|giveaway/,
  ],
  [
    'added-offer',
    /免息|分期|白条|花呗|先用后付|货到付款|interest[- ]free|instal?lments?|pay later|cash on delivery/,
  ],
  ['added-offer', /以旧换新|回收|换购|trade[- ]in/],
  [
    'added-offer',
    /邀请好友|推荐好友|带朋友|拼团|团购|砍价|助力|分享(?:得|领|即)|refer a friend|bring a friend|group buy/,
  ],
  // What it costs
  [
    'added-offer',
    /半价|对折|五折|对半|(?:砍|省|减|降|便宜)(?:掉|下|了)?一?(?:大)?半|腰斩|half price|half off|half-price|half the price/,
  ],
  [
    'added-offer',
    /秒杀|闪购|一口价|清仓|甩卖|骨折价|白菜价|成本价|出厂价|批发价|内购|员工价|flash sale|clearance|wholesale|at cost\b|employee price|liquidation/,
  ],
  [
    'added-offer',
    /最低价|底价|史低|全年最|历史低|价格(?:最|更)低|lowest price|best price|cheapest|price match|never been lower/,
  ],
  [
    'added-offer',
    /无门槛|不限(?:次|量|额|金额|品类)|全场|全店|通用|首单|新人|新客|立享|尊享|any purchase|no minimum|site-?wide|store-?wide|first order/,
  ],
  [
    'added-offer',
    /满减|满赠|折上折|叠加|额外(?:减|优惠|折)|additional discount|extra (?:discount|savings|off)|stack(?:s|able)?\b/,
  ],
  [
    'added-offer',
    /优惠|折扣|打折|特惠|立减|直减|满 ?\d+[^，。,.]{0,3}减|减 ?\d|(?:再|可|减)免|省钱|立省|(?:省|少付|少花)[一二两三四五六七八九十百千]|让利|促销|(?<!\d )折(?!叠|腾|返|射|扇)|discount|\bdeals?\b|\boffers?\b|\bsales?\b|\bsav(?:e|ings?)\b|reduced|promo(?:tion)?|\boff\b/,
  ],
  [
    'added-offer',
    /特价|降价|(?:直|狂|立|暴|猛)降|再(?:减|降)(?! ?[\d一二两三四五六七八九十百¥￥])|砍价|(?:价格?|费用?)[^，。,.]{0,4}(?:砍|降|劈|跌)|便宜|划算|实惠|超值|(?:跳楼|工厂|亏本|吐血|感恩|福利|惊爆|活动|秒杀|特惠|友情|团购|尾货)价|亏本|会员价|专享价|专属价|早鸟|(?:[省低降减让少惠宜])[一二两三四五六七八九1-9]成|[一二两三四五六七八九1-9]成(?:优惠|折扣)|mark(?:ed)?[- ]?down|special price|member price|early bird|slash|price (?:cut|drop)|cheaper|bargain|unbeatable/,
  ],
  [
    'added-offer',
    /(?:领|发|送|有|用|张|得|给)(?:[^，。！,.!]{0,4})券|优惠券|券码|coupon|口令|暗号|兑换码|\bcodes?\b/,
  ],
  ['added-offer', /双倍|翻倍|翻番|加倍|多倍|double|triple|twice the/],
  [
    'added-offer',
    /(?:送|享|攒|赚|兑|抵|得)[^，。,.]{0,3}积分|积分(?:兑|抵|换|清零|到期)|(?:earn|redeem|bonus|extra)[\w ]{0,12}points|points expire/,
  ],
  ['added-offer', /福利|礼遇|特权|权益|perks?\b|privileges?/],
  ['added-offer', /升级(?:为|成|到|会员|礼)|免费升级|晋升|upgrad(?:e|ed)\b/],
  [
    'added-offer',
    /涨价|调价|恢复原价|原价|price (?:goes|going|will go|increase|rise)|regular price|full price/,
  ],
  // Words of trade that a wish has no use for, whatever stands around them
  [
    'added-offer',
    /(?<![无代等评])价(?!值)|(?<!金)钱|(?<!另)一半|[一两二三]倍|加量|赚|抵扣|(?<!\w)(?:half|third|quarter) (?:the|of|price)|\bpric(?:e|es|ed|ing)\b|(?:two|three|2|3)[- ]for[- ](?:one|two|1|2)/,
  ],
  [
    'added-claim',
    /[货运邮]险|尾货|清空|冷链|物流|快递|配送|发货|直发|就发|拍下|限购|即止|送完|就恢复|回头客|销量|\b(?:courier|dispatch)/,
  ],
  [
    'added-claim',
    /[保包](?:您|你|准|过)|(?<=[我由]们?)负责|(?:可以|可|能|包|支持|随时)退|免责|stand behind|exclusive/,
  ],
  // What is promised
  [
    'added-claim',
    /保证|确保|包(?:你|您)?满意|担保|包(?:退|换|赔)|guarantee|we promise|assured\b|risk[- ]free/,
  ],
  ['added-claim', /承诺|说到做到|we commit/],
  ['added-claim', /保价|差价|假一[赔罚]|[赔罚](?:付|偿|你|您|十|三)|贵就赔|如假包换|compensat/],
  [
    'added-claim',
    /无理由退|全额退|免费退|随时退|退款|退货|退换|不满意(?:就|可|随|包)|不合适(?:就|可|随|包)|无忧退|试用期|send it back|or it(?:'s| is) yours|money[- ]back|refund|returns?\b(?! of)|no questions asked|exchange it/,
  ],
  ['added-claim', /质保|保修|终身|售后无忧|延保|warranty|lifetime|repair/],
  ['added-claim', /正品|真品|原装|保真|官方|授权|百分(?:之)?百|100 ?%|authentic|genuine|original product/],
  [
    'added-claim',
    /次日达|当日达|隔日达|必达|(?:准时|按时)(?:送)?[达到]|前(?:必|可|能|保证|一定)?(?:送达|送到|到手|到货)|(?:明天|次日|隔天|当天)(?:就|即|可)?(?:到|达|送)|arrives? (?:by|before|in|on|tomorrow|today)|delivered (?:by|before|in)|当天发|小时(?:内)?(?:达|发|送)|现货|极速|闪送|闪电发|优先发|马上发货|立即发货|送货上门|上门|顺丰|空运|next[- ]day|same[- ]day|express (?:shipping|delivery)|overnight|priority (?:shipping|delivery|access)|in stock|ships? (?:today|tomorrow|within|immediately)|delivered to your door/,
  ],
  [
    'added-claim',
    /专人|一对一|管家|客服|热线|顾问服务|全天候|随时为|24 ?小时|personal (?:shopper|advisor|consultant|stylist)|concierge|24\/7|around the clock|hotline|call us/,
  ],
  [
    'added-claim',
    /(?:会员|vip)专(?:享|属)|优先(?:购|权|体验|安排|预)|插队|提前(?:购|享|买|抢|预)|内部(?:价|渠道|名额)|特邀|邀请函|入场|early access|vip|invitation[- ]only|exclusive access|skip the line/,
  ],
  // What is said of the goods
  [
    'added-claim',
    /热销|热卖|热抢|疯抢|爆款|畅销|销量|卖(?:断|爆|疯|空|光)|人气|口碑|好评|回购|断货王|网红|种草王|best[- ]?sell|popular|top[- ]rated|\brated\b|reviews?\b|trending|everyone(?:'s| is) |customers love|fan favou?rite|most loved|sold out/,
  ],
  [
    'added-claim',
    /明星|代言|同款|博主|达人|主播|大咖|名人|celebrit|influencer|endorse|as seen (?:on|in)|worn by/,
  ],
  [
    'added-claim',
    /(?:数|上|几|近|超|过|逾)?[十百千万亿](?:余|多)?(?:人|位|名|家|名?用户|顾客|会员)|无数(?:人|顾客|会员|用户)|众多(?:会员|顾客|用户|人)|大家都|人人|thousands|millions|hundreds|countless|so many (?:people|members)/,
  ],
  ['added-claim', /获奖|得奖|金奖|大赏|荣获|award|prize[- ]winning|medal/],
  ['added-claim', /认证|专利|检测|质检|达标|certif|patent|lab[- ]tested|approved|fda/],
  [
    'added-claim',
    /医生|专家|教授|博士|临床|实验|科研|科学|医学|药妆|doctor|dermatolog|expert|clinical|scien(?:ce|tif)|medical|proven|research/,
  ],
  [
    'added-claim',
    /美白|淡斑|祛|抗(?:衰|皱|氧|老)|紧致|减肥|瘦身|燃脂|助眠|安神|失眠|提神|养生|排毒|滋补|治|疗|缓解|改善|修复|增强|免疫|促进|whiten|anti-?aging|wrinkle|slimming|lose weight|sleep better|detox|immun|relieve|\bheal(?:s|ing)?\b|\bcures?\b|boosts?\b|rejuvenat/,
  ],
  [
    'added-claim',
    /天然|有机|无添加|零添加|植物(?:提取|萃取|成分)|环保|可降解|无(?:糖|酒精|香精|硅油|防腐)|敏感肌|孕妇|婴儿(?:可|也)|温和不|低敏|natural|organic|vegan|eco[- ]?friendly|sustainab|recycl|cruelty|hypoallergenic|sugar[- ]free|gluten|additive|non-toxic|safe for/,
  ],
  [
    'added-claim',
    /进口|原产|产自|产地|法国|意大利|日本|德国|瑞士|英国|韩国|澳洲|新西兰|泰国|imported|made in|from (?:france|italy|japan|germany|switzerland)|french|italian|swiss|japanese|german/,
  ],
  [
    'added-claim',
    /手工|匠人|匠心|大师|设计师|定制|刻字|镌刻|非遗|handmade|hand[- ]?crafted|artisan|master|designer|bespoke|custom(?:i[sz]ed|-made)|engrav|personali[sz]ed/,
  ],
  [
    'added-claim',
    /限量|限定|绝版|珍藏|收藏版|联名|稀缺|编号|limited[- ]edition|limited run|collector|collab|numbered|\brare\b/,
  ],
  [
    'added-claim',
    /新品|新款|上新|首发|全新|新增|升级版|升级(?:了|配方)|新配方|new arrival|brand[- ]new|\bnew (?:formula|edition|collection|version|recipe|design)|upgraded version|just launched|first release/,
  ],
  [
    'added-claim',
    /唯一|第一|独家|首家|only brand|only one of its kind|one of a kind|number one|\bno\.? ?1\b|world'?s|leading|finest|unmatched|unrivalled/,
  ],
  [
    'added-claim',
    /真丝|纯银|银饰|九九九|足银|足金|real silver|纯金|18k|黄金|钻石|羊绒|真皮|水晶|翡翠|和田玉|24k|silk|sterling|gold(?!en)|diamond|cashmere|leather|crystal/,
  ],
  ['added-claim', /百年(?!好合|之约|修)|老字号|传承|源自|创立|since \d|family[- ]owned|heritage|founded/],
  ['added-claim', /公益|捐|慈善|植树|donat|charit|plant a tree|proceeds/],
  // What is said of the customer and of where to go
  [
    'added-claim',
    /上次|上回|之前(?:买|购|看|咨询|收藏)|曾(?:经)?(?:买|购)|购物车|收藏夹?|浏览|(?:你|您)(?:问|咨询|看)过|您的订单|last (?:order|purchase|visit|time)|your (?:cart|basket|wish ?list|order)|you (?:bought|viewed|asked|browsed|ordered)|previous(?:ly)?|as requested/,
  ],
  [
    'added-claim',
    /账户|余额|过户|到账|已(?:为您)?(?:发放|存入|充值|激活|扣|升级|锁定|预订|预留)|your account|balance|credited|activated|reserved for/,
  ],
  [
    'added-claim',
    /门店|专柜|旗舰店|实体店|体验店|快闪|线下|到店|商场|广场|stores?\b(?! credit)|boutique|\bcounter\b|pop-?up|\bmall\b|showroom|in person/,
  ],
  [
    'added-claim',
    /直播|小程序|官网|公众号|微信群?|社群|加(?:我|好友)|扫码|二维码|下载|\bapps?\b|livestream|live stream|website|download|scan the|qr code|wechat|instagram|facebook/,
  ],
  ['added-claim', /沙龙|讲座|派对|晚宴|品鉴|活动现场|见面会|workshop|tasting|\bparty\b|\bevent\b|webinar/],
  // How little time or stock there is
  [
    'added-claim',
    /仅剩|只剩|所剩|库存|名额|前[一二两三几十百千\d]+(?:名|位|单|人)|售罄|抢(?:完|光|空|购|先)|先到先得|数量有限|手慢|错过(?:就|再|不再|等)|few left|only (?:a few )?(?:hours|days|minutes)|almost gone|selling (?:out|fast)|while (?:stocks?|supplies) last|limited (?:stock|quantit|number|supply)|only a few|running (?:low|out)|first come|spots?\b|seats?\b/,
  ],
  [
    'added-date',
    /最后(?:一|几|两|三|\d|机会|时刻|冲刺|倒)|倒计时|限时|即将(?:结束|截止|过期|失效|恢复|下架)|马上(?:结束|截止|过期)|快(?:结束|截止|过期|到期)|last (?:chance|day|call|hours?)|final (?:hours?|days?|call|chance)|end(?:s|ing)? soon|limited[- ]time|for a limited|hurry|countdown|expir(?:es?|ing) soon|before it'?s (?:gone|too late)|act (?:now|fast)|don'?t wait|one day only/,
  ],
  [
    'added-date',
    /截止|为止|过期|到期|失效|作废|下架|逾期|deadline|expir|no later than|valid (?:until|through|for)|closes\b/,
  ],
  [
    'added-date',
    /今晚|今夜|今日(?:限|截|内|止|有效)|今天(?:内|截|止|之内|结束|前|最后|就|下单|有效)|(?:限|止|至|到|过了)(?:今|明|当|本)[日天晚夜]|就没了|过时不候|逾期不候|机不可失|当天|凌晨|零点|午夜|tonight|midnight|today only|by the end of (?:the )?day|end of day/,
  ],
  ['added-date', /明天|明日|明晚|后天|tomorrow/],
  [
    'added-date',
    /本周|这周|下周|周末|(?:周|星期|礼拜)[一二三四五六日天]|this week|next week|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day/,
  ],
  [
    'added-date',
    /月底|月末|月初|本月|这个月|下个?月|年底|年末|年前|季末|end of (?:the )?(?:month|year|season)|this month|next month|year-?end/,
  ],
  ['added-date', /全年(?:仅|只|唯)|仅此一|once a year|once in a lifetime|only time/],
]

/** Small, half width, simplified, without what shows nothing. */
export function plainText(text: string): string {
  let plain = ''
  for (const mark of text.replace(/[\p{Cf}\p{Variation_Selector}]/gu, '').split(''))
    plain += String.fromCharCode(plainUnit(mark.charCodeAt(0)))
  return plain
}

/** The claims of a text that what is known does not make. */
export function addedClaims(text: string, known: string): { code: ClaimCode; shown: string }[] {
  const said = plainText(text)
  const given = plainText(known)
  const added = CLAIMS.flatMap(([code, pattern]) => {
    const shown = pattern.exec(said)?.[0]
    return shown === undefined || pattern.test(given) ? [] : [{ code, shown }]
  })
  return [...added, ...turnedRelations(said, given)]
}
