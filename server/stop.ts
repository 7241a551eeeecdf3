import type { Logger } from 'pino'
import type { OpenedBrands } from './brand/brands.ts'
import type { App } from './http/app.ts'
import type { Drain } from './http/drain.ts'
import { endThreads } from './threads.ts'
import { within } from './within.ts'

export interface Stoppable {
  readonly drain: Drain
  readonly app: App
  readonly opened: OpenedBrands
  readonly graceMs: number
  readonly log: Logger
}

/** How long closing itself may take, once the grace is over (ms). */
const closingMs = 1_500

/**
 * Brings a server to its end: what is under way gets the grace, while new requests are refused; then all is closed.
 * Whatever does not answer by then is left behind, as after a crash: what was committed stands. Resolves to whether
 * every thread has ended.
 */
export async function stopServer({ drain, app, opened, graceMs, log }: Stoppable): Promise<boolean> {
  drain.begin()
  const halting = within(graceMs, opened.halt(graceMs)).catch((error: unknown) => {
    log.error({ err: error }, 'the work of the brands failed while it came to its end')
    return false
  })
  const [cut, halted] = await Promise.all([drain.settled(graceMs), halting])
  if (cut > 0 || !halted) log.warn({ requests: cut, halted }, 'the grace is over, what is left is cut short')
  // What fails while it is closed has no one to be told to but the log, and the rest is closed all the same.
  const closing = async (what: string, work: Promise<unknown>): Promise<void> => {
    try {
      if (!(await within(closingMs, work))) log.warn(`the ${what} did not close in time`)
    } catch (error) {
      log.error({ err: error }, `the ${what} failed while closing`)
    }
  }
  await closing('server', app.close())
  await closing('brands', opened.close(closingMs / 2))
  return endThreads(closingMs)
}
