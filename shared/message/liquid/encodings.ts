import type { FilterImplOptions } from 'liquidjs'
import { FilterFault } from './faults.ts'
import { textOf } from './rendering.ts'

type Handler = Extract<FilterImplOptions, (...args: never[]) => unknown>

function encode(text: string): string {
  const bytes = new TextEncoder().encode(text)
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

function decode(text: string, filter: string): string {
  try {
    const bytes = Uint8Array.from(atob(text), (unit) => unit.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new FilterFault({ code: 'filter-arguments', filter, expected: 'base64' })
  }
}

const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_')
const standard = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/')

/** A filter of texts alone. */
const of = (write: (text: string) => string): Handler =>
  function (value: unknown) {
    const text = textOf(value, this.context) ?? ''
    this.context.memoryLimit.use(text.length * 2)
    return write(text)
  }

/** Where an address in a mail may lead; a scheme may be hidden by white space and control characters. */
const WEB_ADDRESS = /^(?:https?:\/\/|mailto:|tel:)/i

/** The same bytes in the browser as on the server. */
export const encodingFilters: Readonly<Record<string, Handler>> = {
  base64_encode: of(encode),
  base64_decode: of((text) => decode(text, 'base64_decode')),
  base64_url_safe_encode: of((text) => urlSafe(encode(text))),
  base64_url_safe_decode: of((text) => decode(standard(text), 'base64_url_safe_decode')),
  /** An address as it is; `#`, which leads nowhere, for what is none. */
  web_address: of((text) => {
    const bare = text.replace(/[\s\p{Cc}]/gu, '')
    return WEB_ADDRESS.test(bare) ? bare : '#'
  }),
  url_encode: of((text) =>
    encodeURIComponent(text)
      .replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  ),
}
