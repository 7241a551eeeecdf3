import { kept } from './clean.ts'

/** What the state of an order says of it. `unknown`: a word that no list has. */
export type OrderState = 'purchase' | 'partly-refunded' | 'refunded' | 'closed' | 'unpaid' | 'unknown'

/** A state that is no purchase. */
export type NoPurchase = Extract<OrderState, 'refunded' | 'closed' | 'unpaid'>

/** Looked through from above: what was given back or called off weighs more than what was paid before. */
const words: readonly (readonly [OrderState, RegExp])[] = [
  [
    'purchase',
    /退款(?:已)?关闭|关闭退款|取消退款|撤销退款|拒绝退款|退款失败|退款(?:被)?拒|(?:没有|未|无)(?:申请)?退(?:款|货)|无售后|售后(?:已)?关闭|售后取消|未(?:关闭|取消)/,
  ],
  ['partly-refunded', /部分退款|partial(?:ly)? ?refund/],
  [
    'purchase',
    /退款中|退款处理中|待退款|申请退款|退款申请|退货中|售后中|refund(?:ing)? ?(?:pending|requested|in progress)|(?:pending|requested) refund|refunding|return (?:requested|in progress)/,
  ],
  [
    'refunded',
    /退款(?:成功|完成|退货成功)|退货(?:退款)?(?:成功|完成)|已退款|已全额退|全额退款|全部退款|整单退|全单退款|已退货|^退款$|^退货$|\brefunded\b|fully refund|\breturned\b|charge ?back|charged back/,
  ],
  [
    'closed',
    /关闭|取消|作废|失败|删除|已撤单|撤销|未成团|cancel|void|\bfail|declin|\breject|\btrash\b|abandon|expired|\bdeleted\b/,
  ],
  [
    'unpaid',
    /(?:待|未|等待)(?:买家|客户|顾客|用户)?(?:付|支付)|待付|付款中|支付中|待确认付款|尾款未付|未付尾款|待审核付款|unpaid|not paid|^pending$|pending payment|payment pending|awaiting payment|on hold|partially paid|\bdraft\b|^authorized$|^authori[sz]ed$|checkout/,
  ],
  [
    'purchase',
    /成功|完成|已付|已支付|付款成功|待发货|等待.*发货|发货|待收货|收货|签收|评价|核销|提货|自提|配送|派送|运输|出库|备货|接单|结算|\bpaid\b|complete|process|shipped|ship|fulfil|deliver|success|succeed|finished|\bdone\b|dispatch|in transit|\bopen\b|archived|captured|settled|approved|confirmed/,
  ],
]

/** The state that a word of a shop program says; Chinese and English, whatever stands around it. */
export function stateOf(text: string): OrderState {
  const plain = text.normalize('NFKC').toLowerCase().replace(/^wc-/, '').replace(/[_-]+/g, ' ').trim()
  return words.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'unknown'
}

const no = /^(?:否|no|n|false|0|none)$/i
const yes = /^(?:是|yes|y|true|1)$/i

/** What a column of refunds says beside the state: only what was given back counts, all else leaves the order. */
export function refundStateOf(text: string): OrderState {
  if (no.test(text)) return 'purchase'
  if (yes.test(text)) return 'refunded'
  const state = stateOf(text)
  return state === 'refunded' || state === 'partly-refunded' ? state : 'purchase'
}

/** Known words answer at once; files have few of them. */
export function remembering<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const answer = read(text)
    if (known.size < 1_000) known.set(kept(text), answer)
    return answer
  }
}
