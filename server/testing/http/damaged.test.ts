import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Column, damageable, damages, fillTheEmpty, fillTheRest, isJson, liveThrough } from './damage.ts'
import { openTestApp, type TestApp } from './harness.ts'

let server: TestApp
let gets: readonly string[]
beforeAll(async () => {
  server = await openTestApp()
  await liveThrough(server)
  fillTheRest(server)
  fillTheEmpty(server)
  gets = await everyGet()
}, 120_000)
afterAll(() => server.close())

const paths = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
/** What stands for a parameter, by the list in whose path it stands; of others a word that nothing has. */
const ids: Readonly<Record<string, readonly string[]>> = {
  journeys: ['gift', 'filling'],
  customers: ['m1', 'm2'],
  audiences: ['gold', 'kept'],
}

/** Every GET of the API's own description, with every id that stands for a row which may be damaged. */
async function everyGet(): Promise<string[]> {
  const { body } = await server.ask('GET', '/api/openapi.json')
  const { paths: described } = paths.parse(body)
  const imported = z.object({ imports: z.array(z.object({ id: z.string() })) })
  const { imports } = imported.parse((await server.ask('GET', '/imports')).body)
  return Object.entries(described).flatMap(([path, methods]) => {
    if (!('get' in methods) || path.endsWith('/stream')) return []
    const [, list = ''] = /\/(\w+)\/\{(?:id|key)\}/.exec(path) ?? []
    const rows = list === 'imports' ? imports.map(({ id }) => id) : (ids[list] ?? ['none'])
    const filled = path.replace('{brand}', 'own').replace('{version}', '1').replace('{name}', 'tier')
    return path.includes('{id}') || path.includes('{key}')
      ? rows.map((row) => filled.replace(/\{(id|key)\}/, row).replace(/\{\w+\}/g, 'none'))
      : [filled.replace(/\{\w+\}/g, 'none')]
  })
}

let asked = 0
/** From another address each time, so that no brake is met. */
async function get(url: string) {
  asked += 1
  const remoteAddress = `10.${asked & 255}.${(asked >> 8) & 255}.1`
  return server.app.inject({ method: 'GET', url, remoteAddress })
}

interface Damaged extends Column {
  readonly how: keyof typeof damages
}

/** Damages the first row of a table, and answers how to mend it; null where the database refuses the value. */
function damage({ table, key, name, how }: Damaged): (() => void) | null {
  const { sqlite } = server.db
  const keys = key.map((one) => `"${one}"`).join(', ')
  const row = sqlite
    .prepare<[], Record<string, unknown>>(
      `select ${keys}, "${name}" as was from "${table}" order by ${keys} limit 1`,
    )
    .safeIntegers()
    .get()
  expect(row, `${table} has a row`).toBeDefined()
  const where = key.map((one) => `"${one}" = ?`).join(' and ')
  const update = sqlite.prepare(`update "${table}" set "${name}" = ? where ${where}`)
  const place = key.map((one) => row?.[one])
  try {
    update.run(damages[how], ...place)
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT'))
      return null
    throw error
  }
  return () => update.run(row?.was, ...place)
}

/** What a page or the engine could not do. */
async function spoilt(): Promise<string[]> {
  const found: string[] = []
  for (const url of gets) {
    const { statusCode, body } = await get(url)
    expect(statusCode).not.toBe(429)
    if (statusCode >= 500) found.push(`GET ${url}: ${body.slice(0, 300)}`)
  }
  // To take a file away is written down, and would push other entries off the page.
  server.db.sqlite.prepare("delete from audit where action like '%exported'").run()
  try {
    await server.own.engine.tick(server.own.now())
  } catch (error) {
    found.push(`tick: ${String(error)}`)
  }
  return found
}

/** Pages of lists, and how many rows each tells of, those that cannot be read among them. */
const lists = ['/journeys', '/audiences', '/customers', '/messages', '/imports', '/audit', '/inbox']
async function told(): Promise<Record<string, number>> {
  const counts = lists.map(async (path) => {
    const { body } = await get(`/api/v1/brands/own${path}`)
    const parts = Object.values(z.record(z.string(), z.unknown()).parse(JSON.parse(body)))
    return [path, parts.filter(Array.isArray).reduce((sum, part) => sum + part.length, 0)] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}

const hows = Object.keys(damages) as Damaged['how'][]
const tables = [...new Set(damageable().map(({ table }) => table))]

test.each(
  damageable()
    .filter(isJson)
    .map((column) => [`${column.table}.${column.name}`, column] as const),
)(
  'no row whose %s cannot be read fails a page or the engine',
  async (_name, column) => {
    const before = await told()
    for (const how of hows) {
      const mend = damage({ ...column, how })
      if (mend === null) continue
      try {
        expect(await spoilt(), how).toEqual([])
        expect(await told(), how).toEqual(before)
      } finally {
        mend()
      }
    }
  },
  120_000,
)

/** Of columns that hold no JSON, all of a row at once: each is read by itself. */
const plain = ['a huge number', 'blob', 'empty', 'null'] as const

test.each(tables)(
  'no row of %s whose values are of another kind fails a page or the engine',
  async (table) => {
    for (const how of plain) {
      const columns = damageable().filter((column) => column.table === table && !isJson(column))
      const mends = columns.map((column) => damage({ ...column, how }))
      try {
        expect(await spoilt(), how).toEqual([])
      } finally {
        for (const mend of mends.reverse()) mend?.()
      }
    }
  },
  120_000,
)
