import { readFileSync } from 'node:fs'
import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import { parseJourney } from '../../shared/journey/file.ts'
import { type RehearseRequest, rehearse } from '../rehearsal/index.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { CopyClient } from '../work/copy-client.ts'
import { inHelper } from './in-helper.ts'
import { benchBrand } from './world.ts'

/** The Qixi template over a base as it stands two weeks and more before the day, under *rates*. */
function qixiRequest(): RehearseRequest {
  const file = new URL('../../templates/qixi-gift-box.journey.json', import.meta.url)
  const parsed = parseJourney(readFileSync(file, 'utf8'))
  if (!parsed.ok) throw new Error(`the Qixi template cannot be read: ${JSON.stringify(parsed.problems)}`)
  const start = Date.parse('2027-07-25T10:00:00+08:00')
  return {
    ...{ journey: parsed.journey, start, until: null, assume: 'rates' },
    ...{ controlGroup: true, brand: benchBrand },
  }
}

/** Rows of so many customers are read by one query. */
const readAtOnce = 2000

/** The same customers and their orders, read by bare statements in this thread (seconds). */
async function bareReads(path: string, ids: readonly string[]): Promise<number> {
  const { sqlite, close } = openDatabase(path, { readonly: true })
  const these = 'in (select value from json_each(?))'
  const statements = [
    sqlite.prepare<[string], unknown[]>(`select * from customers where id ${these}`),
    sqlite.prepare<[string], unknown[]>(
      `select * from events where customer_id ${these} and name = 'order' order by at, seq`,
    ),
  ].map((statement) => statement.raw())
  const began = performance.now()
  for (let from = 0; from < ids.length; from += readAtOnce) {
    const some = JSON.stringify(ids.slice(from, from + readAtOnce))
    for (const statement of statements) statement.all(some)
  }
  const seconds = (performance.now() - began) / 1000
  close()
  return seconds
}

export interface BaseRehearsalFigures {
  readonly entered: number
  /** On all cores, by a helper as the server has it, and in one thread. */
  readonly seconds: number
  readonly oneSeconds: number
  readonly floorSeconds: number
  /** The most that the helper held; null where nobody tells. */
  readonly megabytes: number | null
}

const words = ({ seconds: _seconds, ...told }: RehearsalReport) => JSON.stringify(told)

/** Qixi rehearsed by a helper, beside one thread, which tells the same, and beside bare reads of the same rows. */
export async function measureBaseRehearsal(path: string): Promise<BaseRehearsalFigures> {
  const request = qixiRequest()
  const base = new CopyClient({ database: path, patienceMs: null })
  const db = openDatabase(path, { readonly: true })
  const ports = rehearsalPorts(db, base)
  try {
    // The copy is opened beforehand: that is nobody's rehearsal.
    const known = await ports.source.knownBy(request.start)
    const helped = await inHelper({ kind: 'rehearsal', path, request })
    // What a helper answers to a rehearsal is its report.
    const report = helped.value as RehearsalReport
    const alone = await rehearse(ports, request)
    if (words(alone) !== words(report)) throw new Error('a rehearsal in one thread tells something else')
    const step = Math.max(1, Math.floor(known.length / Math.max(1, report.entered)))
    const floorSeconds = await bareReads(
      path,
      known.filter((_, index) => index % step === 0).slice(0, report.entered),
    )
    const { seconds, megabytes } = helped
    return { entered: report.entered, seconds, oneSeconds: alone.seconds, floorSeconds, megabytes }
  } finally {
    base.close()
    db.close()
  }
}

/** How long a helper takes to rehearse it over a base of which there is a copy (seconds). */
export const rehearsalSeconds = async (path: string): Promise<number> =>
  (await inHelper({ kind: 'rehearsal', path, request: qixiRequest() })).seconds
