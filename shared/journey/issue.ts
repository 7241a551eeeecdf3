import type { z } from 'zod'
import type { LocalText } from '../text.ts'
import { rules } from './rules.ts'

type Issue = z.core.$ZodIssue

const typeNames: Readonly<Record<string, LocalText>> = {
  string: { 'zh-CN': '文字', en: 'a text' },
  number: { 'zh-CN': '数字', en: 'a number' },
  int: { 'zh-CN': '整数', en: 'a whole number' },
  boolean: { 'zh-CN': '是或否（true / false）', en: 'true or false' },
  array: { 'zh-CN': '列表', en: 'a list' },
  object: { 'zh-CN': '一组键值', en: 'an object' },
  record: { 'zh-CN': '一组键值', en: 'an object' },
  date: { 'zh-CN': '时间', en: 'a time' },
  null: { 'zh-CN': '空（null）', en: 'null' },
  never: { 'zh-CN': '空缺', en: 'nothing' },
}

/** What is counted; in English of one and of more. */
const unitNames: Readonly<Record<string, { 'zh-CN': string; en: readonly [one: string, more: string] }>> = {
  string: { 'zh-CN': '个字', en: [' character', ' characters'] },
  array: { 'zh-CN': '项', en: [' entry', ' entries'] },
}

function list(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(', ')
}

function size(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): LocalText {
  const unit = unitNames[issue.origin] ?? { 'zh-CN': '', en: ['', ''] }
  const bound = String(issue.code === 'too_big' ? issue.maximum : issue.minimum)
  const more = issue.code === 'too_small'
  return {
    'zh-CN': `${more ? '至少' : '最多'} ${bound} ${unit['zh-CN']}`.trim(),
    en: `${more ? 'at least' : 'at most'} ${bound}${unit.en[bound === '1' ? 0 : 1]}`,
  }
}

const formatNames: Readonly<Record<string, LocalText>> = {
  url: { 'zh-CN': '网址，例如 https://example.com', en: 'an address such as https://example.com' },
  email: { 'zh-CN': '邮箱地址', en: 'an e-mail address' },
  datetime: { 'zh-CN': '带时区的时间，例如 2026-08-19T10:00:00+08:00', en: 'a time with its zone' },
}

const malformed: LocalText = { 'zh-CN': '写法不对', en: 'it is not well formed' }

/** A rule's own words. English without its Chinese is shown in English alone; a test of the schemas finds it. */
function sayRule(issue: Issue): LocalText {
  const own = Object.hasOwn(rules, issue.message) ? rules[issue.message] : undefined
  if (own !== undefined) return { 'zh-CN': `应为：${own}`, en: `it must be: ${issue.message}` }
  const format = issue.code === 'invalid_format' ? formatNames[issue.format] : undefined
  if (format !== undefined) return { 'zh-CN': `应为：${format['zh-CN']}`, en: `it must be ${format.en}` }
  return { 'zh-CN': malformed['zh-CN'], en: issue.code === 'custom' ? issue.message : malformed.en }
}

/** What a schema asks for at the place of an issue, in words. */
export function sayIssue(issue: Issue): LocalText {
  switch (issue.code) {
    case 'invalid_type': {
      const wanted = typeNames[issue.expected] ?? { 'zh-CN': '别的内容', en: issue.expected }
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
    case 'invalid_element':
      return issue.issues[0] === undefined ? malformed : sayIssue(issue.issues[0])
    case 'not_multiple_of':
      return { 'zh-CN': `应为 ${issue.divisor} 的倍数`, en: `a multiple of ${issue.divisor} is needed` }
    case 'invalid_format':
    case 'custom':
      return sayRule(issue)
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
