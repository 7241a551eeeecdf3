import { hmac, sha256 } from './digest.ts'

/** A request to an API of Tencent Cloud as it is signed. */
export interface TencentRequest {
  readonly service: string
  readonly host: string
  readonly contentType: string
  readonly action: string
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly body: string
}

const signedHeaders = 'content-type;host;x-tc-action'

/** TC3-HMAC-SHA256: cloud.tencent.com/document/api/382/52072. */
export function tencentAuthorization(
  { service, host, contentType, action, timestamp, body }: TencentRequest,
  { keyId, keySecret }: { readonly keyId: string; readonly keySecret: string },
): string {
  const headers = `content-type:${contentType}\nhost:${host}\nx-tc-action:${action.toLowerCase()}\n`
  const request = ['POST', '/', '', headers, signedHeaders, sha256(body)].join('\n')
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10)
  const scope = `${date}/${service}/tc3_request`
  const key = hmac(hmac(hmac(`TC3${keySecret}`, date), service), 'tc3_request')
  const signature = hmac(key, `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(request)}`).toString('hex')
  return `TC3-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`
}
