import type { AnswerFrom, CalledKind } from '../../shared/effects/requests/index.ts'
import type { AskSpent, DueAsk } from '../ports/asks.ts'

/** What somebody outside made of one question. */
export interface Answered<Kind extends CalledKind> {
  readonly outcome:
    | { readonly ok: true; readonly reply: AnswerFrom<Kind> }
    /** `retryable`: the same question may be answered later without anybody changing anything. */
    | { readonly ok: false; readonly reason: string; readonly retryable: boolean }
  readonly spent: AskSpent | null
}

/** How one kind of question is put. */
export interface Answerer<Kind extends CalledKind> {
  /** Why nobody can be asked now; null where somebody can. */
  absent(): string | null
  /**
   * Puts each question once and tells of each as it is settled; a question may be put again after a crash, with the
   * same place (enrollment, node, visit) for its key. Rejects only with the signal's reason.
   */
  answer(
    asks: readonly DueAsk<Kind>[],
    signal: AbortSignal,
    each: (answered: Answered<Kind>, index: number) => Promise<void>,
  ): Promise<void>
}

/** Who answers each kind of question that is called; a kind without somebody does not compile. */
export type Answerers = { readonly [Kind in CalledKind]: Answerer<Kind> }
