import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { BrandRuntime } from '../brand/brand.ts'
import type { Elapsed, Mark } from '../ports/clock.ts'
import type { Backlog } from '../ports/health.ts'
import type { App } from './app.ts'

/** Brands come and go while the server runs. */
type Brands = ReadonlyMap<string, BrandRuntime>

/** The figures of operators. */
export interface Metrics {
  readonly contentType: string
  /** As they are read by Prometheus. */
  text(): Promise<string>
}

/** Counting goes through what stands and waits: whoever asks within this time after it is told the same (ms). */
const freshMs = 1_000

/** Works something out once for all who ask at about the same time. */
function shared<T>(elapsed: Elapsed, work: () => Promise<T>): () => Promise<T> {
  let last: { readonly answer: Promise<T>; readonly at: Mark } | null = null
  return () => {
    if (last !== null && elapsed.since(last.at) < freshMs) return last.answer
    const answer = work()
    last = { answer, at: elapsed.mark() }
    // What has failed is tried anew for the next who asks.
    answer.catch(() => {
      if (last?.answer === answer) last = null
    })
    return answer
  }
}

/**
 * What the process itself does: kept once, as its observers are never taken back and hold whatever they count for.
 */
let ofProcess: Registry | null = null

function processFigures(): Registry {
  if (ofProcess !== null) return ofProcess
  ofProcess = new Registry()
  collectDefaultMetrics({ register: ofProcess })
  return ofProcess
}

/** Those of one application, so that several can live in one process. */
export function metrics(app: App, brands: Brands, elapsed: Elapsed): Metrics {
  const registry = new Registry()
  const seconds = new Histogram({
    name: 'magpie_http_request_duration_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown'
    seconds.observe(
      { method: request.method, route, status: String(reply.statusCode) },
      reply.elapsedTime / 1000,
    )
  })
  engineGauges(registry, brands)
  const all = Registry.merge([processFigures(), registry])
  return { contentType: all.contentType, text: shared(elapsed, () => all.metrics()) }
}

/** What stands and waits in each brand, counted when it is asked for. */
function engineGauges(registry: Registry, brands: Brands): void {
  const gauge = (name: string, help: string, read: (backlog: Backlog) => Readonly<Record<string, number>>) =>
    new Gauge({
      name,
      help,
      labelNames: ['brand', 'state'],
      registers: [registry],
      async collect() {
        this.reset()
        for (const { id, stores } of brands.values())
          for (const [state, count] of Object.entries(read(await stores.health.backlog())))
            this.set({ brand: id, state }, count)
      },
    })
  gauge('magpie_enrollments', 'Enrollments by status', ({ enrollments }) => enrollments)
  gauge('magpie_messages', 'Messages that are queued, in hand, unknown or failed', ({ messages }) => messages)
  gauge('magpie_events_pending', 'Events that the engine has not taken yet', ({ events }) => ({
    pending: events,
  }))
}
