import './node-version.mjs'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sayBehaviours } from './behaviours.mjs'
import { ensureBuilt, ensureWorks } from './build.mjs'
import { chromiumForBrowser } from './chromium.mjs'
import { ensureInstalled } from './install.mjs'
import { inRoot } from './places.mjs'
import { attached } from './processes.mjs'
import { command, SetupProblem } from './terminal.mjs'
import { addCounts, countTests, noTests, summary } from './test-counts.mjs'

const reports = mkdtempSync(join(tmpdir(), 'magpie-test-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))

/** @param {string} name */
const reportOf = (name) => join(reports, `${name}.json`)

/** @param {string} project */
const vitest = (project) => ({
  program: inRoot('node_modules', 'vitest', 'vitest.mjs'),
  args: [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportOf(project)}`,
  ],
})

/**
 * In the order in which they run: what fails soonest comes first.
 * @type {Record<string, { heading: string, program: string, args: string[], web?: boolean, browser?: boolean, works?: boolean }>}
 */
const stages = {
  lint: {
    heading: 'Lint and format (biome)',
    program: inRoot('node_modules', '@biomejs', 'biome', 'bin', 'biome'),
    args: ['check', '--error-on-warnings', '.'],
  },
  unused: {
    heading: 'Files, exports and packages that nothing uses (knip)',
    program: inRoot('node_modules', 'knip', 'bin', 'knip.js'),
    args: ['--no-progress'],
  },
  types: {
    heading: 'Types (tsc)',
    program: inRoot('node_modules', 'typescript', 'bin', 'tsc'),
    args: ['--noEmit'],
  },
  unit: { heading: 'Unit, property and HTTP tests', ...vitest('unit*') },
  crash: { heading: 'Crash tests', ...vitest('crash') },
  e2e: { heading: 'Browser tests', ...vitest('e2e'), web: true, browser: true, works: true },
  smoke: { heading: 'The newest Node 22, 24 and 26', ...vitest('smoke'), works: true },
}

/** @param {string[]} args a stage's name, and what to hand on to it (a test file, say) */
function chosenStages([name, ...rest]) {
  if (name === undefined) return Object.entries(stages)
  const stage = stages[name]
  if (stage === undefined) {
    throw new SetupProblem(
      `There is no stage "${name}". Choose one of ${Object.keys(stages).join(', ')}, or none to run all.`,
      2,
    )
  }
  return [/** @type {const} */ ([name, { ...stage, args: [...stage.args, ...rest] }])]
}

/** @param {string} text */
const print = (text) => process.stdout.write(`${text}\n`)

await command(async () => {
  const chosen = chosenStages(process.argv.slice(2))
  await ensureInstalled()
  if (chosen.some(([, stage]) => stage.web)) await ensureBuilt()
  const env = { ...process.env }
  if (chosen.some(([, stage]) => stage.browser)) env.MAGPIE_CHROMIUM = await chromiumForBrowser()
  if (chosen.some(([, stage]) => stage.works)) Object.assign(env, await ensureWorks())
  let counts = noTests
  let code = 0
  for (const [index, [name, stage]] of chosen.entries()) {
    print(`\n[${index + 1}/${chosen.length}] ${stage.heading}`)
    code = await attached(process.execPath, [stage.program, ...stage.args], { env })
    const report = reportOf(name)
    if (existsSync(report)) counts = addCounts(counts, countTests(JSON.parse(readFileSync(report, 'utf8'))))
    if (code !== 0) {
      print(`\nStopped: ${stage.heading} failed. To run it alone: npm test -- ${name}`)
      break
    }
  }
  if (counts !== noTests) print(`\n${summary(counts)}\n${sayBehaviours()}`)
  return code
})
