import { Problem } from '../../shared/errors/index.ts'
import type { App } from './app.ts'

/**
 * Reads bodies of JSON as strict UTF-8, so that bytes of another encoding are refused and no name is spoilt
 * without a word. Plain text is no body of this API. Problem `body-encoding`.
 */
export function jsonBodies(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const text = utf8(body)
    if (text === null) done(new Problem('body-encoding'))
    else void parse(request, text, done)
  })
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
