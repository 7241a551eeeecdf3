import { z } from 'zod'
import { type Certificate, certificate, erasureRemoved } from '../../../../shared/api/erasures.ts'
import { actor } from '../../../../shared/audit/actor.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { UnreadableRow } from '../../../ports/unreadable.ts'
import type { BrandDatabase } from '../database.ts'
import { readValue, storedJson } from '../stored-json.ts'

const row = certificate.extend({
  askedBy: storedJson.pipe(actor),
  removed: storedJson.pipe(erasureRemoved),
  remembered: z.int().transform((flag) => flag === 1),
})

const columns = `id, status, records, asked_at as askedAt, asked_by as askedBy, finished_at as finishedAt,
  remembered, removed, swept_at as sweptAt`

const begins = 'instr(id, ?) = 1'

function readRow(stored: unknown, id: string): Certificate {
  const read = readValue(stored, row)
  if (!read.readable) throw new UnreadableRow(id, read.reason)
  return read.value
}

/** The newest first; `start`: those whose id begins so. */
export function listCertificates(
  { sqlite }: BrandDatabase,
  { limit, start = '' }: { readonly limit: number; readonly start?: string | undefined },
): { erasures: Certificate[]; total: number } {
  const rows = sqlite
    .prepare<[string, number], { id: string }>(
      `select ${columns} from erasures where ${begins} order by asked_at desc, id limit ?`,
    )
    .all(start, limit)
  const total = sqlite
    .prepare<[string], { count: number }>(`select count(*) as count from erasures where ${begins}`)
    .get(start)
  return { erasures: rows.map((one) => readRow(one, one.id)), total: total?.count ?? 0 }
}

export function findCertificate({ sqlite }: BrandDatabase, id: string): Certificate {
  const found = sqlite.prepare<[string], unknown>(`select ${columns} from erasures where id = ?`).get(id)
  if (found === undefined) throw new Problem('not-found', { what: id }, 'erasure')
  return readRow(found, id)
}
