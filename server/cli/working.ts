import type { Terminal } from './command.ts'

/** How far a piece of work is, as far as it knows. */
export interface Far {
  readonly what: string
  readonly done: number
  readonly of: number
}

/** What work that takes a while tells by the way. */
export interface Working {
  /** Where it says what it has to say itself. */
  readonly terminal: Terminal
  /** Has somebody asked how far it is whenever that is told; null: nobody knows. */
  ask(far: () => Far | null): void
}

/** Whoever looks at a terminal is told of what is not over by then; a file or a log, a little later (ms). */
const quietMs = { terminal: 1_000, log: 2_000 } as const
/** How often one looks whether there is something to tell (ms). */
const lookMs = 250
/** Into a file or a log a line is written so often at most (ms). */
const lineMs = 10_000
/** Back to the line's beginning, and the line is empty. */
const wiped = '\r\u001B[K'

/**
 * Does something, and says on stderr that it goes on wherever it is silent itself for a while: in place on a terminal,
 * else by a line, and another every ten seconds. stdout is the answer's alone.
 */
export async function whileWorking<T>(
  terminal: Terminal,
  label: string,
  work: (working: Working) => Promise<T>,
): Promise<T> {
  const began = performance.now()
  let heardAt = began
  let lines = 0
  let shown = false
  let ask: () => Far | null = () => null
  const wipe = () => {
    if (shown) terminal.err(wiped)
    shown = false
  }
  const look = () => {
    const now = performance.now()
    const quiet = terminal.interactive ? quietMs.terminal : quietMs.log
    const patience = terminal.interactive || lines === 0 ? quiet : lineMs
    if (now - heardAt < patience && !shown) return
    const far = ask()
    const seconds = Math.round((now - began) / 1000)
    const at = far === null ? '' : ` ${far.what} ${far.done}/${far.of}`
    const text = `${label}${at} … ${seconds} s`
    terminal.err(terminal.interactive ? `${wiped}${text}` : `${text}\n`)
    if (terminal.interactive) shown = true
    else heardAt = now
    lines += 1
  }
  const own: Terminal = {
    ...terminal,
    err(text) {
      wipe()
      heardAt = performance.now()
      lines += 1
      terminal.err(text)
    },
  }
  const timer = setInterval(look, lookMs)
  try {
    return await work({
      terminal: own,
      ask(far) {
        ask = far
      },
    })
  } finally {
    clearInterval(timer)
    wipe()
  }
}
