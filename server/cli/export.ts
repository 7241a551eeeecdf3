import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { customerFileHead, customerFileRow } from '../../shared/api/customer-file.ts'
import { terminalActor } from '../../shared/audit/actor.ts'
import { csvLine, csvMark } from '../../shared/csv.ts'
import { Problem } from '../../shared/errors/index.ts'
import { printJourney } from '../../shared/journey/file.ts'
import { attributeNames, filedReader } from '../store/sqlite/customers/filed.ts'
import { customerStore } from '../store/sqlite/customers/store.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { getJourney } from '../store/sqlite/journeys/journeys.ts'
import { readBrand } from '../store/sqlite/settings/meta.ts'
import { nowOf } from '../store/sqlite/settings/mode.ts'
import { withBase } from './base.ts'
import { type Command, Misuse, needed, onlyOne, printJson, type Terminal } from './command.ts'
import { openExisting } from './data.ts'

const rowsAtOnce = 500

/** `heard` is told how many customers have been written before each next piece. */
function* linesOf(
  db: BrandDatabase,
  ids: readonly string[],
  heard: (rows: number) => void,
): Generator<string> {
  const read = filedReader(db)
  const attributes = attributeNames(db)
  yield `${csvMark}${csvLine(customerFileHead(attributes))}`
  for (let from = 0; from < ids.length; from += rowsAtOnce) {
    heard(from)
    yield read(ids.slice(from, from + rowsAtOnce))
      .map((one) => csvLine(customerFileRow(one, attributes)))
      .join('')
  }
}

async function write(file: string, lines: Iterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(lines), createWriteStream(file))
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'syscall' in error)
      throw new Problem('file-unwritable', { file, detail: String(error.code) })
    throw error
  }
}

/** Writes the customers of an audience, as they are by the brand's clock, and says so in the log; answers how many. */
async function exportAudience(
  db: BrandDatabase,
  terminal: Terminal,
  { key: audience, file }: { readonly key: string; readonly file: string },
): Promise<number> {
  const realAt = Date.now()
  const now = nowOf(db, realAt)
  return withBase(db.path, { terminal, label: 'export' }, async (base, working) => {
    const customers = customerStore(db, base)
    const ids = await customers.ids({ audience }, { now, zone: readBrand(db).zone })
    let done = 0
    working.ask(() => ({ what: 'customers', done, of: ids.length }))
    await write(
      file,
      linesOf(db, ids, (rows) => {
        done = rows
      }),
    )
    await customers.exported(
      { actor: terminalActor, at: now, realAt },
      { audience, count: ids.length, contacts: 'whole' },
    )
    return ids.length
  })
}

export const exportData: Command = {
  usage: 'export (JOURNEY | --audience KEY --out FILE.csv) --data DIR [--brand ID]',
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        audience: { type: 'string' },
        out: { type: 'string' },
        data: { type: 'string' },
        brand: { type: 'string' },
      },
      allowPositionals: true,
    })
    const { audience, out } = values
    const customers = audience !== undefined || out !== undefined
    if (customers && positionals.length > 0)
      throw new Misuse('either a journey or the customers of an audience, not both')
    const journey = customers ? '' : onlyOne(positionals, 'JOURNEY')
    const asked = customers ? { key: needed(audience, '--audience'), file: needed(out, '--out') } : null
    const db = openExisting(needed(values.data, '--data'), values.brand)
    try {
      if (asked === null) terminal.out(printJourney(getJourney(db, journey).journey))
      else {
        const count = await exportAudience(db, terminal, asked)
        printJson(terminal, { file: asked.file, audience: asked.key, customers: count })
      }
    } finally {
      db.close()
    }
    return 0
  },
}
