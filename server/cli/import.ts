import { parseArgs } from 'node:util'
import {
  type ImportKind,
  type ImportOptions,
  importEncodings,
  importKinds,
  importOptions,
} from '../../shared/api/imports.ts'
import { planOf } from '../imports/index.ts'
import { openDatabase } from '../store/sqlite/database.ts'
import { databaseOf } from '../store/sqlite/installation/files.ts'
import { lockData } from '../store/sqlite/lock.ts'
import { type Command, Misuse, needed, printJson } from './command.ts'
import { type Files, importAll, type NamedFile, ownTime, usualBrand } from './data.ts'
import { type Maps, mapped, readMaps } from './map-file.ts'
import { whileWorking } from './working.ts'

const options = {
  customers: { type: 'string' },
  orders: { type: 'string' },
  products: { type: 'string' },
  kind: { type: 'string' },
  map: { type: 'string' },
  header: { type: 'string' },
  encoding: { type: 'string' },
  'create-customers': { type: 'boolean' },
  data: { type: 'string' },
  brand: { type: 'string' },
} as const

function kindOf(text: string): ImportKind {
  const kind = importKinds.find((one) => one === text)
  if (kind === undefined) throw new Misuse(`--kind is one of ${importKinds.join(', ')}`)
  return kind
}

interface Said {
  readonly header?: string | undefined
  readonly encoding?: string | undefined
  readonly 'create-customers'?: boolean | undefined
}

function optionsOf({ header, encoding, 'create-customers': create }: Said): ImportOptions {
  const parsed = importOptions.safeParse({
    ...(header === undefined ? {} : { header: Number(header) }),
    ...(encoding === undefined ? {} : { encoding }),
    createCustomers: create ?? false,
  })
  if (!parsed.success)
    throw new Misuse(`--header is a line's number, --encoding one of ${importEncodings.join(', ')}`)
  return parsed.data
}

/** A file with the columns that a map names put in place; the others as they are guessed. */
async function named(kind: ImportKind, source: string, said: ImportOptions, maps: Maps): Promise<NamedFile> {
  const map = maps[kind]
  if (map === undefined) return { source, options: said }
  const { mapping: guessed } = await planOf({ source, kind, options: said })
  return { source, options: said, ...mapped(guessed, map) }
}

export const importFiles: Command = {
  usage:
    'import (FILE [--kind customers|orders|products] | --customers C.csv --orders O.csv --products P.csv) [--map MAP.json] [--create-customers] [--header LINE] [--encoding NAME] --data DIR [--brand ID]',
  async run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const folder = needed(values.data, '--data')
    const [file, ...others] = positionals
    if (others.length > 0) throw new Misuse(`one file at a time: ${positionals.join(' ')}`)
    const said = optionsOf(values)
    const sources: Partial<Record<ImportKind, string>> = {}
    if (values.customers !== undefined) sources.customers = needed(values.customers, '--customers')
    if (values.orders !== undefined) sources.orders = needed(values.orders, '--orders')
    if (values.products !== undefined) sources.products = needed(values.products, '--products')
    if (file !== undefined) {
      const kind =
        values.kind === undefined ? (await planOf({ source: file, options: said })).kind : kindOf(values.kind)
      if (sources[kind] !== undefined) throw new Misuse(`two files of ${kind}`)
      sources[kind] = file
    }
    const kinds = importKinds.filter((kind) => sources[kind] !== undefined)
    if (kinds.length === 0) throw new Misuse('a file, --customers, --orders or --products is missing')
    const maps = values.map === undefined ? {} : readMaps(needed(values.map, '--map'), kinds)
    const files: Partial<Record<ImportKind, NamedFile>> = {}
    for (const kind of kinds) files[kind] = await named(kind, sources[kind] ?? '', said, maps)
    const unlock = lockData(folder)
    const db = openDatabase(databaseOf(folder, values.brand ?? usualBrand), ownTime)
    try {
      const reports = await whileWorking(terminal, 'import', (working) =>
        importAll(db, files satisfies Files, working.terminal, { alone: unlock !== null }),
      )
      printJson(terminal, reports)
    } finally {
      db.close()
      unlock?.()
    }
    return 0
  },
}
