import { z } from 'zod'
import { errors, fill } from '../../shared/errors.ts'
import { type Locale, type LocalText, writtenText } from '../../shared/text.ts'

/**
 * The wire form of a problem (RFC 9457, application/problem+json). `code` is an entry of shared/errors;
 * `details` fill its texts, `place` is a field path, a line or a node. `message` and `mend` may come
 * ready in both languages instead.
 */
export const problemBody = z.object({
  code: z.string(),
  status: z.int(),
  title: z.string(),
  detail: z.string().optional(),
  message: writtenText.optional(),
  mend: writtenText.optional(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  place: z.string().optional(),
})
export type ProblemBody = z.infer<typeof problemBody>

/** What goes wrong before any answer of the server can be read. */
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
} satisfies Record<string, { message: LocalText; mend: LocalText }>

/** A problem that the API told, or that kept it from answering. Its texts are said in either language. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly body: ProblemBody

  constructor(body: ProblemBody, cause?: unknown) {
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

  get place(): string | undefined {
    return this.body.place
  }

  /** What is wrong. */
  describe(locale: Locale): string {
    return this.text('message', locale) ?? this.body.detail ?? this.body.title
  }

  /** How to mend it; undefined where the server did not say. */
  mend(locale: Locale): string | undefined {
    return this.text('mend', locale)
  }

  private text(part: 'message' | 'mend', locale: Locale): string | undefined {
    const told = this.body[part]
    if (told) return told[locale] ?? told['zh-CN'] ?? told.en
    const entry = Object.entries(errors).find(([code]) => code === this.body.code)?.[1]
    return entry && fill(entry[part][locale], this.body.details ?? {})
  }
}

/** A problem of the browser's own making. */
export function localProblem(code: keyof typeof local, cause: unknown): ApiProblem {
  const { message, mend } = local[code]
  return new ApiProblem({ code, status: 0, title: message.en, message, mend, detail: String(cause) }, cause)
}

/** Any thrown thing as a problem to be shown. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  return new ApiProblem(
    { code: 'interface', status: 0, title: String(thrown), detail: String(thrown) },
    thrown,
  )
}
