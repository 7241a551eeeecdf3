import type { Customer } from '../../conditions/customer.ts'

/** Facts that a model may be given of a customer unless the marketer chooses others. */
export const usualFacts: readonly string[] = ['name', 'city', 'gender']

/** Names of attributes that tell who somebody is; none of them is given to a model, whoever chose it. */
const IDENTIFYING =
  /身份证|证件|护照|社保|驾照|银行卡|卡号|账号|帐号|手机|电话|座机|邮箱|邮件|住址|地址|门牌|微信|车牌|openid|unionid|passport|phone|mobile|\btel\b|e-?mail|address|password|密码|\bssn\b|id[_ ]?(?:card|no|number)|(?:bank|credit)[_ ]?card|account[_ ]?(?:no|number)|licen[cs]e|^(?:customer_)?id$/i

/** Values that tell who somebody is, under whatever name: identity and card numbers, phones, mailboxes. */
const IDENTITY =
  /(?<![0-9])(?:\d{15}|\d{17}[\dXx]|\d{16,19}|(?:\+?86)?1[3-9]\d{9})(?![0-9])|[^\s@]+@[^\s@]+\.[^\s@]+/

/** Whether an attribute of this name may be given to a model at all. */
export const mayBeGiven = (name: string): boolean => !IDENTIFYING.test(name)

type FactValue = string | number | boolean | null

function factOf(customer: Customer, name: string): FactValue {
  if (name === 'name' || name === 'city' || name === 'gender' || name === 'birthday') return customer[name]
  if (name === 'language') return customer.language
  const value = Object.hasOwn(customer.attributes, name) ? customer.attributes[name] : undefined
  return value ?? null
}

/** The chosen facts of a customer that a model may weave in; what identifies somebody is left out. */
export function factsFor(customer: Customer, chosen: readonly string[]): Record<string, FactValue> {
  const given: Record<string, FactValue> = {}
  for (const name of chosen) {
    if (!mayBeGiven(name)) continue
    const value = factOf(customer, name)
    const text = String(value ?? '').normalize('NFKC')
    if (!IDENTITY.test(text.replace(/(?<=\d)[\s.‐‑‒–—-](?=\d)/g, ''))) given[name] = value
  }
  return given
}
