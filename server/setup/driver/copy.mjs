import { inRoot } from '../places.mjs'
import { captured } from '../processes.mjs'
import { SetupProblem } from '../terminal.mjs'

/** Whether DuckDB, which answers over all customers, is there for this system, tried in a process of its own. */
async function copyOpens() {
  const script = "require(process.argv[1]).DuckDBInstance.create(':memory:').then((one) => one.closeSync())"
  const { code, output } = await captured(process.execPath, [
    ...['-e', script, inRoot('node_modules', '@duckdb', 'node-api')],
  ])
  return { opens: code === 0, output }
}

/** It comes ready made for each system that it knows: where there is none, nothing can be compiled here either. */
export async function refuseWithoutCopy() {
  const { opens, output } = await copyOpens()
  if (opens) return
  const [first = ''] = output
    .trim()
    .split('\n')
    .filter((line) => /error/i.test(line))
  throw new SetupProblem(
    `DuckDB, which counts over all customers, does not load on this system (${process.platform} ${process.arch}): ${first.trim()}. ` +
      'It is there for Linux (glibc and musl), macOS and Windows on x64 and arm64. If this is one of them, delete node_modules and start again, without leaving out optional packages.',
  )
}
