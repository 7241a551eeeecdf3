import type Database from 'better-sqlite3'
import type { Json, Reason } from '../../../../shared/effects/index.ts'
import type { TraceEntry } from '../../../../shared/run/step.ts'
import { RowWriter } from '../row-writer.ts'

const insert = 'insert or fail into traces (enrollment_id, seq, at, node, outcome, reason)'

/** Fewer enrollments than this are written as rows: a list of them has to be read by SQLite first. */
const worthAList = 8

/** Enrollments of a batch that took the same step for the same reason; their traces differ in nothing else. */
interface Alike {
  readonly seq: number
  readonly at: number
  readonly outcome: string
  readonly reason: string
  readonly enrollments: number[]
}

/** The steps of one node by their reason's text, and the reason that came last: the next is mostly the same. */
interface NodeSteps {
  readonly byReason: Map<string, Alike[]>
  last: { readonly reason: Reason; readonly text: string; readonly steps: Alike[] }
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value)

/** Whether two values have one text; found in a third of the time that writing a text takes. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false
  if (isList(a) || isList(b))
    return (
      isList(a) && isList(b) && a.length === b.length && a.every((one, at) => sameJson(one, b[at] ?? null))
    )
  let unmatched = 0
  for (const key in b) if (b[key] !== undefined) unmatched += 1
  for (const key in a) {
    const mine = a[key]
    if (mine === undefined) continue
    const other = b[key]
    if (other === undefined || !sameJson(mine, other)) return false
    unmatched -= 1
  }
  return unmatched === 0
}

/**
 * Writes the traces of a batch. Most of a batch does the same for the same reason, so each such step is one
 * statement over a list of enrollments; that costs about half of a row at a time.
 */
export class TraceWriter {
  readonly #list: Database.Statement
  readonly #rows: RowWriter
  readonly #nodes = new Map<string, NodeSteps>()

  constructor(sqlite: Database.Database) {
    this.#list = sqlite.prepare(`${insert} select value, ?, ?, ?, ?, ? from json_each(?)`)
    this.#rows = new RowWriter(sqlite, insert, 6)
  }

  add(enrollment: number, { seq, at, node, outcome, reason }: TraceEntry): void {
    const { text, steps } = this.#stepsOf(node, reason)
    for (const step of steps)
      if (step.seq === seq && step.outcome === outcome && step.at === at) {
        step.enrollments.push(enrollment)
        return
      }
    steps.push({ seq, at, outcome, reason: text, enrollments: [enrollment] })
  }

  #stepsOf(node: string, reason: Reason): NodeSteps['last'] {
    const known = this.#nodes.get(node)
    if (known !== undefined && sameJson(known.last.reason, reason)) return known.last
    const text = JSON.stringify(reason)
    const steps = known?.byReason.get(text) ?? []
    const last = { reason, text, steps }
    if (known === undefined) this.#nodes.set(node, { byReason: new Map([[text, steps]]), last })
    else {
      known.byReason.set(text, steps)
      known.last = last
    }
    return last
  }

  /** Writes what has been added; the writer is empty afterwards, also where the database refuses. */
  flush(): void {
    try {
      for (const [node, { byReason }] of this.#nodes)
        for (const steps of byReason.values()) for (const step of steps) this.#write(node, step)
      this.#rows.flush()
    } finally {
      this.clear()
    }
  }

  #write(node: string, { seq, at, outcome, reason, enrollments }: Alike): void {
    if (enrollments.length >= worthAList)
      this.#list.run(seq, at, node, outcome, reason, JSON.stringify(enrollments))
    else for (const enrollment of enrollments) this.#rows.add(enrollment, seq, at, node, outcome, reason)
  }

  /** Forgets what a transaction that failed has left. */
  clear(): void {
    this.#nodes.clear()
    this.#rows.clear()
  }
}
