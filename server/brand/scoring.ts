import type { Logger } from 'pino'
import type { ModelList } from '../../shared/api/models.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { Problem, textsOf } from '../../shared/errors/index.ts'
import type { LocalText } from '../../shared/text.ts'
import type { Scoring } from '../models/desk.ts'
import { beginScoring } from '../work/long.ts'
import type { Workshop } from '../work/workshop.ts'

export interface ScoringDeps {
  readonly workshop: Workshop
  readonly brand: string
  readonly path: string
  readonly now: () => number
  readonly log: Logger
  /** Whether anybody was ever scored. */
  readonly scored: () => Promise<boolean>
}

/** Fits and scores beside the server, once at a time, and says how far it is and how the last time ended. */
export function createScoring({ workshop, brand, path, now, log, scored }: ScoringDeps): Scoring {
  let running: NonNullable<ModelList['running']> | null = null
  let failed: LocalText | null = null
  const scoring: Scoring = {
    running: () => running,
    failed: () => failed,
    begin(actor: Actor) {
      if (running !== null) throw new Problem('scoring-running')
      const work = beginScoring(workshop, { brand, path, actor }, now(), (done, of) => {
        running = { done, of }
      })
      running = { done: 0, of: 0 }
      failed = null
      work.result
        .catch((error: unknown) => {
          if (error instanceof Problem) failed = textsOf(error).message
          else {
            log.error({ err: error, brand }, 'scoring failed')
            failed = { 'zh-CN': '评分意外中断', en: 'Scoring was broken off' }
          }
        })
        .finally(() => {
          running = null
        })
    },
    async renew(actor) {
      if (running === null && (await scored())) scoring.begin(actor)
    },
  }
  return scoring
}
