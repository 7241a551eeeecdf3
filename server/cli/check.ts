import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Problem, textsOf } from '../../shared/errors/index.ts'
import { lookThrough } from '../store/sqlite/check.ts'
import { brandMigrations } from '../store/sqlite/database.ts'
import { backupKnown, withBackup } from '../store/sqlite/installation/backups.ts'
import { installationMigrations } from '../store/sqlite/installation/database.ts'
import { brandsIn, databaseOf } from '../store/sqlite/installation/files.ts'
import { type Command, needed, printJson } from './command.ts'

/** What a start of the server would say, and how it is mended; null where it would say nothing. */
const saidOf = (problem: unknown) =>
  problem instanceof Problem ? { code: problem.code, ...textsOf(problem) } : null

function lookAtInstallation(file: string) {
  if (!existsSync(file)) return { file, faults: [], problem: null }
  const { faults, problem } = lookThrough(file, installationMigrations)
  const damaged = problem?.code === 'store-damaged' || problem?.code === 'foreign-database'
  return {
    file,
    faults,
    problem: saidOf(damaged ? new Problem('installation-damaged', { file }) : problem),
  }
}

export const check: Command = {
  usage: 'check --data DIR [--brand ID]',
  async run(args, terminal) {
    const { values } = parseArgs({
      args: [...args],
      options: { data: { type: 'string' }, brand: { type: 'string' } },
    })
    const folder = needed(values.data, '--data')
    const installation = lookAtInstallation(join(folder, 'installation.sqlite'))
    const lost = installation.problem !== null
    // Where it cannot say which brands there are, those are looked at that every folder begins with.
    const known = lost ? ['own', 'demo'] : brandsIn(folder)
    const brands = values.brand === undefined ? known : [values.brand]
    const looked = brands.map((brand) => {
      const file = lost ? join(folder, `${brand}.sqlite`) : databaseOf(folder, brand)
      const { faults, problem } = lookThrough(file, brandMigrations)
      const backup = backupKnown(folder, brand)
      return { brand, file, faults, backup, problem: saidOf(withBackup(problem, backup, { folder, brand })) }
    })
    printJson(terminal, { installation, brands: looked })
    return !lost && looked.every(({ problem }) => problem === null) ? 0 : 1
  },
}
