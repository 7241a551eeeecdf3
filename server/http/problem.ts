import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ProblemAnswer } from '../../shared/api/problem.ts'
import { type ErrorCode, type ErrorEntry, errors, Problem } from '../../shared/errors/index.ts'
import { InvalidInput } from '../../shared/errors/invalid-input.ts'
import { fillIn } from '../../shared/errors/say.ts'
import { placedIssues, sayIssue, sayPath } from '../../shared/journey/issue.ts'
import type { Locale, LocalText } from '../../shared/text.ts'
import { problemOfTrouble } from '../ports/trouble.ts'
import type { App } from './app.ts'
import { localeOf } from './language.ts'

/** What every problem is sent as (RFC 9457). */
export const problemType = 'application/problem+json; charset=utf-8'

type Details = Readonly<Record<string, string | number>>

interface Texts {
  readonly message: LocalText
  readonly mend: LocalText
}

/** A problem with values of its own in Chinese, and members that stand beside the standard ones. */
interface Told {
  readonly code: ErrorCode
  readonly details: Details
  readonly zh?: Details
  readonly place?: string | undefined
  readonly texts?: Texts | undefined
  readonly extension?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string | number>>
}

/** A Problem that carries more, such as a list of diagnostics: these members are sent along. */
export interface ExtendedProblem {
  readonly extension: Readonly<Record<string, unknown>>
  /** Its texts, where they are filled in already. */
  readonly texts?: Texts | undefined
}

function bodyOf(told: Told, locale: Locale, instance: string): ProblemAnswer {
  const { code, details, place, extension } = told
  const { status, message, mend }: ErrorEntry = errors[code]
  const both = (text: LocalText): LocalText => ({
    'zh-CN': fillIn('zh-CN', text, { ...details, ...told.zh }),
    en: fillIn('en', text, details),
  })
  const said = told.texts?.message ?? both(message)
  const mended = told.texts?.mend ?? both(mend)
  return {
    type: `/api/problems/${code}`,
    title: said[locale],
    status,
    detail: mended[locale],
    code,
    message: said,
    mend: mended,
    details: { ...details },
    instance,
    ...(place === undefined ? {} : { place }),
    ...extension,
  }
}

/** After how many seconds it is worth trying again, where waiting helps. */
const retryAfter: Partial<Record<ErrorCode, number>> = {
  'work-busy': 5,
  stopping: 10,
  'store-busy': 5,
  'disk-full': 30,
  'disk-failing': 30,
  'store-unwritable': 30,
}

function isUnread({ raw, headers }: FastifyRequest): boolean {
  const announced = headers['content-length'] ?? headers['transfer-encoding'] ?? '0'
  return announced !== '0' && !raw.complete
}

function send(told: Told, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const body = bodyOf(told, localeOf(request.headers['accept-language']), request.id)
  const seconds = retryAfter[told.code]
  // What comes of a body that is refused before its end would be taken for the next request.
  if (isUnread(request)) reply.header('connection', 'close')
  return reply
    .headers({ ...(seconds !== undefined && { 'retry-after': seconds }), ...told.headers })
    .code(errors[told.code].status)
    .type(problemType)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body)
}

/** Says what the schema asks for at the first fault; the others follow in `issues`. */
function invalid(error: z.ZodError): Told {
  const issues = placedIssues(error).map(({ path, issue }) => ({
    place: sayPath(path),
    message: sayIssue(issue),
  }))
  const [first] = issues
  const at = (locale: Locale, mark: string) =>
    first === undefined ? '' : `${first.place === '' ? '' : `${first.place}${mark}`}${first.message[locale]}`
  return {
    code: 'invalid-request',
    details: { detail: at('en', ': ') },
    zh: { detail: at('zh-CN', '：') },
    place: first?.place,
    extension: { issues: issues.slice(0, 50) },
  }
}

const notJson: Told = {
  code: 'invalid-request',
  details: { detail: 'the body is not JSON' },
  zh: { detail: '内容不是合格的 JSON' },
}

