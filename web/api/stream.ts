import { useEffect, useRef } from 'react'
import type { z } from 'zod'
import { useStore } from 'zustand'
import { chosenBrand } from './brand.ts'
import { brandBase } from './client.ts'

type Listener = (data: unknown) => void

interface Line {
  listeners: Set<Listener>
  close: () => void
}

/** One connection per address, however many parts of the page listen: browsers allow six per host. */
const lines = new Map<string, Line>()

const firstDelay = 1_000
const longestDelay = 30_000

function open(url: string): Line {
  const listeners = new Set<Listener>()
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let delay = firstDelay
  const connect = () => {
    source = new EventSource(url)
    source.onopen = () => {
      delay = firstDelay
    }
    source.onmessage = (event: MessageEvent<string>) => tell(url, event.data, listeners)
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
    close: () => {
      clearTimeout(timer)
      source?.close()
    },
  }
}

function tell(url: string, text: string, listeners: ReadonlySet<Listener>): void {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    console.error(`The stream ${url} sent something that is not JSON`, error)
    return
  }
  for (const listener of listeners) listener(data)
}

/** Listens to an address until the returned function is called. */
export function listen(url: string, listener: Listener): () => void {
  const line = lines.get(url) ?? open(url)
  lines.set(url, line)
  line.listeners.add(listener)
  return () => {
    line.listeners.delete(listener)
    if (line.listeners.size > 0) return
    line.close()
    lines.delete(url)
  }
}

/**
 * Hears the server-sent events of the chosen brand at a path, checked by their schema, and keeps the
 * connection alive. `onMessage` may change between renders without reconnecting.
 */
export function useEventStream<S extends z.ZodType>(
  path: string,
  schema: S,
  onMessage: (message: z.output<S>) => void,
): void {
  const brand = useStore(chosenBrand, (state) => state.brand)
  const latest = useRef({ schema, onMessage })
  useEffect(() => {
    latest.current = { schema, onMessage }
  })
  useEffect(
    () =>
      listen(`${brandBase(brand)}${path}`, (data) => {
        const parsed = latest.current.schema.safeParse(data)
        if (parsed.success) latest.current.onMessage(parsed.data)
        else console.error(`The stream ${path} sent a message of another shape`, parsed.error)
      }),
    [brand, path],
  )
}
