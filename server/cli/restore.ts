import { parseArgs } from 'node:util'
import { Problem } from '../../shared/errors/index.ts'
import { databaseOf } from '../store/sqlite/installation/files.ts'
import { lockData } from '../store/sqlite/lock.ts'
import { restoreDatabase } from '../store/sqlite/restore.ts'
import { type Command, needed, onlyOne, printJson } from './command.ts'
import { usualBrand } from './data.ts'

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
    const unlock = lockData(folder)
    if (unlock === null) throw new Problem('data-in-use', { folder })
    try {
      const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
      printJson(terminal, restoreDatabase(file, databaseOf(folder, values.brand ?? usualBrand), stamp))
    } finally {
      unlock()
    }
    return 0
  },
}
