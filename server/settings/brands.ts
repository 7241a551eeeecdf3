import type { BrandList, BrandMake } from '../../shared/api/brands.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem, textsOf } from '../../shared/errors/index.ts'
import { brandSchema } from '../../shared/journey/brand.ts'
import { say, type WrittenText } from '../../shared/text.ts'
import type { Desk } from '../ports/desk.ts'
import type { BrandRow, House } from '../ports/installation.ts'
import { InUse, type Use } from '../ports/uses.ts'

const longestId = 30

/** Letters of the English name, else `brand`, with a number where that is taken. */
function freeId(name: WrittenText, taken: ReadonlySet<string>): string {
  const words = (name.en ?? '').toLowerCase().match(/[a-z0-9]+/g) ?? []
  const base = words
    .join('-')
    .replace(/^[^a-z]+/, '')
    .slice(0, longestId)
    .replace(/-+$/, '')
  const wanted = base === '' ? 'brand' : base
  let free = wanted
  for (let number = 2; taken.has(free); number += 1) free = `${wanted}-${number}`
  return free
}

/** The brands at work, and those that were put aside. */
export async function listBrands({ installation, brands, unopened }: House): Promise<BrandList> {
  const rows = await installation.brands()
  return {
    brands: rows.flatMap(({ id, createdAt }) => {
      const desk = brands.get(id)
      if (desk === undefined) return []
      const { name, zone, currency, language } = desk.brand()
      return [{ id, name, zone, currency, language, sandbox: desk.sandbox, createdAt }]
    }),
    unopened: rows.flatMap(({ id, file, createdAt, archive }) => {
      const problem = unopened.get(id)
      if (problem === undefined || archive !== null) return []
      return [{ id, file, createdAt, code: problem.code, ...textsOf(problem) }]
    }),
    archived: rows.flatMap(({ id, archivedAt, archive }) =>
      archivedAt === null || archive === null ? [] : [{ id, archivedAt, file: archive }],
    ),
  }
}

/** Makes a brand in a database of its own; answers its id. */
export async function makeBrand(house: House, actor: Actor, command: BrandMake): Promise<{ id: string }> {
  const { name, zone, currency, language } = command
  const rows = await house.installation.brands()
  const id = freeId(name, new Set(rows.map((row) => row.id)))
  const signature = say(name, language).slice(0, 20)
  const brand = brandSchema.parse({ name, signature, zone, currency, language })
  const { file } = await house.lay(id, brand, actor)
  const row = await house.installation.add(house.act(actor), { id, file, sandbox: false })
  await house.begin(row)
  return { id }
}

function rowAtWork(rows: readonly BrandRow[], id: string): BrandRow {
  const row = rows.find((one) => one.id === id && one.archive === null)
  if (row === undefined) throw new Problem('not-found', { what: id }, 'brand')
  return row
}

/** Where a brand's database is put: nothing is overwritten there, as the time is part of the name. */
const archiveOf = (id: string, at: number) =>
  `archive/${id}-${new Date(at).toISOString().replace(/[-:]|\.\d+/g, '')}.sqlite`

/** The journeys that let customers in or have some under way. */
async function runningIn({ stores }: Desk): Promise<Use[]> {
  const summaries = await stores.journeys.summaries()
  return summaries.flatMap(({ id, name, status, liveVersion: version }): Use[] =>
    status === 'live' || status === 'paused'
      ? [{ kind: 'journey', id, name, state: 'running', version, node: null, field: null }]
      : [],
  )
}

/**
 * Ends a brand's work and puts its database aside; nothing is deleted. Its name is typed to make sure. Problems
 * `not-found`, `brand-name-differs`, `brand-last`, and `brand-in-use` with the journeys that run, unless despite them.
 */
export async function archiveBrand(
  house: House,
  actor: Actor,
  command: { readonly id: string; readonly name: string; readonly despiteRunning: boolean },
): Promise<void> {
  const row = rowAtWork(await house.installation.brands(), command.id)
  // One that cannot be opened tells no name; it goes by its id.
  const named = house.brands.get(row.id)
  const names = named === undefined ? [row.id] : Object.values(named.brand().name)
  if (!names.includes(command.name.trim()))
    throw new Problem('brand-name-differs', { name: names[0] ?? '' }, 'name')
  if (named !== undefined && house.brands.size < 2) throw new Problem('brand-last', {}, 'brand')
  const running = named === undefined ? [] : await runningIn(named)
  if (running.length > 0 && !command.despiteRunning) throw new InUse('brand-in-use', {}, running)
  const act = house.act(actor)
  const archive = archiveOf(row.id, act.realAt)
  await house.installation.archive(act, row.id, archive)
  await house.end(row, archive)
}
