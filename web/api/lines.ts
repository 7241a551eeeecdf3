export type Listener = (data: unknown) => void

/** Addresses of server-sent events to listen to, however they are reached. */
export interface Lines {
  /** Listens to an address until the returned function is called. */
  listen(url: string, listener: Listener): () => void
}

interface Line {
  readonly listeners: Set<Listener>
  /** The newest message of the kind that a stream begins with: its state, which whoever joins later is told. */
  state(): unknown
  close(): void
}

const firstDelay = 1_000
const longestDelay = 30_000

/** JSON from the server; undefined, and told, where it is none. */
function read(url: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    console.error(`The stream ${url} sent something that is not JSON`, error)
    return undefined
  }
}

const kindOf = (data: unknown) =>
  typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined

function open(url: string): Line {
  const listeners = new Set<Listener>()
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let delay = firstDelay
  let state: unknown
  const hear = (event: MessageEvent<string>) => {
    const data = read(url, event.data)
    if (data === undefined) return
    if (state === undefined || kindOf(data) === kindOf(state)) state = data
    for (const listener of listeners) listener(data)
  }
  const connect = () => {
    source = new EventSource(url)
    source.onopen = () => {
      delay = firstDelay
    }
    source.onmessage = hear
    // The browser mends a lost connection by itself, but gives up on a refusal: then we try again, ever slower.
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED) return
      timer = setTimeout(connect, delay)
      delay = Math.min(delay * 2, longestDelay)
    }
  }
  connect()
  return {
    listeners,
    state: () => state,
    close: () => {
      clearTimeout(timer)
      source?.close()
    },
  }
}

/** One connection per address, however many listen. */
export function openLines(): Lines {
  const lines = new Map<string, Line>()
  return {
    listen(url, listener) {
      const line = lines.get(url) ?? open(url)
      lines.set(url, line)
      line.listeners.add(listener)
      const state = line.state()
      if (state !== undefined) listener(state)
      return () => {
        line.listeners.delete(listener)
        if (line.listeners.size > 0) return
        line.close()
        lines.delete(url)
      }
    },
  }
}
