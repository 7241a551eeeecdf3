/**
 * What replies are made of. `demand` asks to be left alone, wherever it stands; `weak` does so only by itself,
 * as it means other things in a sentence; `code` is a letter that opt-out words ask for; `curt` may or may not
 * be meant so; `filler` says nothing for or against.
 */
export const pieceKinds = ['demand', 'curt', 'code', 'weak', 'filler'] as const
export type PieceKind = (typeof pieceKinds)[number]

const no =
  '(?:不要|不用|不必|不需要|不准|不许|不得|无需|无须|(?<![分特区个性级类识鉴辨告])别|勿|莫|甭|唔好|咪)'
const again =
  '(?:再|在|老|总|总是|一直|天天|每天|整天|继续|乱|瞎|随便|经常|给我|跟我|向我|对我|往我这|用短信|老是|(?:给|向|对|往|朝)(?:我|我的|本|此|该|这个|这)*(?:手机号码|手机号|手机|号码|号|机|人|邮箱))*'
/** What is sent, so that 发货, 发票 and 发错 are no messages. */
const sent =
  '(?=$|\\s|了|我|给我|来|过来|这|那|些|任何|所有|短信|短讯|信息|消息|讯息|简讯|微信|邮件|电邮|广告|推送|推广|通知|垃圾|骚扰|营销|促销|活动|此|东西|优惠|链接|内容|啦|吧|啊|呀|哈|嘛|吗|么|到我|谢|td)'
const goods = '(?!单|金|货|房|票|机票|车票|门票|酒店|款|费|餐|桌|座|位)'
const word = (text: string) => `(?<![a-z0-9])(?:${text})(?![a-z0-9])`
const kinds =
  '(?:texts?|texting|messages?|messaging|msgs?|e ?mails?|e ?mailing|sms|spam(?:s|ming)?|ads?|stuff|mails?)'

