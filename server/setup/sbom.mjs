import { readFileSync, writeFileSync } from 'node:fs'
import { billFaults } from './bill.mjs'
import { captured } from './processes.mjs'
import { command, SetupProblem, say } from './terminal.mjs'

/** Writes the bill of materials from the lock file, once it is seen to be whole. */
await command(async () => {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
  const { code, output } = await captured('npm', args, { shell: process.platform === 'win32' })
  if (code !== 0) throw new SetupProblem(`npm sbom failed:\n${output.trim()}`)
  const text = output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)
  const bill = JSON.parse(text)
  const faults = billFaults(bill, JSON.parse(readFileSync('package-lock.json', 'utf8')))
  if (faults.length > 0) throw new SetupProblem(`The bill of materials is not whole:\n${faults.join('\n')}`)
  writeFileSync('sbom.json', `${text}\n`)
  say(`sbom.json: ${bill.components.length} packages`)
  return 0
})
