import { parseArgs } from 'node:util'
import { backupDatabase } from '../store/sqlite/backup.ts'
import { noteBackup } from '../store/sqlite/installation/backups.ts'
import { type Command, needed, onlyOne, printJson } from './command.ts'
import { openExisting, usualBrand } from './data.ts'

export const backup: Command = {
  usage: 'backup FILE --data DIR [--brand ID]',
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, brand: { type: 'string' } },
      allowPositionals: true,
    })
    const file = onlyOne(positionals, 'FILE')
    const folder = needed(values.data, '--data')
    const db = openExisting(folder, values.brand)
    try {
      const at = Date.now()
      const made = await backupDatabase(db, file, at)
      noteBackup(folder, values.brand ?? usualBrand, file, at)
      printJson(terminal, { file, ...made })
    } finally {
      db.close()
    }
    return 0
  },
}