const badAddress: Told = {
  code: 'invalid-request',
  details: { detail: 'the address holds a % that stands for no character' },
  zh: { detail: '地址里有一个 % 编码不出字符' },
}

function megabytes(bytes: number): string {
  return `${Math.round((bytes / 1_048_576) * 10) / 10} MB`
}

const frameworkError = z.object({
  code: z.string().optional(),
  statusCode: z.int().optional(),
  message: z.string(),
})

/** What the framework itself refuses, in our words; null for what is our own fault. */
function refusal(thrown: unknown, request: FastifyRequest): Told | null {
  const error = frameworkError.safeParse(thrown).data
  switch (error?.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return { code: 'body-too-large', details: { limit: megabytes(limitOf(request)) } }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return { code: 'unsupported-media', details: mediaOf(request) }
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return notJson
    case 'FST_ERR_BAD_URL':
      return badAddress
  }
  const status = error?.statusCode ?? 500
  if (error === undefined || status >= 500 || status < 400) return null
  return thrown instanceof SyntaxError
    ? notJson
    : { code: 'invalid-request', details: { detail: error.message } }
}

/** What came, and what the route takes: a form where files are sent, else JSON. */
function mediaOf({ headers, routeOptions }: FastifyRequest): Details {
  const { uploadLimit, records } = routeOptions.config
  const json = records === true ? 'application/json, application/x-ndjson' : 'application/json'
  return {
    type: headers['content-type'] ?? '-',
    wanted: uploadLimit === undefined ? json : 'multipart/form-data',
  }
}

/** A route that takes files says its own limit. */
function limitOf(request: FastifyRequest): number {
  return request.routeOptions.config.uploadLimit ?? request.routeOptions.bodyLimit ?? 0
}

function isExtended(error: unknown): error is ExtendedProblem {
  return typeof error === 'object' && error !== null && 'extension' in error
}

function toldOf(error: unknown, request: FastifyRequest): Told {
  if (error instanceof Problem) {
    const { code, details, place } = error
    const more = isExtended(error) ? { extension: error.extension, texts: error.texts } : {}
    const headers = code === 'too-many-requests' ? { 'retry-after': details.seconds ?? 1 } : {}
    return { code, details, place, headers, ...more }
  }
  if (error instanceof InvalidInput) return invalid(error.error)
  const refused = refusal(error, request)
  if (refused !== null) return refused
  const trouble = problemOfTrouble(error, 'data')
  if (trouble !== null) return { code: trouble.code, details: trouble.details }
  request.log.error({ err: error }, 'a request failed')
  return { code: 'internal', details: { id: request.id } }
}

/** Sends a thrown thing as a problem; nobody outside reads a stack. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return send(toldOf(error, request), request, reply)
}

const malformed: Told = {
  code: 'invalid-request',
  details: { detail: 'the request line or a header is malformed' },
  zh: { detail: '请求行或请求头的写法不对，地址里的中文要先编码' },
}
const late: Told = { code: 'request-timeout', details: {} }

/** Writes a problem to a connection whose request never came to be one, and closes it. */
function endConnection(socket: Socket, told: Told): void {
  const { status } = errors[told.code]
  const body = JSON.stringify(bodyOf(told, 'zh-CN', '-'))
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${problemType}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
  // Whoever does not read is not waited for.
  socket.destroySoon()
}

/** Answers a request that is no HTTP at all, such as one with letters in its address that are not encoded. */
export function refuseConnection(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy(error)
  else endConnection(socket, error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? late : malformed)
}

/** Closes the connection of a request that does not come to its end; says why where nothing was answered yet. */
export function endLate(socket: Socket, answered: boolean): void {
  if (answered || !socket.writable) socket.destroy()
  else endConnection(socket, late)
}

/** What stands at the address of a problem's type. */
export const problemEntry = z.object({
  code: z.string(),
  status: z.int(),
  message: z.object({ 'zh-CN': z.string(), en: z.string() }),
  mend: z.object({ 'zh-CN': z.string(), en: z.string() }),
})

/** Every error of the application as RFC 9457 says, unknown addresses included. */
export function problems(app: App): void {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
}
