import {
  type CustomerField,
  customerFields,
  entrantFields,
  type ImportField,
  type ImportKind,
  type OrderField,
  orderFields,
  type ProductField,
  productFields,
} from '../../shared/api/imports.ts'

const list = (text: string): readonly string[] => text.trim().split(/\s+/)

/** The order's own number, of which a file of customers has none. */
const orderNumbers = list(`
  orderid 主订单编号 主订单号 父订单号 订单号 订单编号 订单id 单号 交易编号 交易单号 交易号 订单流水号 商城订单号
  ordernumber orderno order# ordernumberformatted ordername order orderreference`)
const paidTimes = list(`
  买家付款时间 订单付款时间 订单支付时间 付款时间 支付时间 支付完成时间 付款完成时间 付款确认时间 付款日期 支付日期
  paidat datepaid paiddate paidon paymentdate paymenttime paytime processedat 成交时间 订单成交时间 交易时间 交易日期`)
const orderTimes = list(`
  下单时间 下单日期 订单时间 订单日期 购买时间 购买日期 订单创建时间 订单提交时间 创建时间 创建日期 拍下时间
  orderedat orderdate ordertime orderedon orderplaced dateordered purchasedate purchasedat createdat datecreated createdon
  created date 日期 时间`)
const ids = list(`
  customerid memberid 客户编号 客户id 客户号 会员号 会员编号 会员id 会员卡号 用户编号 用户id 顾客编号 顾客id 客户代码
  买家id 买家编号 userid buyerid customernumber customerno memberno membernumber customeruser userno
  externaluserid 外部联系人id unionid openid wid 会员名 买家会员名 买家账号 买家帐号 下单账号 下单帐号 客户账号 用户账号 会员账号`)

/** Names of a field as shops' exports write them, the likelier first; case, blanks and marks aside. */
const customerNames = {
  customer_id: [...ids, 'id', 'leid', 'euid', 'username', 'login'],
  name: list(`
      name 姓名 客户姓名 会员姓名 真实姓名 客户名称 顾客姓名 用户姓名 名字 称呼 fullname customername displayname
      客户昵称 会员昵称 用户昵称 昵称 nickname`),
  first_name: list('firstname givenname fname billingfirstname firstnamebilling'),
  last_name: list('lastname surname familyname lname billinglastname lastnamebilling'),
  phone: list(`
      phone 手机号 手机号码 手机 绑定手机 绑定手机号 会员手机 会员手机号 客户手机 客户手机号 用户手机号 买家手机号 买家手机
      注册手机 注册手机号 联系手机 移动电话 联系电话 电话 电话号码 联系方式 mobile mobilephone mobilenumber phonenumber
      cellphone cell smsphonenumber defaultaddressphone billingphone phonebilling tel telephone`),
  email: list(`
      email 邮箱 电子邮箱 电子邮件 邮件地址 邮箱地址 会员邮箱 emailaddress mail useremail customeremail billingemail
      emailbilling contactemail`),
  gender: list('gender 性别 sex 会员性别'),
  birthday: list('birthday 生日 出生日期 出生年月日 会员生日 生日日期 birthdate birth dateofbirth dob'),
  city: list(`
      city 城市 所在城市 常住城市 城市名称 市 所在市 defaultaddresscity billingcity citybilling addresscity shippingcity`),
  registered_at: list(`
      registeredat 注册时间 注册日期 入会时间 入会日期 成为会员时间 成为会员日期 开卡时间 领卡时间 首次添加时间 添加时间
      关注时间 成为客户时间 registrationdate registered userregistered dateregistered signup signupdate signedupat customersince
      joined joinedat joindate createdat datecreated created accountcreated 创建时间 创建日期`),
  timezone: list('timezone 时区 tz'),
  language: list('language 语言 locale languagecode preferredlanguage'),
  tags: list('tags tag 标签 会员标签 客户标签 用户标签 企业标签 个人标签 标签名称 labels customertags'),
  consent_sms: list(`
      consentsms 短信同意 同意短信 短信授权 接收短信 是否接收短信 接受短信 是否接受短信 是否接受短信营销 是否接收营销短信
      是否接受营销短信 短信订阅 是否订阅短信 短信营销 营销短信 允许短信营销 是否允许短信 短信订阅状态
      smsconsent acceptssmsmarketing acceptsmssmsmarketing smsmarketing smsmarketingconsent smsmarketingstatus smsoptin
      smssubscribed smssubscriptionstatus smsmarketingconsentstate`),
  consent_email: list(`
      consentemail 邮件同意 同意邮件 邮件授权 接收邮件 是否接收邮件 接受邮件 是否接受邮件 是否接受邮件营销 是否接收营销邮件
      邮件订阅 是否订阅邮件 邮件营销 营销邮件 允许邮件营销 邮件订阅状态
      emailconsent acceptsemailmarketing acceptsmarketing emailmarketing emailmarketingconsent emailmarketingstatus emailoptin
      emailsubscribed emailsubscriptionstatus emailmarketingconsentstate emailstatus 邮件状态 邮箱状态 newsletter
      newslettersubscribed newsletterstatus subscribed`),
  opted_in_email: list('optedinemail optintime emailoptintime emailoptedinat optindate'),
  unsubscribed_sms: list(`
      unsubscribedsms 短信退订 是否退订短信 退订短信 短信退订时间 是否拒收短信 拒收短信 smsoptout smsoptedout smsunsubscribedat
      hasoptedoutofsms donotsms donottext`),
  unsubscribed_email: list(`
      unsubscribedemail 邮件退订 是否退订邮件 退订邮件 邮件退订时间 是否拒收邮件 拒收邮件 unsubtime cleantime emailoptout
      emailoptedout emailunsubscribedat hasoptedoutofemail donotemail`),
  consent: list(`
      consent 营销授权 是否接受营销 是否同意营销 是否允许营销 同意营销 接受营销 营销许可 接收营销信息 是否接收营销信息 营销订阅
      订阅状态 是否订阅 会员订阅状态 subscriptionstatus optin optedin optinstatus marketingoptin marketingconsent marketingstatus
      acceptsmarketingcommunications marketingallowed issubscribed`),
  unsubscribed: list(`
      unsubscribed unsubscribedat unsubscribedate optout optedout optoutdate optedoutat donotcontact donotmarket dnc dnd suppressed
      退订 是否退订 已退订 退订时间 退订日期 退订状态 拒收 是否拒收 免打扰 是否免打扰 勿扰 是否勿扰 拒绝营销 是否拒绝营销 黑名单
      是否黑名单 是否拉黑 拉黑`),
} as const satisfies Record<CustomerField, readonly string[]>

