/** The time that one request may take, ended by whoever stops it or by its deadline. */
export interface TimeBox {
  readonly signal: AbortSignal
  /** True once the deadline, and not the stop, has ended it. */
  readonly late: boolean
  /** The work's result; rejects when the box ends, even where the work sleeps on and hears no signal. */
  run<T>(work: Promise<T>): Promise<T>
  /** Stops listening to the two signals, of which `stop` may live as long as the process. */
  close(): void
}

/** A box that ends when `stop` or `deadline` aborts, whichever is first. */
export function openTimeBox(stop: AbortSignal, deadline: AbortSignal): TimeBox {
  const end = new AbortController()
  const onEnd = () => end.abort()
  if (stop.aborted || deadline.aborted) onEnd()
  stop.addEventListener('abort', onEnd, { once: true })
  deadline.addEventListener('abort', onEnd, { once: true })
  const ended = new Promise<never>((_, reject) => {
    const give = () => reject(new Error('the time given has ended'))
    if (end.signal.aborted) give()
    else end.signal.addEventListener('abort', give, { once: true })
  })
  // Whoever runs work sees the rejection there; without work nobody need.
  ended.catch(() => undefined)
  return {
    signal: end.signal,
    get late() {
      return end.signal.aborted && !stop.aborted
    },
    run: (work) => Promise.race([work, ended]),
    close() {
      stop.removeEventListener('abort', onEnd)
      deadline.removeEventListener('abort', onEnd)
    },
  }
}
