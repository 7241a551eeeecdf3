import type { VocabularyAnswer } from '../../../shared/api/customers.ts'
import { sayName } from '../../../shared/conditions/say.ts'
import { contentIn, type Library } from '../../../shared/contents/content.ts'
import { contentFields, pathsOf } from '../../../shared/contents/fields.ts'
import type { Brand } from '../../../shared/journey/brand.ts'
import { type Journey, variableName } from '../../../shared/journey/graph.ts'
import { builtInVariables } from '../../../shared/nodes/variables.ts'
import { referralPaths } from '../../../shared/referrals/links.ts'
import { type Locale, type LocalText, say } from '../../../shared/text.ts'

/** What the built-in values are called. */
export const variableNames: Readonly<Record<string, LocalText>> = {
  'customer.id': { 'zh-CN': '客户编号', en: 'Customer id' },
  'customer.name': { 'zh-CN': '姓名', en: 'Name' },
  'customer.city': { 'zh-CN': '城市', en: 'City' },
  'customer.gender': { 'zh-CN': '性别', en: 'Gender' },
  'customer.birthday': { 'zh-CN': '生日', en: 'Birthday' },
  'brand.name': { 'zh-CN': '品牌名', en: 'Brand' },
  'journey.name': { 'zh-CN': '旅程名', en: 'Journey' },
  'festival.name': { 'zh-CN': '节日名', en: 'Festival' },
  'festival.date': { 'zh-CN': '节日日期', en: 'Festival date' },
  'festival.days_left': { 'zh-CN': '距节日天数', en: 'Days to festival' },
  'coupon.code': { 'zh-CN': '券码', en: 'Coupon code' },
  'coupon.value': { 'zh-CN': '券面额', en: 'Coupon value' },
  'coupon.min_spend': { 'zh-CN': '券门槛', en: 'Least spend' },
  'coupon.expires_at': { 'zh-CN': '券到期日', en: 'Coupon expiry' },
  'coupon.name': { 'zh-CN': '券名', en: 'Coupon name' },
  'coupon.terms': { 'zh-CN': '券的优惠', en: 'What it gives' },
  'coupon.left': { 'zh-CN': '券剩余时间', en: 'Days it has left' },
  'picks[0].name': { 'zh-CN': '推荐商品名', en: 'Picked product' },
  'picks[0].price': { 'zh-CN': '推荐商品价格', en: 'Its price' },
  'picks[0].category': { 'zh-CN': '推荐商品品类', en: 'Its category' },
  'picks[0].link': { 'zh-CN': '推荐商品链接', en: 'Its link' },
  'picks[0].image': { 'zh-CN': '推荐商品图片', en: 'Its picture' },
  'picks[0].reason': { 'zh-CN': '推荐理由', en: 'Why it is picked' },
  now: { 'zh-CN': '现在', en: 'Now' },
  today: { 'zh-CN': '今天', en: 'Today' },
}

const couponVariables = [
  'coupon.code',
  'coupon.name',
  'coupon.value',
  'coupon.min_spend',
  'coupon.expires_at',
  'coupon.terms',
  'coupon.left',
]

export type VariableGroup = 'customer' | 'coupon' | 'referral' | 'festival' | 'picks' | 'content' | 'other'

export interface OfferedVariable {
  readonly path: string
  readonly group: VariableGroup
  /** It must be declared in the journey when it is first used. */
  readonly undeclared: boolean
}

/** Whether a text can name a column or property; a dot would lead into it, and a number begins no name. */
const isWritable = (name: string) => /^[^\d.][^.]*$/.test(name) && variableName.test(`customer.${name}`)

/** Fields of a customer that no text may use, or that are built in under their own names. */
const notAttributes =
  /^(customer_id|name|phone|email|gender|birthday|city|registered_at|timezone|language|consent_\w+)$/

