/** A fixed number of places, given to whoever waits longest. */
export interface Places {
  /** Resolves to the function that gives the place back, or to null once the signal has aborted. */
  take(signal: AbortSignal): Promise<(() => void) | null>
}

export function createPlaces(count: number): Places {
  let free = count
  const queue: (() => void)[] = []

  function giveBack(): void {
    const next = queue.shift()
    if (next) next()
    else free++
  }

  return {
    async take(signal) {
      if (signal.aborted) return null
      if (free > 0) {
        free--
        return giveBack
      }
      return new Promise((resolve) => {
        const onTurn = () => {
          signal.removeEventListener('abort', onAbort)
          resolve(giveBack)
        }
        const onAbort = () => {
          queue.splice(queue.indexOf(onTurn), 1)
          resolve(null)
        }
        queue.push(onTurn)
        signal.addEventListener('abort', onAbort, { once: true })
      })
    },
  }
}
