import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Problem } from '../../shared/errors/index.ts'
import { lockData } from '../store/sqlite/lock.ts'
import { readKeys } from '../store/sqlite/secrets/keys.ts'
import { rotateKey } from '../store/sqlite/secrets/rotate.ts'
import { type Command, needed, printJson } from './command.ts'

export const rotate: Command = {
  usage: 'rotate-key --data DIR',
  async run(args, terminal) {
    const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } })
    const folder = needed(values.data, '--data')
    if (!existsSync(folder)) throw new Problem('no-database', { folder })
    const given = process.env.MAGPIE_KEY?.trim() ?? ''
    const keys = given === '' ? null : readKeys(given)
    const unlock = lockData(folder)
    if (unlock === null) throw new Problem('data-in-use', { folder })
    try {
      printJson(terminal, await rotateKey(folder, keys, (path) => terminal.err(`${path}\n`)))
    } finally {
      unlock()
    }
    return 0
  },
}
