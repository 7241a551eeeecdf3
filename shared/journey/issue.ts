import type { z } from 'zod'
import type { LocalText } from '../text.ts'

type Issue = z.core.$ZodIssue

const typeNames: Readonly<Record<string, LocalText>> = {
  string: { 'zh-CN': '文字', en: 'a text' },
  number: { 'zh-CN': '数字', en: 'a number' },
  int: { 'zh-CN': '整数', en: 'a whole number' },
  boolean: { 'zh-CN': '是或否（true / false）', en: 'true or false' },
  array: { 'zh-CN': '列表', en: 'a list' },
  object: { 'zh-CN': '一组键值', en: 'an object' },
  record: { 'zh-CN': '一组键值', en: 'an object' },
  null: { 'zh-CN': 'null', en: 'null' },
}

const unitNames: Readonly<Record<string, LocalText>> = {
  string: { 'zh-CN': '个字', en: ' characters' },
  array: { 'zh-CN': '项', en: ' entries' },
}

/** Chinese for what the schemas' own rules ask for, by the English that stands in the schema. */
const rules: Readonly<Record<string, string>> = {
  'a text in at least one language (zh-CN or en)': '至少写一种语言（zh-CN 或 en）',
  'an IANA time zone such as Asia/Shanghai': 'IANA 时区名，例如 Asia/Shanghai',
  'a lower-case letter, then letters, digits, _ or -, 64 at most':
    '小写字母开头，之后用小写字母、数字、_ 或 -，最多 64 个字符',
  'words that ask for a reply which unsubscribes, such as 拒收请回复R, 回T退订 or Reply STOP':
    '客户照着回复就能退订的话，例如 拒收请回复R、回T退订、Reply STOP',
  'five cron fields': '五段 cron：分 时 日 月 星期',
  'HH:MM': '时刻，例如 09:30',
  'any id but otherwise': '除 otherwise 以外的编号',
  'branch ids differ': '各分支的编号互不相同',
  'variant ids differ': '各组的编号互不相同',
  'a channel that this Magpie has': '已有的渠道',
  'an e-mail needs a subject': '邮件要有主题',
  'a webhook needs an address': 'Webhook 要有地址',
  '200 tests at most in one condition': '一个条件里最多 200 项判断',
  'a tag to add or to remove': '至少加上或去掉一个标签',
  'a length above zero': '大于零的时长',
  'ten years at most': '不超过十年',
  'a date that exists, such as 2026-08-19': '真实的日期，例如 2026-08-19',
  'capital letters and digits, 8 at most': '大写字母和数字，最多 8 个',
}

function list(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ')
}

function size(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): LocalText {
  const unit = unitNames[issue.origin] ?? { 'zh-CN': '', en: '' }
  const bound = String(issue.code === 'too_big' ? issue.maximum : issue.minimum)
  const more = issue.code === 'too_small'
  return {
    'zh-CN': `${more ? '至少' : '最多'} ${bound} ${unit['zh-CN']}`.trim(),
    en: `${more ? 'at least' : 'at most'} ${bound}${unit.en}`,
  }
}

/** What a schema asks for at the place of an issue, in words. */
export function sayIssue(issue: Issue): LocalText {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = typeNames[issue.expected] ?? { 'zh-CN': issue.expected, en: issue.expected }
      const missing = issue.message.endsWith('received undefined')
      return missing
        ? { 'zh-CN': `缺少这一项，应为${wanted['zh-CN']}`, en: `it is missing; ${wanted.en} is needed` }
        : { 'zh-CN': `应为${wanted['zh-CN']}`, en: `${wanted.en} is needed` }
    }
    case 'too_big':
    case 'too_small':
      return size(issue)
    case 'unrecognized_keys':
      return { 'zh-CN': `多出不认识的项：${list(issue.keys)}`, en: `unknown keys: ${list(issue.keys)}` }
    case 'invalid_value':
      return { 'zh-CN': `应为其中之一：${list(issue.values)}`, en: `one of ${list(issue.values)} is needed` }
    case 'invalid_union': {
      const options = 'options' in issue ? (issue.options ?? []) : []
      return options.length > 0
        ? { 'zh-CN': `应为其中之一：${list(options)}`, en: `one of ${list(options)} is needed` }
        : { 'zh-CN': '写法不对', en: 'it has none of the forms that are allowed' }
    }
    case 'invalid_key':
      return issue.issues[0] === undefined
        ? { 'zh-CN': '名称写法不对', en: 'the name is not well formed' }
        : sayIssue(issue.issues[0])
    case 'invalid_format':
    case 'custom': {
      const own = Object.hasOwn(rules, issue.message) ? rules[issue.message] : undefined
      if (own !== undefined) return { 'zh-CN': `应为：${own}`, en: `it must be: ${issue.message}` }
      return issue.code === 'custom'
        ? { 'zh-CN': issue.message, en: issue.message }
        : { 'zh-CN': `应为 ${issue.format} 的写法`, en: `it must be a well-formed ${issue.format}` }
    }
    default:
      return { 'zh-CN': '写法不对', en: issue.message }
  }
}

export interface PlacedIssue {
  readonly path: readonly PropertyKey[]
  readonly issue: Issue
}

/** Every issue with its path, those of an unknown key at the key itself, those of a bad id at the id. */
export function placedIssues(error: z.ZodError): PlacedIssue[] {
  return error.issues.flatMap((issue): PlacedIssue[] =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({ path: [...issue.path, key], issue: { ...issue, keys: [key] } }))
      : [{ path: issue.path, issue }],
  )
}

export function sayPath(path: readonly PropertyKey[]): string {
  return path.map(String).join('.')
}
