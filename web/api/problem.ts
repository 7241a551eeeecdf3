import type { ProblemAnswer } from '../../shared/api/problem.ts'
import type { Locale, LocalText } from '../../shared/text.ts'

/** What goes wrong before any answer of the server can be read, or in the interface itself. */
const local = {
  unreachable: {
    message: { 'zh-CN': '连不上服务器', en: 'The server cannot be reached' },
    mend: {
      'zh-CN': '看看运行鹊桥的那台机器和网络是否正常，再重试',
      en: 'Check that the machine that runs Magpie and the network are up, then try again',
    },
  },
  'unexpected-answer': {
    message: {
      'zh-CN': '服务器的回答和这一版界面对不上',
      en: 'The answer of the server does not fit this version of the interface',
    },
    mend: {
      'zh-CN': '刷新页面；若仍如此，请重启鹊桥',
      en: 'Reload the page; if that does not help, restart Magpie',
    },
  },
  'interface-failed': {
    message: { 'zh-CN': '界面出错了', en: 'Something went wrong in the interface' },
    mend: { 'zh-CN': '刷新页面后重试', en: 'Reload the page and try again' },
  },
} satisfies Record<string, { message: LocalText; mend: LocalText }>

/** A problem that the API told, or that kept it from answering. Its texts are said in either language. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly body: ProblemAnswer

  constructor(body: ProblemAnswer, cause?: unknown) {
    super(body.detail ?? body.title, cause === undefined ? undefined : { cause })
    this.body = body
  }

  get code(): string {
    return this.body.code
  }

  /** The HTTP status; 0 where there was no answer. */
  get status(): number {
    return this.body.status
  }

  /** The field, line or node. */
  get place(): string | undefined {
    return this.body.place
  }

  /** What is wrong. */
  describe(locale: Locale): string {
    return this.body.message[locale]
  }

  /** How to mend it. */
  mend(locale: Locale): string {
    return this.body.mend[locale]
  }
}

/** A problem of the browser's own making. */
export function localProblem(code: keyof typeof local, cause: unknown): ApiProblem {
  const { message, mend } = local[code]
  const body = {
    type: 'about:blank',
    title: message.en,
    status: 0,
    code,
    detail: String(cause),
    message,
    mend,
  }
  return new ApiProblem(body, cause)
}

/** Any thrown thing as a problem to be shown. */
export function asProblem(thrown: unknown): ApiProblem {
  return thrown instanceof ApiProblem ? thrown : localProblem('interface-failed', thrown)
}
