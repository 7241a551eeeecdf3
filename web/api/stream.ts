import { useEffect, useRef } from 'react'
import type { z } from 'zod'
import { useStore } from 'zustand'
import { chosenBrand } from './brand.ts'
import { brandBase } from './client.ts'
import { type Lines, openLines } from './lines.ts'
import { sharedLines } from './shared-lines.ts'

/** All tabs share the worker's connections; a browser without such workers has some for each tab. */
function reach(): Lines {
  if (typeof SharedWorker === 'undefined') return openLines()
  const worker = new SharedWorker(new URL('./stream-worker.ts', import.meta.url), {
    type: 'module',
    name: 'magpie-stream',
  })
  const lines = sharedLines(worker.port)
  worker.onerror = lines.goAlone
  window.addEventListener('pagehide', lines.rest)
  window.addEventListener('pageshow', ({ persisted }) => persisted && lines.wake())
  return lines
}

let reached: Lines | undefined

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
  useEffect(() => {
    reached ??= reach()
    return reached.listen(`${brandBase(brand)}${path}`, (data) => {
      const parsed = latest.current.schema.safeParse(data)
      if (parsed.success) latest.current.onMessage(parsed.data)
      else console.error(`The stream ${path} sent a message of another shape`, parsed.error)
    })
  }, [brand, path])
}
