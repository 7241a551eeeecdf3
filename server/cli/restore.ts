import { parseArgs } from 'node:util'
import { restoreDatabase } from '../store/sqlite/restore.ts'
import { type Command, needed, onlyOne, printJson } from './command.ts'
import { ownTime, usualBrand } from './data.ts'

export const restore: Command = {
  usage: 'restore FILE --data DIR [--brand ID]',
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, brand: { type: 'string' } },
      allowPositionals: true,
    })
    const file = onlyOne(positionals, 'FILE')
    const folder = needed(values.data, '--data')
    const { brand = usualBrand } = values
    printJson(terminal, restoreDatabase({ file, folder, brand, now: Date.now(), ...ownTime }))
    return 0
  },
}
