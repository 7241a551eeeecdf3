import { captured } from './processes.mjs'
import { command } from './terminal.mjs'
import { readAudit, sayAudit } from './weaknesses.mjs'

/** Asks the registry for known weaknesses of all packages of the lock file. */
await command(async () => {
  const { output } = await captured('npm', ['audit', '--json', '--package-lock-only'], {
    shell: process.platform === 'win32',
  })
  const { code, lines } = sayAudit(readAudit(output))
  process.stdout.write(`${lines.join('\n')}\n`)
  return code
})
