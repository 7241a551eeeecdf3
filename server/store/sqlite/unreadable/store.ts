import { z } from 'zod'
import type { UnreadableEntry } from '../../../../shared/api/unreadable.ts'
import { Problem } from '../../../../shared/errors/index.ts'
import { UnreadableRow } from '../../../ports/unreadable.ts'
import type { UnreadablePlace, UnreadableStore } from '../../../ports/unreadable-rows.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { readJson } from '../stored-json.ts'
import { type Place, places } from './places.ts'

/** So many of one kind are listed; more are found when these are mended. */
const most = 50
/** Long texts are looked at whole when they are mended. */
const shown = 200_000

interface Found {
  name: string
  text: string
  id: string
}

const divide = (place: string): readonly [table: string, column: string] => {
  const [table = '', column = ''] = place.split('.')
  return [table, column]
}

/**
 * Those that SQLite itself cannot read as an object: of the large tables the rest need not be read one by one.
 * Whatever is small enough to be read as a whole is read as its schema says.
 */
const wrong = (column: string) =>
  `typeof("${column}") <> 'text' or case when json_valid("${column}") then json_type("${column}") <> 'object' else 1 end`
const small = new Set([
  'journeys',
  'versions',
  'moves',
  'triggers',
  'audiences',
  'contents',
  'imports',
  'audit',
  'coupons',
])
const mostRead = 5_000

function foundAt({ sqlite }: BrandDatabase, at: string, place: Place): UnreadableEntry[] {
  const [table, column] = divide(at)
  const keys = place.key.map((key) => `"${key}"`).join(', ')
  const live = table === 'journeys' ? ' and deleted_at is null' : ''
  const where = small.has(table) ? '1' : `(${wrong(column)})`
  const rows = sqlite
    .prepare<[number], Found>(
      `select ${place.name} as name, cast("${column}" as text) as text, json_array(${keys}) as id from "${table}"
       where "${column}" is not null and ${where}${live} order by ${keys} desc limit ?`,
    )
    .all(small.has(table) ? mostRead : most + 1)
  return rows.flatMap(({ name, text, id }) => {
    const read = place.read(text)
    if (read.readable) return []
    const drop = place.drop === null ? null : place.drop === 'row' ? ('row' as const) : ('value' as const)
    return [
      {
        place: at,
        id,
        what: place.what,
        name: String(name),
        reason: read.reason,
        text: text.slice(0, shown),
        drop,
      },
    ]
  })
}

const keyText = z.array(z.union([z.string(), z.number()]))

/** The row that is meant; Problem `not-found`, also where what stands there can be read: only its own pages change that. */
function rowAt(db: BrandDatabase, { place: at, id }: UnreadablePlace) {
  const place = Object.hasOwn(places, at) ? places[at] : undefined
  const read = readJson(id)
  const key = read.readable ? keyText.safeParse(read.value).data : undefined
  if (place === undefined || key?.length !== place.key.length)
    throw new Problem('not-found', { what: `${at} ${id}` }, 'id')
  const [table, column] = divide(at)
  const where = place.key.map((name) => `"${name}" = ?`).join(' and ')
  const text = db.sqlite
    .prepare<unknown[], string | null>(`select cast("${column}" as text) from "${table}" where ${where}`)
    .pluck()
    .get(...key)
  if (text === undefined || text === null || place.read(text).readable)
    throw new Problem('not-found', { what: `${at} ${id}` }, 'id')
  return { place, table, column, where, key }
}

function mend(db: BrandDatabase, at: UnreadablePlace, text: string): void {
  const { place, table, column, where, key } = rowAt(db, at)
  const read = place.read(text)
  if (!read.readable) throw new UnreadableRow(place.what.en, read.reason, 'text')
  db.sqlite
    .prepare(`update "${table}" set "${column}" = ?${place.also ?? ''} where ${where}`)
    .run(text, ...key)
}

function drop(db: BrandDatabase, at: UnreadablePlace): void {
  const { place, table, column, where, key } = rowAt(db, at)
  if (place.drop === null) throw new Problem('row-stays', { what: place.what.en }, 'id')
  const sql =
    place.drop === 'row'
      ? `delete from "${table}" where ${where}`
      : `update "${table}" set "${column}" = ${place.drop === 'null' ? 'null' : `'{}'`} where ${where}`
  db.sqlite.prepare(sql).run(...key)
}

/** What cannot be read in one brand's database. */
export function unreadableStore(db: BrandDatabase): UnreadableStore {
  const change = changer(db)
  return {
    list: async () => {
      const found = Object.entries(places).map(([at, place]) => foundAt(db, at, place))
      return {
        entries: found.flatMap((some) => some.slice(0, most)),
        more: found.some((some) => some.length > most),
      }
    },
    mend: async (act, at, text) =>
      change(
        act,
        () => mend(db, at, text),
        () => ({ action: 'row.mended', id: `${at.place} ${at.id}` }),
      ),
    drop: async (act, at) =>
      change(
        act,
        () => drop(db, at),
        () => ({ action: 'row.dropped', id: `${at.place} ${at.id}` }),
      ),
  }
}
