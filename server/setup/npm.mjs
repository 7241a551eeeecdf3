import { sentenceFor } from './causes.mjs'
import { captured } from './processes.mjs'
import { SetupProblem, say } from './terminal.mjs'

/**
 * `npm run -s` hands its silence down to every npm below it; the level is set so that a failure still
 * says why.
 * @param {string[]} args
 */
export function npm(args) {
  const all = [...args, '--loglevel=notice', '--no-audit', '--no-fund']
  const self = process.env.npm_execpath
  if (self?.endsWith('.js')) return captured(process.execPath, [self, ...all])
  return captured('npm', all, { shell: process.platform === 'win32' })
}

/** npm's help on a wrong use says nothing about what went wrong. @param {string} output */
function tail(output) {
  const lines = output.trim().split('\n')
  const help = lines.findIndex((line) => /^npm error Usage:/.test(line))
  return lines
    .slice(0, help === -1 ? undefined : help)
    .slice(-40)
    .join('\n')
}

/**
 * @param {{ code: number, output: string }} result
 * @param {string} what
 */
export function failure({ code, output }, what) {
  if (code === 130 || code === 143) return new SetupProblem('Stopped.', code)
  say(tail(output))
  return new SetupProblem(sentenceFor(output) ?? `${what} failed; the lines above say why.`)
}
