import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { faultsOf } from '../store/sqlite/check.ts'
import { backupKnown } from '../store/sqlite/installation/backups.ts'
import { brandsIn, databaseOf } from '../store/sqlite/installation/files.ts'
import { type Command, needed, printJson } from './command.ts'

export const check: Command = {
  usage: 'check --data DIR [--brand ID]',
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, brand: { type: 'string' } },
    })
    const folder = needed(values.data, '--data')
    const installation = join(folder, 'installation.sqlite')
    const ofInstallation = existsSync(installation) ? faultsOf(installation) : []
    // Where it cannot say which brands there are, those are looked at that every folder begins with.
    const known = ofInstallation.length > 0 ? ['own', 'demo'] : brandsIn(folder)
    const brands = values.brand === undefined ? known : [values.brand]
    const looked = brands.map((brand) => {
      const file = ofInstallation.length > 0 ? join(folder, `${brand}.sqlite`) : databaseOf(folder, brand)
      return { brand, file, faults: faultsOf(file), backup: backupKnown(folder, brand) }
    })
    printJson(terminal, {
      installation: { file: installation, faults: ofInstallation },
      brands: looked,
    })
    return ofInstallation.length + looked.flatMap(({ faults }) => faults).length === 0 ? 0 : 1
  },
}
