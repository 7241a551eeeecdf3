import { createReadStream } from 'node:fs'
import { getDecoder } from 'iconv-lite'
import { Problem } from '../../shared/errors/index.ts'

/** A file by its path, or the bytes of one. It is read more than once. */
export type Source = string | Uint8Array

export type Encoding = 'utf-8' | 'gb18030'

/** The bytes of a source. Problem `not-found`, `file-unreadable`. */
async function* bytesOf(source: Source): AsyncGenerator<Uint8Array> {
  if (typeof source !== 'string') {
    yield source
    return
  }
  const stream: AsyncIterable<Buffer> = createReadStream(source)
  try {
    yield* stream
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'ENOENT') throw new Problem('not-found', { what: source })
    throw new Problem('file-unreadable', { file: source, detail: String(error.code) })
  }
}

/** Reads the whole source as strict UTF-8; false where it is none. */
async function isUtf8(source: Source): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const bytes of bytesOf(source)) decoder.decode(bytes, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

async function* utf8(source: Source): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  for await (const bytes of bytesOf(source)) yield decoder.decode(bytes, { stream: true })
  yield decoder.decode()
}

async function* gb18030(source: Source): AsyncGenerator<string> {
  const decoder = getDecoder('gb18030')
  let first = true
  for await (const bytes of bytesOf(source)) {
    const text = decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    yield first ? text.replace(/^\uFEFF/, '') : text
    first = false
  }
  yield decoder.end() ?? ''
}

/** The text of a source in an encoding, in pieces, without a byte order mark. */
export function textOf(source: Source, encoding: Encoding): AsyncGenerator<string> {
  return encoding === 'utf-8' ? utf8(source) : gb18030(source)
}

/** What no text holds: NUL is a sign of UTF-16 or of no text at all, U+FFFD of bytes that mean nothing. */
function foreign(text: string, encoding: Encoding): number {
  const nul = text.indexOf('\0')
  const unknown = encoding === 'gb18030' ? text.indexOf('\uFFFD') : -1
  return nul === -1 ? unknown : unknown === -1 ? nul : Math.min(nul, unknown)
}

function linesIn(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

/**
 * UTF-8 where every byte of the source agrees, else GB18030. Problem `csv-encoding` with the line where
 * it is neither.
 */
export async function encodingOf(source: Source): Promise<Encoding> {
  const encoding: Encoding = (await isUtf8(source)) ? 'utf-8' : 'gb18030'
  let line = 1
  for await (const text of textOf(source, encoding)) {
    const at = foreign(text, encoding)
    if (at !== -1) throw new Problem('csv-encoding', { line: line + linesIn(text.slice(0, at)) })
    line += linesIn(text)
  }
  return encoding
}
