import { createReadStream } from 'node:fs'
import { getDecoder } from 'iconv-lite'
import type { ImportEncoding } from '../../shared/api/imports.ts'
import { Problem } from '../../shared/errors/index.ts'

/** A file by its path, or the bytes of one. It is read more than once. */
export type Source = string | Uint8Array

export type Encoding = ImportEncoding

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

/** Whether the whole source is strict UTF-8; `cut` where it is but for its last character, of which a part is not there. */
async function utf8In(source: Source): Promise<'all' | 'cut' | 'none'> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let whole = false
  let beyond = false
  try {
    for await (const bytes of bytesOf(source))
      beyond = /[^\0-\x7f]/.test(decoder.decode(bytes, { stream: true })) || beyond
    whole = true
    decoder.decode()
    return 'all'
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // One letter at the end that alone is not ASCII may be of another encoding.
    return whole && beyond ? 'cut' : 'none'
  }
}

/** Files that shops and spreadsheets also export, by how they begin. */
const otherFormats: readonly (readonly [format: string, begins: RegExp | string])[] = [
  ['Excel (.xlsx)', /^PK[^ -~\s]{2}/],
  ['Excel (.xls)', /^\xd0\xcf[^ -~\s]\xe0/],
  ['gzip (.gz)', '\x1f\x8b'],
  ['RAR', 'Rar!\x1a\x07'],
  ['7-Zip', '7z\xbc\xaf'],
  ['Parquet', 'PAR1'],
  ['SQLite', 'SQLite format 3\0'],
  ['PNG', '\x89PNG'],
  ['JPEG', '\xff\xd8\xff'],
  ['UTF-32', /^(?:\xff\xfe\0\0|\0\0\xfe\xff)/],
  ['PDF', /^%PDF-/],
  ['HTML', /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|meta|table|\?xml)\b/i],
  ['JSON', /^(?:\xef\xbb\xbf)?\s*[[{]\s*["{\]}]/],
]

/** Problem `csv-other-format` where a file is plainly something else than a table of text. */
export async function refuseOtherFormats(source: Source): Promise<void> {
  for await (const bytes of bytesOf(source)) {
    const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
    const format = otherFormats.find(([, begins]) =>
      typeof begins === 'string' ? start.startsWith(begins) : begins.test(start),
    )?.[0]
    if (format !== undefined) throw new Problem('csv-other-format', { format })
    return
  }
}

/** Bytes looked at to tell two-byte encodings. */
const looked = 4_096

/** UTF-16 by its mark, or by the zero bytes beside the marks and digits that every file holds. */
async function utf16Of(source: Source): Promise<Encoding | null> {
  for await (const bytes of bytesOf(source)) {
    if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
    if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
    const some = bytes.subarray(0, looked)
    const zeros = (parity: number) => some.filter((byte, at) => byte === 0 && at % 2 === parity).length
    const enough = some.length / 10
    if (zeros(0) === 0 && zeros(1) > enough) return 'utf-16le'
    return zeros(1) === 0 && zeros(0) > enough ? 'utf-16be' : null
  }
  return null
}

/**
 * Whether bytes beyond ASCII stand alone, as accented letters of Western Europe do; those of Chinese come
 * in pairs.
 */
async function isWestern(source: Source): Promise<boolean> {
  let alone = 0
  let paired = 0
  let run = 0
  for await (const bytes of bytesOf(source))
    for (const byte of bytes) {
      if (byte >= 0x80) run += 1
      else {
        if (run === 1) alone += 1
        else if (run > 1) paired += 1
        run = 0
      }
    }
  return alone > paired * 4
}

async function* utf8(source: Source): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  for await (const bytes of bytesOf(source)) yield decoder.decode(bytes, { stream: true })
  yield decoder.decode()
}

async function* decoded(source: Source, encoding: Encoding): AsyncGenerator<string> {
  const decoder = getDecoder(encoding)
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
  return encoding === 'utf-8' ? utf8(source) : decoded(source, encoding)
}

/** What no text holds: NUL is a sign of no text at all, U+FFFD of bytes that mean nothing, if it cannot have been written. */
function foreign(text: string, writable: boolean): number {
  const nul = text.indexOf('\0')
  const unknown = writable ? -1 : text.indexOf('\uFFFD')
  return nul === -1 ? unknown : unknown === -1 ? nul : Math.min(nul, unknown)
}

function linesIn(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1
  return lines
}

/** Whether a file of two-byte characters ends within one. */
async function endsHalfway(source: Source, encoding: Encoding): Promise<boolean> {
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') return false
  let length = 0
  for await (const bytes of bytesOf(source)) length += bytes.length
  return length % 2 === 1
}

/** The encoding that a source is in, as far as can be told, and how much of it is UTF-8. */
async function guessed(source: Source): Promise<{ encoding: Encoding; utf8: 'all' | 'cut' | 'none' }> {
  const wide = await utf16Of(source)
  if (wide !== null) return { encoding: wide, utf8: 'none' }
  const utf8 = await utf8In(source)
  if (utf8 !== 'none') return { encoding: 'utf-8', utf8 }
  return { encoding: (await isWestern(source)) ? 'windows-1252' : 'gb18030', utf8 }
}

/**
 * The encoding that is said, else UTF-16 by its marks, UTF-8 where every byte of the source agrees, Western
 * European where bytes beyond ASCII stand alone, else GB18030. Problem `csv-encoding` with the line where
 * the source is not in it, `csv-cut` where it ends within a character.
 */
export async function encodingOf(source: Source, said?: Encoding): Promise<Encoding> {
  const { encoding, utf8 } =
    said === undefined
      ? await guessed(source)
      : { encoding: said, utf8: said === 'utf-8' ? await utf8In(source) : ('none' as const) }
  const writable = encoding === 'utf-8' && utf8 !== 'none'
  let line = 1
  for await (const text of textOf(source, encoding)) {
    const at = foreign(text, writable)
    if (at !== -1) throw new Problem('csv-encoding', { line: line + linesIn(text.slice(0, at)) })
    line += linesIn(text)
  }
  if (utf8 === 'cut' || (await endsHalfway(source, encoding))) throw new Problem('csv-cut', { line })
  return encoding
}
