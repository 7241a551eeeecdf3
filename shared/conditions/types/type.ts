import { type DayOrder, dayOrders } from '../../calendar/written.ts'
import type { LocalText } from '../../text.ts'
import type { Operator } from '../schema.ts'

/** What a customer's attribute may hold. */
export const attributeTypes = ['text', 'number', 'money', 'date', 'time', 'yes_no', 'list'] as const
export type AttributeType = (typeof attributeTypes)[number]

/** Marks between the members of a list; full-width ones are the same mark. */
export const separators = ['|', ',', ';', '、'] as const
export type Separator = (typeof separators)[number]

/** How values are written where their type alone does not tell: the order of day and month, a spreadsheet's count of days, a list's mark. */
export const formats = [...dayOrders, 'serial', ...separators] as const
export type Format = DayOrder | 'serial' | Separator

/** An attribute's type and, where one is known, its format. */
export interface Declared {
  readonly type: AttributeType
  readonly format: Format | null
}

const textual: readonly Operator[] = [
  'eq',
  'ne',
  'in',
  'not_in',
  'contains',
  'starts_with',
  'is_set',
  'not_set',
]
const ordered: readonly Operator[] = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'not_in',
  'is_set',
  'not_set',
]

interface TypeEntry {
  readonly name: LocalText
  readonly operators: readonly Operator[]
  /** Formats that a person may choose; none: the type alone tells. */
  readonly formats: readonly Format[]
  /** Whether values stand in an order, so that one may be over or under another. */
  readonly ordered: boolean
}

/** All that is said and allowed of each type. */
export const types = {
  text: { name: { 'zh-CN': '文本', en: 'Text' }, operators: textual, formats: [], ordered: false },
  number: { name: { 'zh-CN': '数字', en: 'Number' }, operators: ordered, formats: [], ordered: true },
  money: { name: { 'zh-CN': '金额', en: 'Money' }, operators: ordered, formats: [], ordered: true },
  date: {
    name: { 'zh-CN': '日期', en: 'Date' },
    operators: ordered,
    formats: [...dayOrders, 'serial'],
    ordered: true,
  },
  time: {
    name: { 'zh-CN': '日期时间', en: 'Date and time' },
    operators: ordered,
    formats: [...dayOrders, 'serial'],
    ordered: true,
  },
  yes_no: {
    name: { 'zh-CN': '是/否', en: 'Yes or no' },
    operators: ['eq', 'ne', 'in', 'not_in', 'is_set', 'not_set'],
    formats: [],
    ordered: false,
  },
  list: { name: { 'zh-CN': '列表', en: 'List' }, operators: textual, formats: separators, ordered: false },
} as const satisfies Record<AttributeType, TypeEntry>

/** What each format is called. */
export const formatNames: Readonly<Record<Format, LocalText>> = {
  'month-first': { 'zh-CN': '月在前（08/19/2026）', en: 'Month first (08/19/2026)' },
  'day-first': { 'zh-CN': '日在前（19/08/2026）', en: 'Day first (19/08/2026)' },
  serial: { 'zh-CN': '表格软件的天数（46253）', en: 'Days of a spreadsheet (46253)' },
  '|': { 'zh-CN': '竖线分隔（a|b）', en: 'Divided by bars (a|b)' },
  ',': { 'zh-CN': '逗号分隔（a,b）', en: 'Divided by commas (a,b)' },
  ';': { 'zh-CN': '分号分隔（a;b）', en: 'Divided by semicolons (a;b)' },
  '、': { 'zh-CN': '顿号分隔（a、b）', en: 'Divided by 、 (a、b)' },
}

/** Why a value cannot be read as what its attribute holds. */
export const unreadableReasons = [
  'not-a-number',
  'digits-lost',
  'too-many-digits',
  'other-currency',
  'not-a-date',
  'ambiguous-date',
  'no-year',
  'not-yes-or-no',
] as const
export type UnreadableReason = (typeof unreadableReasons)[number]

export const unreadableWords: Readonly<Record<UnreadableReason, LocalText>> = {
  'not-a-number': { 'zh-CN': '不是数字', en: 'is not a number' },
  'digits-lost': {
    'zh-CN': '是表格软件的科学计数，末尾的数字已丢失',
    en: 'is in a spreadsheet’s scientific notation, its last digits are lost',
  },
  'too-many-digits': {
    'zh-CN': '数字太长，只能按文本保存',
    en: 'has more digits than a number can hold; keep it as text',
  },
  'other-currency': { 'zh-CN': '不是品牌的货币', en: 'is in another currency than the brand’s' },
  'not-a-date': { 'zh-CN': '不是能认出的日期', en: 'is not a date that can be read' },
  'ambiguous-date': {
    'zh-CN': '分不清哪个是月、哪个是日',
    en: 'may be two dates: day and month could be either way round',
  },
  'no-year': { 'zh-CN': '没有年份', en: 'has no year' },
  'not-yes-or-no': { 'zh-CN': '不是“是”或“否”', en: 'is neither yes nor no' },
}