const orderNames = {
  order_id: [...orderNumbers, 'id'],
  customer_id: [...ids, ...list('买家昵称 客户昵称 会员昵称 用户昵称 昵称 username')],
  phone: list(`
      买家手机号 买家手机 买家电话 下单人手机 下单人手机号 下单手机号 会员手机 会员手机号 客户手机 客户手机号 用户手机号 customerphone
      billingphone phonebilling phone 手机号 手机号码 手机 联系手机 联系电话 电话 电话号码 mobile phonenumber
      收货人手机号 收货人手机 收货人电话 收件人手机号 收件人手机 收件人电话 收货人手机号提货人手机号 shippingphone phoneshipping
      receiverphone`),
  email: list(`
      email 买家邮箱 邮箱 电子邮箱 会员邮箱 客户邮箱 customeremail billingemail emailbilling emailaddress contactemail buyeremail`),
  name: list(`
      买家姓名 客户姓名 会员姓名 下单人姓名 下单人 姓名 billingname customername buyername customer name fullname`),
  first_name: list('firstname customerfirstname billingfirstname firstnamebilling'),
  last_name: list('lastname customerlastname billinglastname lastnamebilling'),
  ordered_at: ['orderedat', ...paidTimes, ...orderTimes],
  created_at: orderTimes,
  amount: list(`
      amount 买家实际支付金额 实际支付金额 订单实付金额 实付金额 用户实付金额 买家实付金额 实付款 实付 实际付款金额 实收金额 商家实收金额
      支付金额 付款金额 已付金额 实际金额 totalpaid amountpaid paidamount paid total ordertotal ordertotalamount totalamount
      grandtotal totalprice ordertotalprice 成交金额 订单应付金额 用户应付金额 买家应付金额 应付金额 结算金额 订单金额 orderamount ordervalue 交易金额
      订单总金额 订单总额 金额 总金额 总额 总价 合计金额 netsales revenue 买家应付货款`),
  refunded: list(`
      refunded refundedamount refundamount amountrefunded totalrefunded refundedtotal refundtotal orderrefundamount refunds
      退款金额 已退款金额 已退金额 累计退款金额 实际退款金额 退款总额 成功退款金额 订单退款金额 退款总金额`),
  currency: list('currency 币种 货币 货币代码 currencycode ordercurrency 结算币种'),
  state: list(`
      state 订单状态 交易状态 支付状态 付款状态 订单交易状态 状态 financialstatus orderstatus paymentstatus status`),
  refund_state: list(
    'refundstate 退款状态 售后状态 退货退款状态 退款退货状态 是否退款 售后服务 refundstatus returnstatus',
  ),
  cancelled_at: list(
    'cancelledat canceledat cancelledon canceledon 取消时间 订单取消时间 交易关闭时间 订单关闭时间',
  ),
  item_title: list(`
      itemtitle lineitemname lineitemtitle itemname productname producttitle 商品名称 宝贝标题 宝贝名称 商品标题 商品 选购商品
      货品名称 sku名称 全部商品名称 product title item`),
  item_sku: list(`
      itemsku lineitemsku productsku sku 商家编码 商品编码 规格编码 商品货号 货号 sku编码 skuid 规格id 外部系统编号`),
  item_quantity: list(`
      itemquantity lineitemquantity quantity qty quantityrefund 商品数量 购买数量 订购数量 成交数量 sku件数 商品件数 数量 件数`),
  item_price: list(`
      itemprice lineitemprice itemcost unitprice price 商品单价 单价 商品价格 宝贝价格 成交单价 京东价`),
  consent_email: list('consentemail acceptsmarketing acceptsemailmarketing buyeracceptsmarketing'),
  net: list(
    'net netamount nettotal totalnet amountexcltax totalexcltax 不含税金额 未税金额 不含税总额 税前金额',
  ),
  tax: list(
    'tax taxes taxamount totaltax ordertax ordertaxamount ordertotaltaxamount vat vatamount 税额 税费 税金 订单税费',
  ),
  shipping: list(`
      shipping shippingcost shippingamount shippingtotal totalshipping ordershipping ordershippingamount shippingfee
      deliveryfee postage freight 运费 邮费 快递费 配送费 运费金额 订单运费 买家应付邮费`),
  discount: list(`
      discount discountamount discounttotal totaldiscount orderdiscount cartdiscount cartdiscountamount orderdiscountamount
      优惠金额 折扣金额 优惠总额 订单优惠金额 店铺优惠金额 优惠总金额`),
  item_discount: list(
    'itemdiscount lineitemdiscount linediscount itemdiscountamount 商品优惠金额 单品优惠金额 商品折扣金额',
  ),
  item_tax: list('itemtax lineitemtax linetax itemtaxamount itemtotaltax 商品税额'),
  item_refunded: list('itemrefunded itemrefund lineitemrefunded itemrefundamount 商品退款金额 单品退款金额'),
  item_refunded_quantity: list(`
      itemrefundedquantity itemrefundquantity lineitemrefundedquantity refundedquantity refundquantity returnedquantity
      商品退款数量 单品退款数量 退款数量 退货数量 已退数量 退款件数 退货件数`),
} as const satisfies Record<OrderField, readonly string[]>

