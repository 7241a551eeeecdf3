import { errors } from '../../../shared/errors/index.ts'
import type { FuzzRequest } from './requests.ts'

export interface Answered {
  readonly status: number
  readonly type: string
  readonly allow: string
  readonly body: string
}

/** Failures that are no fault of the server's and are told as such: a model or a provider that is not there. */
const outside: ReadonlySet<string> = new Set(
  Object.entries(errors)
    .filter(([code, { status }]) => status >= 500 && /^(ai-|rehearsals-busy|not-ready)/.test(code))
    .map(([code]) => code),
)

function codeOf(body: string): string {
  return /"code":"([a-z-]+)"/.exec(body)?.[1] ?? ''
}

/** What is wrong with an answer, by the description of the operation; null where nothing is. */
export function faultOf(
  { operation, method }: FuzzRequest,
  { status, type, allow, body }: Answered,
): string | null {
  if (status >= 500 && !(status !== 500 && outside.has(codeOf(body))))
    return `answered ${status} ${codeOf(body)}`
  if (status === 405 && !allow.includes(operation.method)) return `405 without ${operation.method} in Allow`
  if (status >= 400) {
    if (method === 'HEAD') return null
    // A customer who follows a link gets a page, whatever becomes of it.
    if (/^\/[lru]\//.test(operation.path) && type.startsWith('text/html')) return null
    return type.startsWith('application/problem+json') ? null : `a refusal of ${status} as ${type}`
  }
  if (method !== operation.method) return null
  const described = operation.responses[String(status)]
  if (described === undefined) return `answered ${status}, which is not described`
  const [wanted = ''] = Object.keys(described.content ?? {})
  return wanted === '' || type.startsWith(wanted.split(';')[0] ?? '')
    ? null
    : `answered ${type}, not ${wanted}`
}
