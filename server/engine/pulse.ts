import type { Logger } from 'pino'
import { troubleOf } from '../ports/trouble.ts'

export interface PulseDeps {
  /** Lets the engine do what is due; answers whether there is more, which follows once the others had their turn. */
  readonly tick: () => Promise<boolean>
  /** What runs beside the engine and never holds it up: models, channels. */
  readonly beside: readonly (() => Promise<unknown>)[]
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>
}

export interface Pulse {
  /** One beat; skipped while the one before is still at it. Never rejects: the next beat tries again. */
  beat(): Promise<void>
  /** A beat as soon as may be, because something has come in. */
  wake(): void
  /** No more beats; resolves when the one under way has ended. */
  stop(): Promise<void>
}

/** The heart of a live brand: beaten by a clock from outside, once a second. */
export function createPulse({ tick, beside, log }: PulseDeps): Pulse {
  let current: Promise<void> | null = null
  let again = false
  let stopped = false

  const once = async (): Promise<void> => {
    try {
      const more = await tick()
      again ||= more
    } catch (error) {
      // The store's own troubles are told once, by whoever watches it.
      if (troubleOf(error) === null)
        log.error({ error: String(error) }, 'a tick failed; the next one tries again')
    }
    for (const work of beside)
      work().catch((error: unknown) => log.error({ error: String(error) }, 'work beside the engine failed'))
  }
  const beat = (): Promise<void> => {
    if (stopped || current !== null) return Promise.resolve()
    current = once().finally(() => {
      current = null
      if (!again) return
      again = false
      void beat()
    })
    return current
  }

  return {
    beat,
    wake() {
      again = current !== null
      void beat()
    },
    async stop() {
      stopped = true
      await current
    },
  }
}
