import { Agent, fetch as fetchBy } from 'undici'
import type { Guard } from './guard.ts'

/** What libraries that ask by `fetch` are given in its place. */
export interface Outgoing {
  /** As the global one, but through the guard and following no redirect. Rejects as that does. */
  readonly fetch: typeof fetch
  close(): Promise<void>
}

/** A fetch by which nobody is reached whom the guard forbids: names are looked up by it, for the very connection. */
export function createOutgoing(guard: Guard): Outgoing {
  const dispatcher = new Agent({ connect: { lookup: guard.lookup } })
  const guarded = async (input: Parameters<typeof fetch>[0], init?: RequestInit) => {
    const url = new URL(input instanceof Request ? input.url : input)
    // An address typed as such is looked up by nobody.
    guard.agentFor(url)
    // Undici's own types of requests and answers are the global ones by another name.
    return fetchBy(url, { ...init, dispatcher, redirect: 'error' } as Parameters<typeof fetchBy>[1])
  }
  return {
    fetch: guarded as unknown as typeof fetch,
    close: () => dispatcher.close(),
  }
}
