import type { FastifyReply, FastifyRequest } from 'fastify'
import type { RecordsAnswer } from '../../shared/api/records.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import { RecordCall, takeRecords } from '../customers/records.ts'
import { answerStream, isStream, rowsOf } from '../http/records.ts'
import type { RecordKind } from '../ports/records.ts'

/** What may come of any call that brings rows. */
export const recordProblems = [
  'not-found',
  'records-missing',
  'records-refused',
  'records-too-many',
  'stream-cut',
  'body-too-large',
  'unsupported-media',
] as const

export interface RecordRequest {
  readonly desk: BrandRuntime
  readonly actor: Actor
  readonly kind: RecordKind
}

/** Takes the rows of a request, and answers with what became of each: as JSON, or line by line. */
export async function answerRecords(
  request: FastifyRequest,
  reply: FastifyReply,
  { desk, actor, kind }: RecordRequest,
): Promise<RecordsAnswer | FastifyReply> {
  if (!isStream(request)) return takeRecords(desk, actor, { kind, rows: rowsOf(request.body) })
  const call = new RecordCall(desk, actor, kind)
  return answerStream(request, reply, { folder: desk.importsFolder, take: (rows) => call.take(rows) })
}
