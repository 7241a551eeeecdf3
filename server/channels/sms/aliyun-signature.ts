import { hmac, sha256 } from './digest.ts'

/** A request to an API of Aliyun as it is signed. */
export interface AliyunRequest {
  readonly method: 'POST'
  readonly url: URL
  /** By their names in lower case, `host` among them. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Percent-encoding as RFC 3986 has it: space is %20, and ! ' ( ) * are encoded too. */
export const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

const byName = ([left]: readonly [string, string], [right]: readonly [string, string]) =>
  left < right ? -1 : left > right ? 1 : 0

/** The parameters of a URL in the order and the form in which they are signed. */
export function canonicalQuery(parameters: Iterable<readonly [string, string]>): string {
  const sorted = [...parameters].sort(byName)
  return sorted.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
}

/** ACS3-HMAC-SHA256: help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature. */
export function aliyunAuthorization(
  { method, url, headers, body }: AliyunRequest,
  { keyId, keySecret }: { readonly keyId: string; readonly keySecret: string },
): string {
  const signed = Object.entries(headers).sort(byName)
  const names = signed.map(([name]) => name).join(';')
  const request = [
    method,
    url.pathname,
    canonicalQuery(url.searchParams),
    signed.map(([name, value]) => `${name}:${value.trim()}\n`).join(''),
    names,
    sha256(body),
  ].join('\n')
  const signature = hmac(keySecret, `ACS3-HMAC-SHA256\n${sha256(request)}`).toString('hex')
  return `ACS3-HMAC-SHA256 Credential=${keyId},SignedHeaders=${names},Signature=${signature}`
}
