import type { LocalText } from './text.ts'

/**
 * Every problem that Magpie tells anybody about: its HTTP status, what is wrong, and how to mend it.
 * `{name}` in a text is replaced by the value of that name from the problem's details.
 */
export interface ErrorEntry {
  status: number
  message: LocalText
  mend: LocalText
}

export const errors = {
  'not-found': {
    status: 404,
    message: { 'zh-CN': '没有找到{what}', en: '{what} was not found' },
    mend: { 'zh-CN': '请检查编号，或回到列表重新选择', en: 'Check the id, or pick it again from the list' },
  },
  'invalid-request': {
    status: 400,
    message: { 'zh-CN': '请求的内容不合要求：{detail}', en: 'The request is not valid: {detail}' },
    mend: { 'zh-CN': '按提示的位置改正后重试', en: 'Correct the place named and try again' },
  },
  'body-too-large': {
    status: 413,
    message: { 'zh-CN': '内容太大，上限为 {limit}', en: 'The body is too large; the limit is {limit}' },
    mend: { 'zh-CN': '分成几份再提交', en: 'Split it and send the parts' },
  },
  internal: {
    status: 500,
    message: { 'zh-CN': '服务出错了', en: 'Something went wrong on the server' },
    mend: { 'zh-CN': '稍后重试；若仍出错，请把编号 {id} 告诉工程师', en: 'Try again; if it persists, give the id {id} to an engineer' },
  },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof errors

/** A problem as data: its code, the values its texts need, and the place (a field path, a line, a node). */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, string | number>>
  readonly place: string | undefined

  constructor(code: ErrorCode, details: Record<string, string | number> = {}, place?: string) {
    super(fill(errors[code].message.en, details))
    this.code = code
    this.details = details
    this.place = place
  }
}

/** Puts the details into a text's `{name}` places; a name without a value stays visible. */
export function fill(text: string, details: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{([a-z_]+)\}/g, (whole, name: string) =>
    Object.hasOwn(details, name) ? String(details[name]) : whole,
  )
}
