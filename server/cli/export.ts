import { parseArgs } from 'node:util'
import { printJourney } from '../../shared/journey/file.ts'
import { getJourney } from '../store/sqlite/journeys/journeys.ts'
import { type Command, needed, onlyOne } from './command.ts'
import { openExisting } from './data.ts'

export const exportJourney: Command = {
  usage: 'export JOURNEY --data DIR [--brand ID]',
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, brand: { type: 'string' } },
      allowPositionals: true,
    })
    const id = onlyOne(positionals, 'JOURNEY')
    const db = openExisting(needed(values.data, '--data'), values.brand)
    try {
      terminal.out(printJourney(getJourney(db, id).journey))
    } finally {
      db.close()
    }
    return 0
  },
}
