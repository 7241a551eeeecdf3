import './node-version.mjs'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { checkPort } from './port.mjs'
import { typescript } from './processes.mjs'
import { command } from './terminal.mjs'

await command(async () => {
  await checkPort(process.env)
  await ensureInstalled()
  await ensureBuilt()
  return typescript('server/main.ts', process.argv.slice(2))
})
