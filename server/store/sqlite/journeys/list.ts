import type { JourneySummary } from '../../../../shared/api/journeys.ts'
import type { WrittenText } from '../../../../shared/text.ts'
import type { BrandDatabase } from '../database.ts'
import { wholeSum } from '../events/order-sql.ts'
import { hashOf, journeyHeads, nameOf, readOrNull } from './read.ts'

type Counts = ReadonlyMap<string, number>

/** What a list says of a draft. */
interface Drawn {
  readonly name: WrittenText
  readonly hash: string
}

/** What drafts say, each read once for as long as it stays the same: lists are asked for often, and drafts may be large. */
export class DrawnDrafts {
  readonly #db: BrandDatabase
  readonly #known = new Map<string, { readonly stamp: string; readonly drawn: Drawn | null }>()

  constructor(db: BrandDatabase) {
    this.#db = db
  }

  /** null where the draft cannot be read. */
  of(id: string, stamp: string): Drawn | null {
    const known = this.#known.get(id)
    if (known?.stamp === stamp) return known.drawn
    const text = this.#db.sqlite
      .prepare<[string], string>('select draft from journeys where id = ?')
      .pluck()
      .get(id)
    const journey = readOrNull(text ?? '')
    const drawn = journey === null ? null : { name: journey.name, hash: hashOf(journey) }
    this.#known.set(id, { stamp, drawn })
    return drawn
  }
}

function countsBy(db: BrandDatabase, query: string, ...values: string[]): Counts {
  const rows = db.sqlite.prepare<unknown[], { id: string; count: number }>(query).all(...values)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** The list of journeys, the latest changed first, each with how it does. */
export function journeySummaries(db: BrandDatabase, drafts = new DrawnDrafts(db)): JourneySummary[] {
  const figured = `select journey_id as id, ${wholeSum('count')} as count from figures where kind = ? group by journey_id`
  const entered = countsBy(db, figured, 'out:entered')
  const sent = countsBy(db, figured, 'out:sent')
  const inFlight = countsBy(db, figured, 'waiting')
  const stuck = countsBy(
    db,
    `select id, ${wholeSum('count')} as count from (
       select journey_id as id, count(*) as count from enrollments where status = 'stuck' group by journey_id
       union all select journey_id, count(*) from failed_entries where due_at is null group by journey_id
       union all select journey_id, count(*) from coming where due_at is null group by journey_id)
     group by id`,
  )
  const next = countsBy(
    db,
    `select t.journey_id as id, cast(min(t.due_at) as integer) as count from triggers t join journeys j on j.id = t.journey_id
     where j.status = 'live' and t.due_at is not null group by t.journey_id`,
  )
  return journeyHeads(db).map((head) => {
    const { id, status, revision, liveVersion, liveHash, breaker, createdAt, updatedAt, bytes } = head
    const drawn = drafts.of(id, `${revision} ${updatedAt} ${bytes}`)
    return {
      id,
      name: drawn?.name ?? nameOf(head),
      unreadable: drawn === null,
      status,
      revision,
      liveVersion,
      breaker,
      changed: liveHash !== null && liveHash !== drawn?.hash,
      entered: entered.get(id) ?? 0,
      inFlight: inFlight.get(id) ?? 0,
      stuck: stuck.get(id) ?? 0,
      sent: sent.get(id) ?? 0,
      createdAt,
      updatedAt,
      nextFiringAt: next.get(id) ?? null,
    }
  })
}
