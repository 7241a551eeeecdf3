import type { LocalText } from '../text.ts'

/** What a property of an event is; money is in minor units. */
export const propertyTypes = ['text', 'number', 'money', 'yes_no', 'list', 'object'] as const
export type PropertyType = (typeof propertyTypes)[number]

export interface StandardEvent {
  readonly words: LocalText
  /** Properties by which conditions and texts can count on it; others are taken too. */
  readonly properties: Readonly<Record<string, PropertyType>>
}

const product = {
  sku: 'text',
  title: 'text',
  product: 'text',
  category: 'text',
  price: 'money',
} as const satisfies StandardEvent['properties']
const items = { items: 'list' } as const satisfies StandardEvent['properties']
const page = {
  url: 'text',
  title: 'text',
  referrer: 'text',
  product: 'text',
  category: 'text',
  seconds: 'number',
} as const satisfies StandardEvent['properties']
const registration = { source: 'text', channel: 'text' } as const satisfies StandardEvent['properties']
const coupon = {
  code: 'text',
  coupon: 'text',
  kind: 'text',
  journey_id: 'text',
  node: 'text',
} as const satisfies StandardEvent['properties']
const referral = { referral: 'text', code: 'text' } as const satisfies StandardEvent['properties']
const points = {
  points: 'number',
  change: 'number',
  balance: 'number',
  reason: 'text',
  order_id: 'text',
  journey_id: 'text',
  node: 'text',
} as const satisfies StandardEvent['properties']
const message = { channel: 'text', message_id: 'text' } as const satisfies StandardEvent['properties']

/**
 * Events under the names that the field gives them, with the properties that each bears. Any other name, and any other
 * property, is taken as it comes; a page lists what has come.
 */
