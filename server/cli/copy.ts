import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Condition } from '../../shared/conditions/schema.ts'
import { copyFileOf } from '../analytics/copy/files.ts'
import { withBase } from './base.ts'
import { type Command, needed, printJson } from './command.ts'
import { openExisting } from './data.ts'

const nobody: Condition = { kind: 'any', of: [] }

/** Makes the analytical copy of a brand anew. */
export const copy: Command = {
  usage: 'copy --data DIR [--brand ID]',
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, brand: { type: 'string' } },
    })
    const db = openExisting(needed(values.data, '--data'), values.brand)
    const { path } = db
    db.close()
    const began = process.hrtime.bigint()
    const { of } = await withBase(path, { terminal, label: 'copy' }, async (base) => {
      await base.rebuild()
      return base.ask('count', { condition: nobody, moment: { now: 0, zone: 'UTC', anchors: {} } })
    })
    const seconds = Number(process.hrtime.bigint() - began) / 1e9
    const file = copyFileOf(path)
    printJson(terminal, { file, bytes: statSync(file).size, customers: of, seconds })
    return 0
  },
}
