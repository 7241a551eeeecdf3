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
  'ai-settings-invalid': {
    status: 400,
    message: { 'zh-CN': 'AI 设置不合要求：{detail}', en: 'The AI settings are not valid: {detail}' },
    mend: {
      'zh-CN': '改正环境变量 {setting}，再重新启动',
      en: 'Correct the environment variable {setting} and start again',
    },
  },
  'ai-no-key': {
    status: 503,
    message: { 'zh-CN': 'AI 没有可用的密钥：{detail}', en: 'AI has no usable key: {detail}' },
    mend: {
      'zh-CN': '设置 AI_API_KEY 与 AI_MODEL；在此之前发送原文',
      en: 'Set AI_API_KEY and AI_MODEL; until then the written text is sent',
    },
  },
  'ai-timeout': {
    status: 504,
    message: { 'zh-CN': 'AI 没有及时回答：{detail}', en: 'AI did not answer in time: {detail}' },
    mend: {
      'zh-CN': '稍后重试，或调高 AI_TIMEOUT_SECONDS',
      en: 'Try again later, or raise AI_TIMEOUT_SECONDS',
    },
  },
  'ai-rate-limited': {
    status: 503,
    message: { 'zh-CN': 'AI 服务限制了频率：{detail}', en: 'The AI service limits the rate: {detail}' },
    mend: {
      'zh-CN': '稍后重试，或请服务商提高额度',
      en: 'Try again later, or ask the provider for a higher limit',
    },
  },
  'ai-refused': {
    status: 502,
    message: { 'zh-CN': 'AI 拒绝了这条消息：{detail}', en: 'AI refused this message: {detail}' },
    mend: {
      'zh-CN': '检查原文与语气要求，以及模型名和余额',
      en: 'Check the written text and the tone, the model name and the balance',
    },
  },
  'ai-server-error': {
    status: 502,
    message: { 'zh-CN': 'AI 服务出错了：{detail}', en: 'The AI service failed: {detail}' },
    mend: { 'zh-CN': '稍后重试', en: 'Try again later' },
  },
  'ai-garbage': {
    status: 502,
    message: { 'zh-CN': 'AI 的回答不成格式：{detail}', en: 'The answer of the AI is malformed: {detail}' },
    mend: {
      'zh-CN': '换一个能按格式回答的模型',
      en: 'Choose a model that answers in the form asked for',
    },
  },
  'ai-check-failed': {
    status: 422,
    message: {
      'zh-CN': 'AI 的文字没有通过检查：{detail}',
      en: 'The text of the AI did not pass the check: {detail}',
    },
    mend: {
      'zh-CN': '补全原文里的事实，或放宽字数',
      en: 'Complete the facts in the written text, or allow more characters',
    },
  },
  'ai-network': {
    status: 502,
    message: { 'zh-CN': '连不上 AI 服务：{detail}', en: 'The AI service cannot be reached: {detail}' },
    mend: { 'zh-CN': '检查 AI_BASE_URL 与网络', en: 'Check AI_BASE_URL and the network' },
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
