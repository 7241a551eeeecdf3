import { parseArgs } from 'node:util'
import { backupDatabase } from '../store/sqlite/backup.ts'
import { type Command, needed, onlyOne, printJson } from './command.ts'
import { openExisting } from './data.ts'

export const backup: Command = {
  usage: 'backup FILE --data DIR [--brand ID]',
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, brand: { type: 'string' } },
      allowPositionals: true,
    })
    const file = onlyOne(positionals, 'FILE')
    const db = openExisting(needed(values.data, '--data'), values.brand)
    try {
      printJson(terminal, { file, ...(await backupDatabase(db, file, Date.now())) })
    } finally {
      db.close()
    }
    return 0
  },
}
