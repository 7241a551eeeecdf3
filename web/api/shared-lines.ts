import { type Lines, type Listener, openLines } from './lines.ts'

/** What a tab asks of the worker, and what the worker tells it. Both are always of one build. */
interface Order {
  readonly kind: 'listen' | 'leave'
  readonly url: string
}
interface Heard {
  readonly url: string
  readonly data: unknown
}

/** The worker's side of one tab: it hears what it asked for until it leaves, or is gone. */
export function serveTab(port: MessagePort, lines: Lines): void {
  const stops = new Map<string, () => void>()
  const leave = (url: string) => {
    stops.get(url)?.()
    stops.delete(url)
  }
  port.onmessage = ({ data: { kind, url } }: MessageEvent<Order>) => {
    leave(url)
    if (kind === 'leave') return
    const tell = (data: unknown) => port.postMessage({ url, data } satisfies Heard)
    stops.set(url, lines.listen(url, tell))
  }
  port.addEventListener('close', () => {
    for (const url of [...stops.keys()]) leave(url)
  })
}

export interface SharedLines extends Lines {
  /** The page is put away, perhaps to come back: nothing is heard meanwhile. */
  rest(): void
  wake(): void
  /** There is no worker after all: from now on this tab has connections of its own. */
  goAlone(): void
}

/** A tab's side of the worker. */
export function sharedLines(port: MessagePort): SharedLines {
  const listeners = new Map<string, Set<Listener>>()
  const alone = new Map<string, () => void>()
  let direct: Lines | null = null
  const tell = (url: string, data: unknown) => {
    for (const listener of listeners.get(url) ?? []) listener(data)
  }
  const order = (kind: Order['kind'], url: string) => {
    alone.get(url)?.()
    alone.delete(url)
    if (direct === null) port.postMessage({ kind, url } satisfies Order)
    else if (kind === 'listen')
      alone.set(
        url,
        direct.listen(url, (data) => tell(url, data)),
      )
  }
  port.onmessage = ({ data: { url, data } }: MessageEvent<Heard>) => tell(url, data)
  const orderAll = (kind: Order['kind']) => {
    for (const url of listeners.keys()) order(kind, url)
  }
  return {
    listen(url, listener) {
      const known = listeners.get(url)
      const all = known ?? new Set()
      listeners.set(url, all.add(listener))
      if (known === undefined) order('listen', url)
      return () => {
        all.delete(listener)
        if (all.size > 0 || listeners.get(url) !== all) return
        listeners.delete(url)
        order('leave', url)
      }
    },
    rest: () => orderAll('leave'),
    wake: () => orderAll('listen'),
    goAlone() {
      direct ??= openLines()
      orderAll('listen')
    },
  }
}