const productNames = {
  product_id: list(
    'productid sku 商品编号 商品编码 商品id 货号 商家编码 sku编码 skuid variantsku productsku itemid id',
  ),
  title: list('title 商品名称 商品标题 商品名 宝贝标题 producttitle productname itemname name 名称 标题'),
  price: list('price 价格 售价 单价 销售价 商品价格 标价 variantprice regularprice saleprice unitprice'),
  stock: list(
    'stock 库存 库存数量 库存量 可售库存 可用库存 inventory stockquantity variantinventoryqty instock qty quantity 数量',
  ),
  category: list('category 分类 类目 商品分类 商品类目 品类 categories producttype productcategory'),
  image: list('image 图片 主图 商品图片 商品主图 图片链接 imageurl imagesrc images picture'),
  link: list('link url 链接 商品链接 网址 productlink producturl permalink'),
} as const satisfies Record<ProductField, readonly string[]>

type FieldNames = readonly (readonly [ImportField, readonly string[]])[]

/** Fields of a kind in the order in which columns are given out, with the names of each. */
export const namesOf: Readonly<Record<ImportKind, FieldNames>> = {
  customers: customerFields.map((field) => [field, customerNames[field]]),
  orders: orderFields.map((field) => [field, orderNames[field]]),
  products: productFields.map((field) => [field, productNames[field]]),
  entrants: entrantFields.map((field) => [field, customerNames[field]]),
}

const out =
  '退订|取消订阅|拒收|拒绝|勿扰|免打扰|unsub|opt(?:ed)?out|donot(?:text|sms|email|mail|contact)|suppress'
const agreed =
  '同意|授权|许可|接受|接收|允许|订阅|consent|opt(?:ed)?in|subscri|accepts|(?:email|sms)(?:marketing)?status'
/** What is said about a consent or a refusal, and is none itself. */
const about =
  '原因|理由|来源|渠道|操作人|号码?$|时段|reason|campaign|source|method|level|comment|number|ip$|hours|by$'
const when = '时间|日期|date|time|edat$|edon$'
const refusing = (way: string) => new RegExp(`^(?!.*(?:${about}))(?=.*(?:${way}))(?=.*(?:${out}))`)
const agreeing = (way: string) =>
  new RegExp(`^(?!.*(?:${out}|${about}|${when}))(?=.*(?:${way}))(?=.*(?:${agreed}))`)
