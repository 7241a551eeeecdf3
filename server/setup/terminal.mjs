/** A problem that the person at the terminal can mend: its message is the whole of what they need to read. */
export class SetupProblem extends Error {
  /** @param {string} message @param {number} [exitCode] */
  constructor(message, exitCode = 1) {
    super(message)
    this.name = 'SetupProblem'
    this.exitCode = exitCode
  }
}

/**
 * Progress goes to stderr, so that a command's stdout holds its answer alone.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`)
}

const firstReport = 10
const nextReports = 20

/**
 * Names a piece of work while it goes on: a ticking line on a terminal, a line now and then in a log.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(label, work) {
  const terminal = process.stderr.isTTY === true
  const started = performance.now()
  const elapsed = () => Math.round((performance.now() - started) / 1000)
  if (!terminal) say(`${label} ...`)
  let next = firstReport
  const timer = setInterval(() => {
    const seconds = elapsed()
    if (terminal) process.stderr.write(`\r${label} ... ${seconds} s `)
    else if (seconds >= next) {
      say(`  still at it after ${seconds} s`)
      next = seconds + nextReports
    }
  }, 1000)
  try {
    const result = await work()
    say(`${terminal ? `\r${label} ...` : ' '} done in ${elapsed()} s`)
    return result
  } catch (error) {
    if (terminal) say('')
    throw error
  } finally {
    clearInterval(timer)
  }
}

/**
 * Runs a command's main function; what goes wrong ends it with one sentence instead of a stack.
 * @param {() => Promise<number>} main gives the exit code
 */
export async function command(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    say(`\n${error.message}`)
    process.exitCode = error.exitCode
  }
}