/** Patterns over folded text: half-width, lower case, simplified, marks and emoji as blanks. */
export const pieces = {
  demand: [
    `(?<!不|别|没|没有|未|不想|不要|不会|不用|先别)退订${goods}`,
    '退定(?=$|\\s|短信|了|谢)',
    '退阅|退丁|退钉',
    '取消(?:订阅|推送|短信|发送|接收|通知|短讯|邮件|营销|广告)',
    '(?:拒收|拒绝接收|拒绝接受|拒接)(?!快递|包裹|货|件|订单|退款|后|商品)',
    '拒绝(?=骚扰|推销|广告|推送|短信|营销|$)',
    '(?:停止|停|终止|暂停|中止)(?:再|继续|向我|给我|对我|往我手机)*(?:发送|推送|发|接收|订阅|骚扰|营销|短信|给我发|传送|寄送|群发)',
    '停止(?=$|\\s|吧|谢)',
    `${no}${again}(?:发送|传送|推送|群发|转发|寄送|寄|传)${sent}`,
    `${no}${again}发${sent}`,
    `${no}${again}推(?:销|送|广|荐)?(?=$|\\s|了|啦|吧|给我|短信|广告)`,
    '谢绝(?:推销|打扰|骚扰|广告|营销|来电|短信)',
    '(?:撤回|撤销|收回)(?:我的|授权|短信|营销)*同意|不同意(?:接收|再接收|发送|推送)',
    `${no}${again}(?:骚扰|打扰|烦|吵|来烦|扰)(?:我|人|了|$|\\s)?`,
    `${no}${again}(?:联系|联络|打电话|找|来短信|来信息|来消息)(?=$|\\s|我|了|给)`,
    `${no}${again}(?:send|text)`,
    '请勿(?:扰|打扰)',
    `不(?:想|愿|愿意|希望|喜欢|要|再|想要)${again}(?:收到|接收|接受|收取|看到|看见|收|被打扰|被骚扰)(?!货|快递|包裹|件)`,
    '不(?:再)?(?:接收|接受)(?=短信|广告|推送|营销|任何|你|邮件|$|\\s)',
    '不收(?=短信|广告|了|$)',
    '不需要(?:再)?(?:这些|这种|这类|此类|你们的|你们)?(?:发|推送|短信|信息|广告|推广|这种短信|这些短信)',
    `(?:把|将)我(?:的)?(?:手机号码|手机号|号码|电话|邮箱|名字|联系方式|信息)?(?:从)?(?:你们|贵司|的|群发|短信|营销|邮件|发送|推送|会员)*(?:名单|列表|库|系统|数据库|通讯录)?(?:里面|里|中|上)?(?:删除|删掉|删了|删|移除|移出|去掉|剔除|拉黑)`,
    '(?:删除|删掉|移除|清除)我(?:的)?(?:手机号码|手机号|号码|电话|邮箱|联系方式|信息|资料|个人信息)?(?=$|\\s|了|吧|谢)',
    '再(?:给我|敢|乱|骚扰|来)*(?:发|骚扰|打扰|烦)(?:短信|信息|消息|广告|我|了|过来)*(?:就|我就|我|直接|一律|立刻|马上)*(?:投诉|举报|报警|拉黑|告|起诉|屏蔽)',
    '(?:拉黑|屏蔽)(?:你|你们|了|$|\\s)',
    '(?:解除|退出|关闭|关掉|停掉|停用|注销)(?:订阅|推送|短信|消息推送|通知|营销|广告|邮件)(?!吗|么)',
    '把(?:你们的?|这些?|这个)?(?:短信|推送|广告|通知|邮件)(?:都|给我|全)*(?:关|停|退)(?:了|掉|闭)',
    'tui ?ding',
    word('sto+p+ ?(?:all|2 ?end|now)'),
    word('un ?su[bs]*c?ri[bp]e?(?:d|s)?|un ?sub'),
    word('opt(?:ing)? ?(?:me ?)?out'),
    word(
      `(?:stop|quit|cease) (?:all |any |the |these |those |your |my )*(?:sending|texting|messaging|e ?mailing|mailing|spamming|contacting|bothering|calling|writing|harassing)(?: me)?(?: ${kinds})?`,
    ),
    word(
      `(?:stop|cancel|end) (?:all |any |the |these |those |this |your |my |with |receiving |getting )*${kinds}`,
    ),
    word(
      `(?:do not|don t|dont|never|no longer|stop) (?:ever |please )?(?:text|message|e ?mail|contact|send|write|call|bother|spam|ping|disturb)(?: to| me)*`,
    ),
    word(`no more (?:of )?(?:these |this |those |your )*${kinds}`),
    word('(?:no longer|do not|don t|dont) (?:wish|want) to (?:receive|get|see|hear)'),
    word('(?:withdraw|revoke|retract)(?: my| the)? consent'),
    word(
      'remove me|take (?:me|(?:my|this) (?:number|e ?mail|phone)) off|lose my number|delete (?:me|my (?:number|e ?mail|phone|data|contact))|remove my (?:number|e ?mail|phone)|get me off',
    ),
    word('leave me alone'),
    word(`(?:turn|switch) off (?:all |the |these |your )*(?:notifications?|marketing|${kinds})`),
    word('(?:do not|don t|dont) consent'),
    word(
      `(?:do not|don t|dont) want (?:to (?:get|receive|see|hear) )?(?:any |more |these |those |your |from you )*(?:${kinds}|from you|anything)`,
    ),
  ],
  curt: [
    '不要了?(?=$|\\s|谢)|不需要了?|不再需要|不发了?(?=$|\\s)|注销|不用了?(?=$|\\s|谢)|没兴趣|没有兴趣|不感兴趣|取消关注|取关|取消(?=$|\\s|吧|谢)|退(?=$|\\s|吧|了|谢)|退出|解订|取订|放过我?',
    `(?:怎么|为什么|为啥|干嘛|干吗)?还(?:在|给我|一直|要|敢)*发${sent}`,
    word(`no ${kinds}`),
    '不要(?:垃圾|骚扰|广告|营销|你们的?|这种|这些)*(?:短信|信息|广告|消息|邮件)',
    '滚(?:开|蛋|远点)?|烦死(?:了|人)?|烦不烦|真烦|太烦了?|好烦|烦人|有完没完|(?:垃圾|骚扰|广告)(?:短信|信息|消息|邮件)|投诉(?=$|\\s|你|了)|举报(?=$|\\s|你|了)|停(?=$|\\s|吧|了)|够了|打错了?|发错人了?|不是本人|号码换人了?|你是谁|不认识你?',
    word(
      'no(?:pe)?(?: thanks| thank you| thx)?|not interested|wrong (?:number|person)|go away|fuck off|piss off|f off|enough|spam|who is this|cancel (?:my |the |this )?(?:subscription|membership)|cease',
    ),
  ],
  code: [word('(?:t ?d ?)+|t|n|d|r|qx')],
  weak: [word('sto+p+|s ?t ?o ?p|st0p|5top|(?<!the )end|quit|cancel|revoke|remove|discontinue')],
  filler: [
    '我|你们?|您|贵司|咱们?|本人|本号|这个|那个|这种|那种|这些|那些|这类|此类|这|那|此|所有|任何|全部|一切|的|地|了|吧|啊|呀|哦|哈|呢|啦|嘛|噢|额|嗯|哎|唉|喂',
    '短信|短讯|信息|消息|讯息|简讯|邮件|电子邮件|电邮|推送|通知|广告|营销|推广|推销|促销|垃圾|骚扰|内容|东西|服务|订阅|活动|手机号码|手机|号码|电话|邮箱',
    '请|麻烦|拜托|求求|求|谢谢|多谢|感谢|谢了|谢|烦|你好|您好|辛苦|不好意思|抱歉|再见|再|也|就|都|还|以后|今后|往后|从今|马上|立刻|立即|赶紧|赶快|尽快|快点|快|现在|真的|已经|要求|申请|我要|我想|想|要|需要|希望|强烈|坚决|帮我|帮忙|回复|回|发送|发|给|到|和|跟|来|一下|下|好的?|可以|行|ok|收到|从|名单|中|里',
    word(
      'please|pls|plz|thanks|thank|thx|tks|ty|you|u|hi|hello|hey|now|immediately|me|my|i|im|m|want|would|like|id like|i d like|to|the|your|this|these|those|that|all|any|more|from|of|off|list|lists|number|phone|mailing|mail|emails?|texts?|messages?|sms|spam|marketing|promo(?:s|tions?)?|promotional|notifications?|again|anymore|ever|okay|sir|madam|guys|sorry|kindly|just|and|it|so|right|away|at once|asap|on|us|with|for|said|told|can|could|will|if|database|system|records?|contacts?|very|much|lot|seriously|ever|got|already|everything',
    ),
  ],
} as const satisfies Record<PieceKind, readonly string[]>

