import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import type { BrandId, SystemAnswer } from '../../shared/api/system.ts'
import { Problem } from '../../shared/errors/index.ts'
import type { BrandRuntime } from '../brand/brand.ts'
import type { Clock } from '../ports/clock.ts'
import type { House } from '../ports/installation.ts'
import type { SessionRows } from '../ports/sessions.ts'
import type { Signs } from '../ports/signs.ts'
import type { Drain } from './drain.ts'
import type { Patience } from './stalled.ts'

/** The application with zod at its borders; every route is registered on one of these. */
export type App = FastifyInstance<Server, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

/** How the model is reached; the key is never told to anybody. */
export interface ModelSettings {
  readonly baseUrl?: string | undefined
  readonly apiKey?: string | undefined
  readonly model?: string | undefined
}

/** All that the application is built of; it opens nothing by itself. */
export interface AppDeps {
  readonly brands: ReadonlyMap<BrandId, BrandRuntime>
  /** By which brands come and go; without it they are those that are given. */
  readonly house?: House
  readonly mode: SystemAnswer['mode']
  /** The time of the house; without it the machine's. */
  readonly clock?: Clock
  /** How the server does; without it nobody watches. */
  readonly signs?: Signs
  /** null: nobody has to log in; only for a server that listens on loopback. */
  readonly password: string | null
  /** Where logins are kept over a restart. */
  readonly sessions: SessionRows
  /** The folder of the built web application; null: the API alone. */
  readonly webRoot: string | null
  /** The folder of the gallery's *.journey.json. */
  readonly templatesRoot: string
  readonly log: Logger | false
  /** Whether only this machine reaches the server: then requests for a foreign host name are refused. */
  readonly loopback: boolean
  /** How the server comes to its end; without it, it ends when it is closed. */
  readonly drain?: Drain
  /** How patient it is with bodies that do not come. */
  readonly patience?: Patience
  /** The installation's secret, by which links in messages are signed. */
  readonly linkSecret: string
  /** The model's settings in the environment; where they name a model, the brand's own do not count. */
  readonly ai?: ModelSettings
  /** What of the environment cannot be used, and is left out. */
  readonly unusable?: readonly Problem[]
  /** The host names of other addresses that the server answers for although it listens on loopback. */
  readonly hosts?: readonly string[]
  /** Where the server is reached by others, as it was stated; null or left out: where it listens. */
  readonly publicUrl?: string | null
  /** Which proxies are believed when they say who asks: how many stand before the server, or their addresses. */
  readonly trustProxy?: number | readonly string[]
  /** By which the figures are read from elsewhere; null or left out: not at all. */
  readonly metricsToken?: string | null
}

/** The brand that an address names; Problem `not-found`, or why it could not be opened. */
export function brandOf(deps: Pick<AppDeps, 'brands' | 'house'>, id: string): BrandRuntime {
  for (const [known, runtime] of deps.brands) if (known === id) return runtime
  const unopened = deps.house?.unopened.get(id)
  if (unopened !== undefined) throw unopened
  throw new Problem('not-found', { what: id }, 'brand')
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered without a session. */
    open?: boolean
    /** Taken from other sites too: signed calls, and the one click of a mail client. */
    anyOrigin?: boolean
    /** Broken texts are told by the route, each with what it stands in. */
    textsLater?: boolean
    /** The most bytes of an upload. */
    uploadLimit?: number
  }
}
