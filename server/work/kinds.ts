import type { AskKind, LongKind } from '../../shared/api/work.ts'
import { type LimitName, limits } from '../../shared/limits.ts'
import { Lane } from './lane.ts'

/** Pages that people open are not to wait behind what they work out. */
export type LaneName = 'pages' | 'answers' | Exclude<LongKind, 'scoring'>

const limitOf = (name: LimitName): number => limits[name].value
const forPeople = {
  atOnceEach: 1,
  waiting: limitOf('answersWaiting'),
  waitingEach: limitOf('answersWaitingEach'),
  waitMs: limitOf('answerWait') * 1000,
}
const forLong = { waitingEach: Number.POSITIVE_INFINITY, waitMs: null }

/** The places that there are in all, whoever's brand it is. */
export function openLanes(): Readonly<Record<LaneName, Lane>> {
  return {
    pages: new Lane({ ...forPeople, atOnce: 1 }),
    answers: new Lane({ ...forPeople, atOnce: limitOf('answersAtOnce') }),
    import: new Lane({
      ...forLong,
      atOnce: limitOf('importsAtOnce'),
      atOnceEach: limitOf('importsAtOnce'),
      waiting: limitOf('importsWaiting'),
    }),
    rehearsal: new Lane({
      ...forLong,
      atOnce: limitOf('rehearsalsAtOnce'),
      atOnceEach: limitOf('rehearsalsAtOnce'),
      waiting: limitOf('rehearsalsWaiting'),
    }),
    upkeep: new Lane({ ...forLong, atOnce: 1, atOnceEach: 1, waiting: limitOf('importsWaiting') }),
  }
}

interface Bounds {
  readonly lane: LaneName
  readonly seconds: LimitName
  readonly memory: LimitName
}

const page: Bounds = { lane: 'pages', seconds: 'answerTime', memory: 'answerMemory' }
const answer: Bounds = { lane: 'answers', seconds: 'answerTime', memory: 'answerMemory' }

/** What bounds each kind of work. */
const bounds: Readonly<Record<AskKind | LongKind, Bounds>> = {
  count: { ...answer, seconds: 'countTime' },
  audiences: page,
  audience: page,
  customers: page,
  vocabulary: page,
  suggested: page,
  overlap: answer,
  variants: { ...answer, seconds: 'countTime' },
  contentShown: { ...answer, seconds: 'countTime' },
  belonging: { ...answer, seconds: 'countTime' },
  quality: { ...answer, seconds: 'countTime' },
  attributes: page,
  members: answer,
  unreadable: page,
  rows: page,
  check: answer,
  meanwhile: answer,
  compile: answer,
  flight: answer,
  values: page,
  revalue: answer,
  preview: { ...answer, seconds: 'countTime' },
  polished: { ...answer, seconds: 'writtenTime' },
  inspect: { ...answer, seconds: 'inspectTime' },
  report: page,
  people: page,
  whatIf: answer,
  survey: { ...answer, seconds: 'inspectTime' },
  declared: page,
  written: { ...answer, seconds: 'writtenTime' },
  called: answer,
  listed: answer,
  import: { lane: 'import', seconds: 'importTime', memory: 'importMemory' },
  rehearsal: { lane: 'rehearsal', seconds: 'rehearsalTime', memory: 'rehearsalMemory' },
  upkeep: { lane: 'upkeep', seconds: 'upkeepTime', memory: 'upkeepMemory' },
  // The night scores too, and never beside it.
  scoring: { lane: 'upkeep', seconds: 'scoringTime', memory: 'scoringMemory' },
}

export interface Bounded {
  readonly lane: LaneName
  readonly seconds: number
  readonly megabytes: number
}

export function boundsOf(kind: AskKind | LongKind): Bounded {
  const { lane, seconds, memory } = bounds[kind]
  return { lane, seconds: limitOf(seconds), megabytes: limitOf(memory) / 1_048_576 }
}
