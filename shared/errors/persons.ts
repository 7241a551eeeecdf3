import type { ErrorEntry } from './entry.ts'

/** Who is one person. */
export const persons = {
  'merge-of-one': {
    status: 422,
    message: {
      'zh-CN': '两边是同一位客户（{customer}）',
      en: 'Both are the same customer ({customer})',
    },
    mend: { 'zh-CN': '选两位不同的客户', en: 'Choose two different customers' },
  },
  'merge-too-large': {
    status: 422,
    message: {
      'zh-CN': '客户 {customer} 有 {rows} 行数据，一次合并最多移动 {limit} 行',
      en: 'Customer {customer} has {rows} rows; one merge moves {limit} at most',
    },
    mend: {
      'zh-CN': '反过来合并到这位客户；这么多数据多半不是一个人的，先检查来源',
      en: 'Merge the other one into this customer instead; so much is hardly one person’s, so look where it comes from',
    },
  },
  'merge-undone': {
    status: 409,
    message: {
      'zh-CN': '这次合并已经撤销，客户 {customer} 已恢复',
      en: 'This merge has been undone, and customer {customer} is there again',
    },
    mend: { 'zh-CN': '刷新列表', en: 'Refresh the list' },
  },
  'merge-too-old': {
    status: 409,
    message: {
      'zh-CN': '客户 {customer} 的合并已超过 {days} 天，撤销所需的数据不再保留',
      en: 'Customer {customer} was merged more than {days} days ago, and what an undoing needs is kept no longer',
    },
    mend: {
      'zh-CN': '新建一位客户，把属于他的号码和订单改过去',
      en: 'Make a customer anew, and give the addresses and orders that are theirs',
    },
  },
  'merge-undo-later': {
    status: 409,
    message: {
      'zh-CN': '客户 {customer} 后来又并入了 {other}',
      en: 'Customer {customer} was itself merged into {other} later',
    },
    mend: { 'zh-CN': '先撤销后面那一次合并', en: 'Undo that later merge first' },
  },
  'identifiers-too-many': {
    status: 422,
    message: {
      'zh-CN': '客户 {customer} 已有 {limit} 个标识',
      en: 'Customer {customer} has {limit} identifiers already',
    },
    mend: { 'zh-CN': '先移除不用的标识', en: 'Take out those that are not used first' },
  },
  'identifier-scope': {
    status: 422,
    message: {
      'zh-CN': '{kind} 要说明属于哪个应用或系统（scope），其他标识不写',
      en: '{kind} needs the app or system that it is of (scope); other kinds take none',
    },
    mend: {
      'zh-CN': 'openid 的 scope 写 AppID，custom 的写系统名称',
      en: 'For openid give the app’s id as the scope, for custom the system’s name',
    },
  },
  'identifier-shared': {
    status: 422,
    message: {
      'zh-CN': '不止一位客户用着 {kind} {hint}，分不清是谁',
      en: 'More than one customer has the {kind} {hint}, so that nobody can say who is meant',
    },
    mend: {
      'zh-CN': '改用客户编号，或先在「客户 → 疑似重复」里合并',
      en: 'Name the customer by id, or merge them under Customers → Duplicates first',
    },
  },
  'customer-named-twice': {
    status: 422,
    message: {
      'zh-CN': '这一行用两种方式指明了客户，不知道以哪个为准',
      en: 'This row says who is meant in two ways, of which only one can hold',
    },
    mend: {
      'zh-CN': '客户编号和 by 只写一个',
      en: 'Give the id of the customer, or `by`, not both',
    },
  },
  'identifier-unknown': {
    status: 422,
    message: {
      'zh-CN': '没有客户的{kind}是 {hint}',
      en: 'No customer has the {kind} {hint}',
    },
    mend: {
      'zh-CN': '先把这个标识加给一位客户，或在设置里允许自动新建客户',
      en: 'Give a customer this identifier first, or let customers be made in the settings',
    },
  },
} as const satisfies Record<string, ErrorEntry>