/** Traditional characters that occur in the patterns, and their simplified ones. */
const traditional =
  '訂閱發別請謝簡訊傳資煩擾電郵關銷還給廣聯繫絕騷單這們為讓複條後號碼個會員無須準許對濫從將刪貴營屬內東務舉報壞滾遠夠錯認識誰興減種類麼嗎遞貨開網頁繼續亂隨經來過黑屏蔽係絡區級鑒鑑總機動優鏈門車費沒釘終暫轉權話願歡見庫統數據錄裡裏強訴麽爲幹幫復緊現馬羣額盡'
const simplified =
  '订阅发别请谢简讯传资烦扰电邮关销还给广联系绝骚单这们为让复条后号码个会员无须准许对滥从将删贵营属内东务举报坏滚远够错认识谁兴减种类么吗递货开网页继续乱随经来过黑屏蔽系络区级鉴鉴总机动优链门车费没钉终暂转权话愿欢见库统数据录里里强诉么为干帮复紧现马群额尽'
const simple = new Map([...traditional].map((character, at) => [character, [...simplified][at] ?? character]))

/** Letters that are drawn as signs, of which each block begins with an A: 🅐, 🅰, and those that make flags. */
const drawn = [0x1f150, 0x1f170, 0x1f1e6]

function letterOf(sign: string): string {
  const point = sign.codePointAt(0) ?? 0
  const first = drawn.find((start) => point >= start && point < start + 26)
  return first === undefined ? sign : String.fromCharCode(0x61 + point - first)
}

/** What stands between two characters of one word only to hide it. */
const between =
  /(?<=\p{Script=Han})(?:\s|[.·*\-_~|/\\+^'"`=#&•・‧﹡※]|\p{Extended_Pictographic}|[\p{Cf}\p{Default_Ignorable_Code_Point}])+(?=\p{Script=Han})/gu

/** Text as the patterns expect it. */
export function foldedReply(text: string): string {
  return (
    [...text.normalize('NFKC').toLowerCase()]
      .map((character) => simple.get(character) ?? letterOf(character))
      .join('')
      .replace(between, '')
      .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
      // The t of can't and the d of I'd are no letters by themselves.
      .replace(/(?<=\b(?:ca|wo|is|are|did|does|could|would)n)['’‘´`](?=t\b)/g, '')
      .replace(/(?<=\b(?:i|you|we|he|she|they))['’‘´`](?=d\b)/g, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  )
}
