import type Database from 'better-sqlite3'
import { z } from 'zod'
import { type CustomerAnswer, customerScores } from '../../../../shared/api/customers.ts'
import { type Content, contentMove } from '../../../../shared/models/content.ts'
import { countedAs, shareBelow } from '../../../../shared/models/position.ts'
import { isScore, type ScoreName, scoreNames } from '../../../../shared/models/scores.ts'
import type { WrittenText } from '../../../../shared/text.ts'
import { readAttributes } from '../customers/stored.ts'
import type { BrandDatabase } from '../database.ts'
import { graphReader } from '../journeys/versions.ts'
import { readColumn, valueOr } from '../stored-json.ts'
import { lastRunOf } from './last-run.ts'

type Attributes = Readonly<Record<string, string | number | boolean>>

const none: Attributes = {}
/** With what the name of every score begins, as JSON writes it. */
const mark = '"score_'

/** A customer's own attributes as they are stored, and what models say in place of any of the same name. */
export function withScores(own: Attributes, text: string, scored: Attributes): Attributes {
  const kept = text.includes(mark)
    ? Object.fromEntries(Object.entries(own).filter(([name]) => !isScore(name)))
    : own
  return scored === none ? kept : { ...kept, ...scored }
}

/** What models say of customers, in one query; in none where nobody has been scored. */
export function scoresReader(
  sqlite: Database.Database,
): (ids: readonly string[]) => (id: string) => Attributes {
  const any = sqlite.prepare<[], number>('select exists (select 1 from scores)').pluck()
  const read = sqlite
    .prepare<[string], [id: string, scores: string]>(
      'select customer_id, scores from scores where customer_id in (select value from json_each(?))',
    )
    .raw()
  const nobody = () => none
  return (ids) => {
    if (any.get() !== 1) return nobody
    const found = new Map(read.all(JSON.stringify(ids)))
    return (id) => {
      const text = found.get(id)
      return text === undefined ? none : valueOr(readAttributes(text), none)
    }
  }
}

const reasonsSchema = customerScores.shape.reasons
const movesSchema = z.array(contentMove)

/** Content with the names that its newest version gives it. */
export function namedContents<T extends { readonly content: Content }>(
  db: BrandDatabase,
  moves: readonly T[],
): readonly (T & { readonly journeyName: WrittenText | null; readonly nodeName: WrittenText | null })[] {
  const newest = db.sqlite
    .prepare<[string], number | null>('select max(number) from versions where journey_id = ?')
    .pluck()
  const graphOf = graphReader(db)
  return moves.map((move) => {
    const { content } = move
    const version = content.kind === 'message' ? (newest.get(content.journeyId) ?? null) : null
    if (content.kind === 'page' || version === null) return { ...move, journeyName: null, nodeName: null }
    const graph = graphOf(content.journeyId, version)
    return {
      ...move,
      journeyName: graph?.name ?? null,
      nodeName: graph?.nodes[content.node]?.name ?? null,
    }
  })
}

type ScoreValue = NonNullable<CustomerAnswer['scores']>['values'][number]

/** Where values stand among those of everybody, by what the last run has kept of its distributions. */
function positionReader(db: BrandDatabase) {
  const distributions = lastRunOf(db)?.models.flatMap((model) => model.distributions) ?? []
  const known = new Map(distributions.map((one) => [one.score, one]))
  return (name: ScoreName, value: ScoreValue['value']): ScoreValue['position'] => {
    const { hundredths = [], customers = 0 } = known.get(name) ?? {}
    if (hundredths.length === 0) return null
    return { below: shareBelow(hundredths, Number(countedAs(name, value))), customers }
  }
}

/** What models say of one customer, in the order in which scores are listed; null of whoever was not scored. */
export function scoresOfCustomer(db: BrandDatabase, id: string): CustomerAnswer['scores'] {
  const row = db.sqlite
    .prepare<[string], { at: number; scores: string; reasons: string; contents: string }>(
      'select at, scores, reasons, contents from scores where customer_id = ?',
    )
    .get(id)
  if (row === undefined) return null
  const held = valueOr(readAttributes(row.scores), none)
  const positionOf = positionReader(db)
  const values = scoreNames.flatMap((name) => {
    const value = held[name]
    if (typeof value !== 'string' && typeof value !== 'number') return []
    return [{ name, value, position: positionOf(name, value) }]
  })
  return {
    ...{ at: row.at, values },
    reasons: valueOr(readColumn(row.reasons, reasonsSchema), []),
    contents: [...namedContents(db, valueOr(readColumn(row.contents, movesSchema), []))],
  }
}
