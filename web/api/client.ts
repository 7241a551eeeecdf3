import type { z } from 'zod'
import { maskedHeader } from '../../shared/api/contacts.ts'
import { problemAnswer } from '../../shared/api/problem.ts'
import type { BrandId } from '../../shared/api/system.ts'
import { chosenBrand } from './brand.ts'
import { ApiProblem, localProblem } from './problem.ts'
import { signedOut } from './signed-out.ts'

export interface RequestOptions {
  signal?: AbortSignal
}

type Read = <S extends z.ZodType>(path: string, schema: S, options?: RequestOptions) => Promise<z.output<S>>
type Write = <S extends z.ZodType>(
  path: string,
  schema: S,
  body?: unknown,
  options?: RequestOptions,
) => Promise<z.output<S>>

/**
 * A typed API under one base. Answers are checked by their schema; an answer without a body is
 * `undefined` (`z.undefined()`). A body is sent as JSON, a FormData as it is. Rejects with ApiProblem only,
 * but for an abort, which stays an AbortError.
 */
export interface Api {
  get: Read
  post: Write
  put: Write
  delete: Write
  /** The address of a resource, for downloads, frames and streams. */
  href: (path: string) => string
}

const root = '/api/v1'

/** The base of a brand's resources. */
export const brandBase = (brand: BrandId): string => `${root}/brands/${brand}`

function apiAt(base: () => string): Api {
  const write =
    (method: string): Write =>
    (path, schema, body, options) =>
      request(method, `${base()}${path}`, schema, body, options)
  return {
    get: (path, schema, options) => request('GET', `${base()}${path}`, schema, undefined, options),
    post: write('POST'),
    put: write('PUT'),
    delete: write('DELETE'),
    href: (path) => `${base()}${path}`,
  }
}

/** What belongs to the installation: /system, /session. */
export const rootApi: Api = apiAt(() => root)

/** What belongs to the brand that the address names. */
export const api: Api = apiAt(() => brandBase(chosenBrand.getState().brand))

/** What belongs to one named brand, whatever the address. */
export const apiFor = (brand: BrandId): Api => apiAt(() => brandBase(brand))

/** A query string with its question mark, or nothing; undefined and null values are left out. */
export function queryString(values: Readonly<Record<string, string | number | boolean | undefined | null>>) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null)
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return search === '' ? '' : `?${search}`
}

async function request<S extends z.ZodType>(
  method: string,
  url: string,
  schema: S,
  body: unknown,
  options: RequestOptions = {},
): Promise<z.output<S>> {
  const response = await answer(url, { method, ...payload(body), ...options })
  if (!response.ok) throw await problemOf(response)
  const parsed = schema.safeParse(await contentOf(response))
  if (!parsed.success) throw localProblem('unexpected-answer', parsed.error)
  return parsed.data
}

/** A browser that is told of nobody's phone keeps none, in whatever it stores. */
const headers = { accept: 'application/json', [maskedHeader]: '1' }

function payload(body: unknown): RequestInit {
  if (body === undefined) return { headers }
  if (body instanceof FormData) return { headers, body }
  return {
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

async function answer(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', ...init })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw localProblem('unreachable', error)
  }
}

async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    throw localProblem('unexpected-answer', error)
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  if (response.status === 401) signedOut.setState({ signedOut: true })
  const parsed = problemAnswer.safeParse(await contentOf(response))
  if (parsed.success) return new ApiProblem(parsed.data)
  return localProblem('unexpected-answer', `${response.status} ${response.statusText}`)
}
