import { ApiProblem } from './problem.ts'

/** How often is asked again what may be answered by then: no server yet, a copy being made, too much in hand. */
const triesOf: Readonly<Record<string, number>> = { unreachable: 2, 'copy-building': 30, 'work-busy': 3 }

/** Before it is asked again (ms): longer each time, as many may wait. */
const pauseOf = (failures: number): number => Math.min(1000 * 2 ** failures, 8_000)

/** Whether what failed so often already passes by itself. A refusal is final. */
export const passes = (failures: number, error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && failures < (triesOf[error.code] ?? 0)

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })

/** On a machine that has much in hand an answer may take longer than it may; once more, and what it waited for is there. */
const wasSlow = (failures: number, error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'work-too-long' && failures < 2

/** Asks something that changes nothing until it is answered: what passes by itself is waited for. */
export async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await ask()
    } catch (error) {
      if (signal.aborted || !(passes(failures, error) || wasSlow(failures, error))) throw error
      await pause(pauseOf(failures), signal)
    }
  }
}
