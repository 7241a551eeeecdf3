import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type {
  RehearsalAnswer,
  RehearsalReport,
  RenderFailure,
  rehearsalRequest,
} from '../../shared/api/rehearsal.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem } from '../../shared/errors/index.ts'
import { problemText } from '../../shared/errors/say.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { type Locale, say } from '../../shared/text.ts'
import type { Desk } from '../ports/desk.ts'
import type { RehearsalHeard, RunningWork } from '../ports/work.ts'
import type { RehearseRequest } from '../rehearsal/index.ts'
import { figureRows } from './rehearsal-rows.ts'

/** What rehearsals work with. */
export interface RehearsalDesk extends Desk {
  /** Has a rehearsal worked out beside the server, at its turn. Problem `work-busy`. */
  rehearse(actor: Actor, request: RehearseRequest, heard: RehearsalHeard): RunningWork<RehearsalReport>
}

/** The reports that are kept, over all brands; older ones are forgotten. */
export const mostKept = 20

interface Kept {
  readonly brand: string
  readonly running: RunningWork<RehearsalReport>
  readonly nodes: Journey['nodes']
  answer: RehearsalAnswer
}

const answerOf = ({ answer, running }: Kept): RehearsalAnswer => ({ ...answer, before: running.before() })

const isRunning = ({ answer }: Kept) => answer.state === 'running'

/** The rehearsals of one server: those under way, and the latest reports. */
export class Rehearsals {
  readonly #kept = new Map<string, Kept>()

  /** Problem `rehearsals-busy`. `locale` is the language in which a failure is told. */
  begin(
    desk: RehearsalDesk,
    actor: Actor,
    request: z.output<typeof rehearsalRequest>,
    locale: Locale,
  ): RehearsalAnswer {
    const id = randomUUID()
    const entry: Kept = {
      brand: desk.id,
      running: desk.rehearse(
        actor,
        { ...request, start: request.start ?? desk.now(), brand: desk.brand() },
        {
          onProgress: (done, of) => {
            entry.answer = { ...entry.answer, progress: { done, of }, copying: null }
          },
          onCopying: (rows, of) => {
            entry.answer = { ...entry.answer, copying: { rows, of } }
          },
        },
      ),
      nodes: request.journey.nodes,
      answer: {
        id,
        state: 'running',
        progress: { done: 0, of: 0 },
        copying: null,
        before: 0,
        report: null,
        problem: null,
        reason: null,
      },
    }
    this.#kept.set(id, entry)
    this.#forget()
    this.#follow(entry, locale)
    return answerOf(entry)
  }

  /** Problem `not-found`. */
  find(desk: Desk, id: string): RehearsalAnswer {
    return answerOf(this.#keptOf(desk, id))
  }

  /** Customers whose message could not be written; none before the end. Problem `not-found`. */
  failures(desk: Desk, id: string): readonly RenderFailure[] {
    return this.find(desk, id).report?.render_failures ?? []
  }

  /** The same as rows of a table, its head first; nodes are named in a language. Problem `not-found`. */
  failureRows(desk: Desk, id: string, locale: Locale): string[][] {
    const { nodes } = this.#keptOf(desk, id)
    const nameOf = (node: string) => say(nodes[node]?.name ?? { en: node }, locale)
    const rows = this.failures(desk, id).map(({ customer, node, at, variables }) => [
      ...[customer, node, nameOf(node), at, variables.join(' ')],
    ])
    return [['customer_id', 'node', 'node_name', 'at', 'missing'], ...rows]
  }

  /** What happened at each node on each day as rows of a table; its head alone before the end. Problem `not-found`. */
  figureRows(desk: Desk, id: string, locale: Locale): string[][] {
    const { nodes, answer } = this.#keptOf(desk, id)
    const channel = (node: string) => nodes[node]?.config.channel
    return figureRows(answer.report, (node) => ({
      name: say(nodes[node]?.name ?? { en: node }, locale),
      channel: typeof channel(node) === 'string' ? String(channel(node)) : '',
    }))
  }

  /** Problem `not-found`; nothing where it has ended. */
  cancel(desk: Desk, id: string): void {
    const entry = this.#keptOf(desk, id)
    if (!isRunning(entry)) return
    entry.answer = { ...entry.answer, state: 'cancelled' }
    entry.running.cancel()
  }

  /** Ends all that are under way. */
  stop(): void {
    for (const entry of this.#kept.values()) if (isRunning(entry)) entry.running.cancel()
  }

  #keptOf({ id: brand }: Desk, id: string): Kept {
    const found = this.#kept.get(id)
    if (found?.brand !== brand) throw new Problem('not-found', { what: id }, 'rehearsal')
    return found
  }

  #forget(): void {
    for (const [id, entry] of this.#kept) {
      if (this.#kept.size <= mostKept) return
      if (!isRunning(entry)) this.#kept.delete(id)
    }
  }

  /** Follows a rehearsal to its end. */
  #follow(entry: Kept, locale: Locale): void {
    const end = (change: Partial<RehearsalAnswer>) => {
      entry.answer = { ...entry.answer, ...change }
    }
    entry.running.result.then(
      (report) => end({ state: 'done', report }),
      (error: unknown) => {
        if (entry.answer.state === 'cancelled') return
        if (error instanceof Problem && error.code === 'rehearsal-cancelled') {
          end({ state: 'cancelled' })
          return
        }
        const reason = { 'zh-CN': problemText(error, 'zh-CN'), en: problemText(error, 'en') }
        end({ state: 'failed', problem: reason[locale], reason })
      },
    )
  }
}
