import { say } from './terminal.mjs'

const least = { major: 20, minor: 19 }

/**
 * Too old a Node fails later with errors that name something else, so it is told at once.
 * @param {string} version as in process.versions.node
 * @returns {string | undefined} the sentence to print, or nothing when it will do
 */
export function nodeVersionProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const enough = major > least.major || (major === least.major && minor >= least.minor)
  if (enough) return undefined
  return `Magpie needs Node ${least.major}.${least.minor} or newer; this is Node ${version}. Install a newer one from https://nodejs.org and try again.`
}

const problem = nodeVersionProblem(process.versions.node)
if (problem !== undefined) {
  say(problem)
  process.exit(1)
}