const groups: readonly string[] = [
  'customer',
  'coupon',
  'referral',
  'festival',
  'picks',
  'content',
] satisfies VariableGroup[]
const isGroup = (root: string | undefined): root is VariableGroup =>
  root !== undefined && groups.includes(root)

function groupOf(path: string): VariableGroup {
  const root = path.split(/[.[]/)[0]
  return isGroup(root) ? root : 'other'
}

/** The variables that a text may use: built in, declared, of a coupon that the journey gives, and attributes. */
export function offeredVariables(
  journey: Journey,
  vocabulary: VocabularyAnswer | null,
  { contents: library = [], referrals = [] }: Pick<Brand, 'contents' | 'referrals'> = {},
): readonly OfferedVariable[] {
  const types = Object.values(journey.nodes).map(({ type }) => type)
  const declared = Object.keys(journey.variables)
  const attributes = (vocabulary?.attributes ?? []).flatMap(({ name }) =>
    isWritable(name) && !notAttributes.test(name) ? [`customer.${name}`] : [],
  )
  const properties = types.includes('event') ? propertiesOf(journey, vocabulary) : []
  const contents = library.flatMap(pathsOf)
  const known = [
    ...builtInVariables,
    ...contents,
    ...(types.includes('coupon') ? couponVariables : []),
    ...referralPaths(referrals),
    ...declared,
  ]
  const paths = [...new Set([...known, ...attributes, ...properties])]
  return paths.map((path) => ({ path, group: groupOf(path), undeclared: !known.includes(path) }))
}

/** Properties of the events by which customers come in. */
function propertiesOf(journey: Journey, vocabulary: VocabularyAnswer | null): string[] {
  const names = Object.values(journey.nodes).flatMap(({ type, config }) => {
    const filter = type === 'event' ? config.filter : null
    const named =
      filter !== null && typeof filter === 'object' && !Array.isArray(filter) ? filter?.event : null
    return typeof named === 'string' ? [named] : []
  })
  const events = (vocabulary?.events ?? []).filter(({ name }) => names.includes(name))
  return events.flatMap(({ properties }) =>
    properties.flatMap((name) => (isWritable(name) ? [`entry.${name}`] : [])),
  )
}

/** A content by its own name, with which of its fields; null for what is no content. */
function sayContent(path: string, locale: Locale, library: Library): string | null {
  const [root, key = '', field] = path.split('.')
  const content = root === 'content' ? contentIn(library, key) : undefined
  if (content === undefined) return null
  const names: Readonly<Record<string, LocalText>> = contentFields[content.kind]
  const part = field === undefined || !Object.hasOwn(names, field) ? null : (names[field]?.[locale] ?? field)
  return part === null ? say(content.name, locale) : `${say(content.name, locale)} · ${part}`
}

const referralWords: Readonly<Record<string, LocalText>> = {
  link: { 'zh-CN': '邀请链接', en: 'invitation link' },
  poster: { 'zh-CN': '邀请海报', en: 'invitation poster' },
  qr: { 'zh-CN': '邀请二维码', en: 'invitation QR code' },
}

/** What a programme gives, with its key; null for what is of none. */
function sayReferral(path: string, locale: Locale): string | null {
  const [root, key = '', field = ''] = path.split('.')
  const words = root === 'referral' ? referralWords[field] : undefined
  return words === undefined ? null : `${words[locale]} · ${key}`
}

/** What a variable is called in the reader's language. */
export function sayVariable(path: string, journey: Journey, locale: Locale, library: Library = []): string {
  const content = sayContent(path, locale, library)
  if (content !== null) return content
  const referral = sayReferral(path, locale)
  if (referral !== null) return referral
  const declared = Object.hasOwn(journey.variables, path) ? journey.variables[path]?.name : undefined
  const own = declared?.[locale] ?? declared?.['zh-CN'] ?? declared?.en
  if (own) return own
  if (Object.hasOwn(variableNames, path)) return variableNames[path]?.[locale] ?? path
  return sayName(path.replace(/^(customer|entry)\./, ''), locale)
}
