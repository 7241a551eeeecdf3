import { openLines } from './lines.ts'
import { serveTab } from './shared-lines.ts'

/**
 * Shared by all tabs of a browser: it alone is connected to the server's streams. A browser allows six
 * connections per host to a server that speaks HTTP/1.1, and each open stream takes one for as long as it lasts.
 */
const lines = openLines()

globalThis.addEventListener('connect', (event) => {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined
  if (port !== undefined) serveTab(port, lines)
})
