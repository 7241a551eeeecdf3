import './node-version.mjs'
import { ensureBuilt, ensureWorks } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { checkPort } from './port.mjs'
import { serverHeapFlags, typescript } from './processes.mjs'
import { command } from './terminal.mjs'

await command(async () => {
  await checkPort(process.env)
  await ensureInstalled()
  await ensureBuilt()
  const works = await ensureWorks()
  return typescript('server/main.ts', process.argv.slice(2), {
    env: { ...process.env, ...works },
    heap: serverHeapFlags,
  })
})
