import { parseArgs } from 'node:util'
import { brandPath, openDatabase } from '../store/sqlite/database.ts'
import { type Command, Misuse, needed, printJson } from './command.ts'
import { importAll } from './data.ts'

export const importFiles: Command = {
  usage: 'import --customers C.csv --orders O.csv --data DIR',
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: { customers: { type: 'string' }, orders: { type: 'string' }, data: { type: 'string' } },
    })
    const folder = needed(values.data, '--data')
    const { customers, orders } = values
    if (customers === undefined && orders === undefined)
      throw new Misuse('--customers or --orders is missing')
    const files = {
      ...(customers === undefined ? {} : { customers: needed(customers, '--customers') }),
      ...(orders === undefined ? {} : { orders: needed(orders, '--orders') }),
    }
    const db = openDatabase(brandPath(folder, 'own'))
    try {
      printJson(terminal, await importAll(db, files, terminal))
    } finally {
      db.close()
    }
    return 0
  },
}