export const standardEvents = {
  page_viewed: {
    words: { 'zh-CN': '浏览页面', en: 'page viewed' },
    properties: page,
  },
  page_view: {
    words: { 'zh-CN': '浏览页面', en: 'page view' },
    properties: page,
  },
  product_viewed: { words: { 'zh-CN': '浏览商品', en: 'product viewed' }, properties: product },
  product_added: {
    words: { 'zh-CN': '加入购物车', en: 'product added' },
    properties: { ...product, quantity: 'number' },
  },
  add_to_cart: {
    words: { 'zh-CN': '加购', en: 'add to cart' },
    properties: { ...product, quantity: 'number' },
  },
  product_removed: {
    words: { 'zh-CN': '移出购物车', en: 'product removed' },
    properties: { ...product, quantity: 'number' },
  },
  product_favorited: { words: { 'zh-CN': '收藏商品', en: 'product favourited' }, properties: product },
  cart: { words: { 'zh-CN': '购物车', en: 'cart' }, properties: items },
  cart_viewed: { words: { 'zh-CN': '查看购物车', en: 'cart viewed' }, properties: items },
  checkout_started: {
    words: { 'zh-CN': '开始结算', en: 'checkout started' },
    properties: { ...items, coupon: 'text' },
  },
  payment_failed: {
    words: { 'zh-CN': '支付失败', en: 'payment failed' },
    properties: { order_id: 'text', reason: 'text' },
  },
  order: {
    words: { 'zh-CN': '下单', en: 'order' },
    properties: {
      ...items,
      product: 'text',
      categories: 'list',
      store: 'text',
      coupon: 'text',
      coupon_code: 'text',
      coupon_codes: 'list',
      net: 'money',
      tax: 'money',
      shipping: 'money',
      discount: 'money',
      status: 'text',
    },
  },
  refund: {
    words: { 'zh-CN': '退款', en: 'refund' },
    properties: { order_id: 'text', reason: 'text', lines: 'list' },
  },
  order_shipped: {
    words: { 'zh-CN': '订单发货', en: 'order shipped' },
    properties: { order_id: 'text', carrier: 'text', tracking: 'text' },
  },
  order_delivered: {
    words: { 'zh-CN': '订单签收', en: 'order delivered' },
    properties: { order_id: 'text' },
  },
  product_reviewed: {
    words: { 'zh-CN': '评价商品', en: 'product reviewed' },
    properties: { ...product, rating: 'number', text: 'text' },
  },
  searched: { words: { 'zh-CN': '搜索', en: 'searched' }, properties: { query: 'text', results: 'number' } },
  signed_up: { words: { 'zh-CN': '注册', en: 'signed up' }, properties: registration },
  registered: { words: { 'zh-CN': '注册', en: 'registration' }, properties: registration },
  member_registered: {
    words: { 'zh-CN': '注册会员', en: 'member registration' },
    properties: registration,
  },
  logged_in: { words: { 'zh-CN': '登录', en: 'logged in' }, properties: { source: 'text' } },
  app_open: {
    words: { 'zh-CN': '打开应用', en: 'app open' },
    properties: { source: 'text', platform: 'text' },
  },
  shared: { words: { 'zh-CN': '分享', en: 'shared' }, properties: { url: 'text', to: 'text' } },
  form_submitted: { words: { 'zh-CN': '提交表单', en: 'form submitted' }, properties: { form: 'text' } },
  wecom_friend_added: {
    words: { 'zh-CN': '加企微好友', en: 'WeCom friend added' },
    properties: { source: 'text', state: 'text', staff: 'text', user_id: 'text' },
  },
  wecom_friend_removed: {
    words: { 'zh-CN': '删除企微好友', en: 'WeCom friend removed' },
    properties: { staff: 'text', user_id: 'text', by: 'text' },
  },
  wechat_followed: {
    words: { 'zh-CN': '关注公众号', en: 'WeChat account followed' },
    properties: { source: 'text' },
  },
  wechat_unfollowed: {
    words: { 'zh-CN': '取消关注公众号', en: 'WeChat account unfollowed' },
    properties: {},
  },
  wechat_scanned: {
    words: { 'zh-CN': '扫公众号二维码', en: 'QR code of the WeChat account scanned' },
    properties: { source: 'text' },
  },
  wechat_menu_clicked: {
    words: { 'zh-CN': '点公众号菜单', en: 'menu of the WeChat account pressed' },
    properties: { key: 'text', url: 'text' },
  },
  wechat_message: {
    words: { 'zh-CN': '给公众号发消息', en: 'wrote to the WeChat account' },
    properties: { type: 'text', text: 'text' },
  },
  referral_invited: {
    words: { 'zh-CN': '邀请成功带来一人', en: 'somebody came in by their invitation' },
    properties: { ...referral, count: 'number' },
  },
  referral_joined: {
    words: { 'zh-CN': '受邀加入', en: 'came in by an invitation' },
    properties: referral,
  },
  referral_rewarded: {
    words: { 'zh-CN': '获得邀请奖励', en: 'rewarded for an invitation' },
    properties: { ...referral, role: 'text', count: 'number', coupon: 'text', coupon_code: 'text' },
  },
  referral_held: {
    words: { 'zh-CN': '邀请待核对', en: 'invitation held' },
    properties: { ...referral, reason: 'text' },
  },
  points_earned: { words: { 'zh-CN': '获得积分', en: 'points earned' }, properties: points },
  points_spent: { words: { 'zh-CN': '使用积分', en: 'points spent' }, properties: points },
  points_expiring: {
    words: { 'zh-CN': '积分快过期', en: 'points lost soon' },
    properties: { points: 'number', balance: 'number', expires_at: 'text' },
  },
  points_expired: { words: { 'zh-CN': '积分过期', en: 'points lost' }, properties: points },
  points_adjusted: { words: { 'zh-CN': '调整积分', en: 'points adjusted' }, properties: points },
  coupon_claimed: {
    words: { 'zh-CN': '领券', en: 'coupon handed out' },
    properties: coupon,
  },
  coupon_unused: {
    words: { 'zh-CN': '券快到期未用', en: 'coupon still unused' },
    properties: { ...coupon, expires_at: 'text' },
  },
  coupon_expired: {
    words: { 'zh-CN': '券过期未用', en: 'coupon expired' },
    properties: coupon,
  },
  coupon_redeemed: {
    words: { 'zh-CN': '用券', en: 'coupon redemption' },
    properties: { code: 'text', order: 'text', order_id: 'text' },
  },
  coupon_refused: {
    words: { 'zh-CN': '用券无效', en: 'coupon refused' },
    properties: { code: 'text' },
  },
  message_delivered: { words: { 'zh-CN': '消息送达', en: 'delivery' }, properties: message },
  message_opened: { words: { 'zh-CN': '打开消息', en: 'open' }, properties: message },
  message_clicked: {
    words: { 'zh-CN': '点击消息', en: 'click' },
    properties: { ...message, url: 'text' },
  },
  message_replied: {
    words: { 'zh-CN': '回复消息', en: 'reply' },
    properties: { ...message, text: 'text' },
  },
  message_failed: {
    words: { 'zh-CN': '消息发送失败', en: 'failed delivery' },
    properties: { ...message, detail: 'text' },
  },
  message_blocked: { words: { 'zh-CN': '拉黑', en: 'block' }, properties: message },
  message_complained: { words: { 'zh-CN': '投诉', en: 'complaint' }, properties: message },
  message_unsubscribed: { words: { 'zh-CN': '退订', en: 'unsubscription' }, properties: message },
} as const satisfies Record<string, StandardEvent>

/** The standard event of a name; undefined where it is one of the brand's own. */
export const standardEvent = (name: string): StandardEvent | undefined =>
  Object.entries(standardEvents).find(([known]) => known === name)?.[1]

/** What a value of a property is. */
export function propertyTypeOf(value: unknown): PropertyType {
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'yes_no'
  if (Array.isArray(value)) return 'list'
  return typeof value === 'object' ? 'object' : 'text'
}

/** Whether a property that comes as one type is what a standard event calls for: money is a whole number. */
export const isOfType = (found: PropertyType, wanted: PropertyType): boolean =>
  found === wanted || (found === 'number' && wanted === 'money')
