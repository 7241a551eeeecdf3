import type { LocalText } from '../../text.ts'

/**
 * What LiquidJS, whose words are English, finds wrong with a template: its words, and how a marketer is told.
 * `$1` is what it points at.
 */
const findings: readonly (readonly [pattern: RegExp, text: LocalText])[] = [
  [/^undefined filter: (.+)$/, { 'zh-CN': '没有过滤器“$1”', en: 'there is no filter "$1"' }],
  [/^tag "(.+)" not found$/, { 'zh-CN': '没有标签“$1”', en: 'there is no tag "$1"' }],
  [/^tag (.+) not closed$/, { 'zh-CN': '标签 $1 没有结束', en: 'the tag $1 is not closed' }],
  [/^output "?(.+?)"? not closed$/, { 'zh-CN': '$1 没有用 }} 结束', en: '$1 is not closed by }}' }],
  [/^raw "?(.+?)"? not closed$/, { 'zh-CN': '$1 没有结束', en: '$1 is not closed' }],
  [/^invalid value expression: ""$/, { 'zh-CN': '这里缺少一个值', en: 'a value is missing' }],
  [/^invalid capture name$/, { 'zh-CN': '缺少变量名', en: 'the name of a variable is missing' }],
  [/^(whole numbers)$/, { 'zh-CN': '整数', en: 'whole numbers' }],
  [/^(a list of groups)$/, { 'zh-CN': '一个列表', en: 'a list of groups' }],
  [/^invalid value expression: "?(.+?)"?$/, { 'zh-CN': '看不懂“$1”', en: '"$1" cannot be read' }],
  [
    /^unexpected token "?(.+?)"?, value expected$/,
    { 'zh-CN': '“$1”处应为一个值', en: 'a value is needed at "$1"' },
  ],
  [/^unexpected (?:character|token) "?(.+?)"?$/, { 'zh-CN': '“$1”放错了地方', en: '"$1" is out of place' }],
  [
    /^expected "?(.)"? before filter$/,
    { 'zh-CN': '过滤器前缺少“$1”', en: '"$1" is missing before a filter' },
  ],
  [
    /^expected filter name$/,
    { 'zh-CN': '“|”后面缺少过滤器的名字', en: 'the name of a filter is missing after "|"' },
  ],
  [/^expected "=".*$/, { 'zh-CN': '缺少“=”', en: '"=" is missing' }],
  [/^expected variable name$/, { 'zh-CN': '缺少变量名', en: 'the name of a variable is missing' }],
  [/^expected the name of a property$/, { 'zh-CN': '缺少属性名', en: 'the name of a property is missing' }],
  [
    /^(?:unbalanced parentheses|\[ not closed|invalid range syntax)$/,
    { 'zh-CN': '括号不成对', en: 'brackets are not in pairs' },
  ],
  [/^illegal (?:liquid )?tag syntax.*$/, { 'zh-CN': '标签写法有误', en: 'a tag is not well formed' }],
  [/^illegal tag: (.+)$/, { 'zh-CN': '标签 $1 写法有误', en: 'the tag $1 is not well formed' }],
  [/^empty candidates: "?(.+?)"?$/, { 'zh-CN': '$1 里没有可选的值', en: '$1 has no values to choose from' }],
  [
    /^(?:unexpected elsif after else|duplicated else)$/,
    { 'zh-CN': 'else 只能有一个，并放在最后', en: 'there may be one else, and it comes last' },
  ],
  [
    /^block tag cannot be nested$/,
    { 'zh-CN': '这种标签不能套在自己里面', en: 'this tag cannot stand within itself' },
  ],
  [/^invalid base64 .*$/, { 'zh-CN': '不是合格的 base64', en: 'it is no base64' }],
]

/** LiquidJS's words in those of the reader; what is new to us is told in English alone, and in general in Chinese. */
export function sayFinding(found: string): LocalText {
  for (const [pattern, text] of findings) {
    const match = pattern.exec(found)
    if (match !== null) return { 'zh-CN': put(text['zh-CN'], match), en: put(text.en, match) }
  }
  return { 'zh-CN': '这里看不懂', en: found }
}

const put = (text: string, match: RegExpExecArray) => text.replace('$1', () => match[1] ?? '')