/** Consent is looked for in any name: a refusal that nobody sees is worse than a column taken for too much. */
const consentWords = {
  unsubscribed_sms: [refusing('短信|sms|text')],
  unsubscribed_email: [refusing('邮件|邮箱|email|mail')],
  consent_sms: [agreeing('短信|sms|text')],
  consent_email: [agreeing('邮件|邮箱|email|mail|newsletter')],
  unsubscribed: [refusing(''), /黑名单|拉黑|blacklist|blocklist/],
  consent: [agreeing('营销|推广|促销|marketing|promo')],
} satisfies Partial<Record<ImportField, readonly RegExp[]>>

/** Whether a name speaks of consent to marketing, or of a refusal. */
export const saysConsent = (name: string): boolean => {
  const bare = bareName(name)
  return (
    !meansElse(bare) &&
    Object.values(consentWords)
      .flat()
      .some((word) => word.test(bare))
  )
}

/** Words in a name by which a field is known where no name is, the likelier first. */
const words: Readonly<Record<ImportKind, Readonly<Partial<Record<ImportField, readonly RegExp[]>>>>> = {
  customers: {
    customer_id: [/(?:会员|客户|用户|顾客)(?:编?号|id|卡号|代码)$/],
    name: [/姓名$/],
    phone: [/手机/, /电话/, /(?:mobile|phone)(?:number|no)?$/],
    email: [/邮箱/, /email(?:address)?$/],
    birthday: [/生日|出生/, /birthda(?:y|te)$/],
    registered_at: [/(?:注册|入会|加入|开卡|领卡)(?:时间|日期)/],
    tags: [/标签$/],
    ...consentWords,
  },
  orders: {
    order_id: [/(?:订单|交易)(?:编?号|id|单号)$/, /^order(?:no|number|id)/],
    customer_id: [/(?:会员|客户|用户|顾客|买家)(?:编?号|id|账号|帐号)$/],
    phone: [/(?:买家|会员|客户|用户|下单人).*(?:手机|电话)/, /(?:mobile|phone)(?:number|no)?$/],
    email: [/邮箱/, /email(?:address)?$/],
    ordered_at: [/(?:付款|支付)(?:完成|成功)?(?:时间|日期)/, /(?:下单|创建|提交|购买|成交)(?:时间|日期)/],
    amount: [
      /实付|实收|实际(?:支付|付款)/,
      /(?:支付|付款|应付|成交)金额/,
      /订单.*金额|订单总/,
      /^(?:grand|order)total/,
    ],
    refunded: [/退款.*金额|已退/],
    state: [/订单.*状态|交易状态/, /^order.*status/],
    item_title: [/商品(?:名称|标题)|宝贝标题/, /product(?:name|title)$/],
  },
  products: {},
  entrants: {
    customer_id: [/(?:会员|客户|用户|顾客)(?:编?号|id|卡号|代码)$/],
    phone: [/手机/, /电话/, /(?:mobile|phone)(?:number|no)?$/],
    email: [/邮箱/, /email(?:address)?$/],
  },
}
/** What makes a name one of something else than the field's. */
const otherwise =
  /^(?:商品|单品).*金额|运费|邮费|税|积分|优惠|折扣|单价|数量|次数|件数|备注|地址|验证|备用|紧急|推荐|shipping|tax|discount|count|quantity|qty|verified/

/** The words of a field, to be looked for in a name without blanks and marks that does not mean else. */
export const wordsOf = (kind: ImportKind, field: ImportField): readonly RegExp[] => words[kind][field] ?? []
export const meansElse = (plain: string): boolean => otherwise.test(plain)

/** A header's name as the table writes it: letters small, without blanks and marks. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.\-/*:"'()[\]【】“”]/g, '')
}

/** The same without the unit or the note that stands in brackets behind a name. */
export function bareName(name: string): string {
  return plainName(
    name
      .normalize('NFKC')
      .replace(
        /\((?:元|件|¥|\$|[A-Z]{3}|(?:inc|incl|ex|excl)\.? tax|必填|选填|可选|含税|不含运费)\)\s*$/i,
        '',
      ),
  )
}

/** Names of the order's number: what tells a file of orders. */
export const orderNumberNames: ReadonlySet<string> = new Set(orderNumbers)

/** Every name that some export gives to a column of either kind. */
export const knownNames: ReadonlySet<string> = new Set(
  [namesOf.customers, namesOf.orders].flatMap((fields) =>
    fields.flatMap(([field, names]) => [plainName(field), ...names]),
  ),
)

/** Names of the time of payment, which an order that was not paid has none of. */
export const paidTimeNames: ReadonlySet<string> = new Set(paidTimes)
