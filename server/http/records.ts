import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RecordCounts, RecordResult } from '../../shared/api/records.ts'
import { Problem, textsOf } from '../../shared/errors/index.ts'
import { limits, sayLimit } from '../../shared/limits.ts'
import { type SoundRules, unsoundPart } from '../../shared/sound.ts'
import type { App } from './app.ts'
import { unsoundCodes } from './json-body.ts'
import { type Line, LineReader } from './record-lines.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes rows: one, a list, or a stream of lines. */
    records?: boolean
  }
}

/** By which a body says that it has one JSON a line. */
export const streamTypes = ['application/x-ndjson', 'application/ndjson', 'application/jsonl'] as const

/** What a route may be sent that takes rows. */
export const recordTypes = ['application/json', streamTypes[0]]

/** Whether a request brings a stream of rows, which may take any time. */
export function isStream({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  return streamTypes.some((one) => one === type)
}

/** Lets the routes of a scope take streams; nothing of one is read before its route does. */
export function streamBodies(app: App): void {
  app.addContentTypeParser([...streamTypes], (_request, payload, done) => done(null, payload))
}

/** A row as it came: read as JSON, or refused for what it is. */
type Row = { readonly line: number; readonly value: unknown } | Refused
interface Refused {
  readonly line: number
  readonly refused: RecordResult
}

function refused(line: number, problem: Problem): Refused {
  const { message, mend } = textsOf(problem)
  const { code, place } = problem
  const told = place === undefined || place === '' ? {} : { place }
  return { line, refused: { line, id: null, status: 'refused', code, ...told, message, mend } }
}

/** What a route lets through in a row. */
export type RowRules = Pick<SoundRules, 'looseNumbers'>

/** A value of JSON as a row: an object of which no text is broken and no number lost. */
function rowOf(line: number, value: unknown, rules: RowRules): Row {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refused(line, new Problem('record-not-object'))
  const found = unsoundPart(value, { depth: limits.jsonDepth.value, ...rules })
  if (found === null) return { line, value }
  const place = found.path.slice(0, 12).join('.')
  return refused(line, new Problem(unsoundCodes[found.kind], { levels: limits.jsonDepth.value }, place))
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Reads a line; nothing where it is blank. */
function readLine({ number, bytes }: Line, rules: RowRules): Row[] {
  if (bytes === null)
    return [refused(number, new Problem('record-too-large', { limit: sayLimit('recordSize').en }))]
  try {
    const text = decoder.decode(bytes)
    return text.trim() === '' ? [] : [rowOf(number, JSON.parse(text), rules)]
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError)
      return [refused(number, new Problem('record-not-json'))]
    throw error
  }
}

/** The rows of a body that came whole: one record, or a list. Problem `records-too-many`. */
export function rowsOf(body: unknown, rules: RowRules = {}): Row[] {
  const rows = Array.isArray(body) ? body : [body]
  const most = limits.recordsAtOnce.value
  if (rows.length > most) throw new Problem('records-too-many', { limit: most })
  return rows.map((value, index) => rowOf(index + 1, value, rules))
}

/** So many rows or bytes are taken at once. */
const rowsInHand = 500
const bytesInHand = 2 * 1024 * 1024

/** The rows of a stream, some hundreds at a time; no more is read before these are taken. Problem `stream-cut`. */
async function* rowsIn(stream: IncomingMessage, rules: RowRules): AsyncGenerator<Row[]> {
  const lines = new LineReader(limits.recordSize.value)
  let rows: Row[] = []
  let bytes = 0
  const pieces: AsyncIterable<Buffer> = stream
  try {
    for await (const piece of pieces) {
      for (const line of lines.read(piece)) {
        rows.push(...readLine(line, rules))
        bytes += line.bytes?.length ?? 0
        if (rows.length < rowsInHand && bytes < bytesInHand) continue
        yield rows
        rows = []
        bytes = 0
      }
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    if (stream.destroyed && !stream.complete) throw new Problem('stream-cut')
    throw error
  }
  rows.push(...lines.end().flatMap((line) => readLine(line, rules)))
  if (rows.length > 0) yield rows
}

export interface StreamOptions {
  /** Where results are put aside until the stream has been read. */
  readonly folder: string
  readonly take: (rows: readonly Row[]) => Promise<readonly RecordResult[]>
  readonly rules?: RowRules
}

/**
 * Takes a stream of rows and answers with a line for each, and a last one with the counts. They are put aside on disk
 * until the stream has ended, as whoever sends may read nothing before; so nothing of any length stands in memory.
 */
export async function answerStream(
  request: FastifyRequest,
  reply: FastifyReply,
  { folder, take, rules = {} }: StreamOptions,
): Promise<FastifyReply> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${randomUUID()}.ndjson`)
  const file = createWriteStream(path, { flags: 'wx' })
  const counts: RecordCounts = { created: 0, updated: 0, unchanged: 0, refused: 0 }
  const write = async (text: string) => {
    if (!file.write(text)) await once(file, 'drain')
  }
  try {
    await once(file, 'open')
    for await (const rows of rowsIn(request.raw, rules)) {
      const results = await take(rows)
      for (const { status } of results) counts[status] += 1
      await write(results.map((result) => `${JSON.stringify(result)}\n`).join(''))
    }
    await write(`${JSON.stringify({ summary: counts })}\n`)
    file.end()
    await once(file, 'close')
    const answer = createReadStream(path)
    answer.once('close', () => void rm(path, { force: true }))
    return reply.type(streamTypes[0]).send(answer)
  } catch (error) {
    file.destroy()
    await rm(path, { force: true })
    throw error
  }
}
