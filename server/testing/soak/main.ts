import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { situations } from './index.ts'
import type { Figure, Situation } from './situation.ts'

const say = (text: string) => process.stdout.write(`${text}\n`)

function print({ name, value, asked, ok }: Figure): void {
  const beside = asked === undefined ? '' : `asked: ${asked}`
  say(`${ok ? 'ok   ' : 'SHORT'} ${name.padEnd(48)} ${String(value).padEnd(34)} ${beside}`.trimEnd())
}

/** Plays one situation; whether everything came out as asked. */
async function play(name: string, situation: Situation, times: number): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'magpie-soak-'))
  const began = performance.now()
  say(`\n${name}: ${situation.about}`)
  try {
    const figures = await situation.run({ folder, times, say: (text) => say(`      ${text}`) })
    for (const figure of figures) print(figure)
    return figures.every(({ ok }) => ok)
  } catch (error) {
    say(`SHORT ${name} broke off: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return false
  } finally {
    say(`      ${((performance.now() - began) / 60_000).toFixed(1)} minutes`)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `[--times N] [situation...]`: all situations, or those that are named. */
function read(args: readonly string[]): { times: number; names: readonly string[] } {
  const at = args.indexOf('--times')
  const times = at < 0 ? 1 : Number(args[at + 1])
  const named = at < 0 ? args : args.toSpliced(at, 2)
  const unknown = named.filter((name) => !Object.hasOwn(situations, name))
  if (unknown.length > 0 || !(times > 0))
    throw new Error(`Usage: npm run soak -- [--times N] [${Object.keys(situations).join(' | ')}]...`)
  return { times, names: named.length === 0 ? Object.keys(situations) : named }
}

const { times, names } = read(process.argv.slice(2))
const short: string[] = []
for (const [name, situation] of Object.entries(situations))
  if (names.includes(name) && !(await play(name, situation, times))) short.push(name)
say(short.length === 0 ? '\nEverything came out as asked.' : `\nShort: ${short.join(', ')}`)
// A situation that broke off may have left something going on.
process.exit(short.length === 0 ? 0 : 1)
