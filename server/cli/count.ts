import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { parseInstant } from '../../shared/calendar/index.ts'
import { type Condition, conditionSchema } from '../../shared/conditions/schema.ts'
import { Problem } from '../../shared/errors/index.ts'
import { readBrand } from '../store/sqlite/settings/meta.ts'
import { nowOf } from '../store/sqlite/settings/mode.ts'
import { readColumn } from '../store/sqlite/stored-json.ts'
import { withBase } from './base.ts'
import { type Command, Misuse, needed, printJson } from './command.ts'
import { openExisting } from './data.ts'

/** Reads a condition as a journey file holds one. Problems `not-found`, `file-unreadable`, `invalid-request`. */
async function readCondition(path: string): Promise<Condition> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error)) throw error
    if (error.code === 'ENOENT') throw new Problem('not-found', { what: path })
    throw new Problem('file-unreadable', { file: path, detail: String(error.code) })
  })
  const read = readColumn(text, conditionSchema)
  if (read.readable) return read.value
  throw new Problem('invalid-request', { detail: `${path}: ${read.reason.en}` }, 'condition')
}

export const count: Command = {
  usage: 'count --data DIR --condition FILE [--brand ID] [--at TIME] [--json]',
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        condition: { type: 'string' },
        brand: { type: 'string' },
        at: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    })
    const condition = await readCondition(needed(values.condition, '--condition'))
    const db = openExisting(needed(values.data, '--data'), values.brand)
    const { zone } = readBrand(db)
    const now = values.at === undefined ? nowOf(db, Date.now()) : parseInstant(values.at, zone)
    const { path } = db
    db.close()
    if (now === null) throw new Misuse(`--at is a time such as 2026-08-05T10:00:00+08:00, not ${values.at}`)
    const moment = { now, zone, anchors: {} }
    const { answer, seconds } = await withBase(path, { terminal, label: 'count' }, async (base) => {
      // How long the copy takes to be made, or to read what is new, is not the question's affair.
      await base.ask('count', { condition: { kind: 'any', of: [] }, moment })
      const began = process.hrtime.bigint()
      const answer = await base.ask('count', { condition, moment })
      return { answer, seconds: Number(process.hrtime.bigint() - began) / 1e9 }
    })
    if (values.json) printJson(terminal, { count: answer.count, of: answer.of, seconds })
    else terminal.out(`${answer.count} of ${answer.of} customers, in ${seconds.toFixed(3)} s\n`)
    return 0
  },
}
