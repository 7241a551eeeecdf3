import type { ErrorCode } from '../../shared/errors/index.ts'
import type { BaseQuestion } from '../ports/base.ts'

/** What the process of a copy is told, a line of JSON each. */
export type CopyTold =
  | {
      readonly kind: 'ask'
      readonly id: number
      readonly question: BaseQuestion
      readonly asked: unknown
      /** After how long somebody who waits is told that the copy is being made (ms); null: who waits, waits. */
      readonly patienceMs: number | null
    }
  /** Throws the copy away and makes it anew. */
  | { readonly kind: 'rebuild'; readonly id: number }
  | { readonly kind: 'cancel'; readonly id: number }

/** What it says of each question. */
export type CopySaid = { readonly id: number } & (
  | { readonly kind: 'value'; readonly value: unknown }
  | {
      readonly kind: 'problem'
      readonly code: ErrorCode
      readonly details: Readonly<Record<string, string | number>>
      readonly place: string | null
    }
  | { readonly kind: 'failed'; readonly message: string }
)

/** How the process ends that finds another one at work. */
export const heldByAnother = 3

/** Gives whole lines of what comes in pieces, each read as JSON. */
export function lineReader(onLine: (line: unknown) => void): (text: string) => void {
  // A line may come in a hundred pieces: it is put together once.
  let pieces: string[] = []
  return (text) => {
    const [rest = '', ...others] = text.split('\n').toReversed()
    for (const line of others.toReversed()) {
      onLine(JSON.parse(pieces.join('') + line))
      pieces = []
    }
    pieces.push(rest)
  }
}
