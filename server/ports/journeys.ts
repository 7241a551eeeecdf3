import type { FiguresAnswer, JourneySummary } from '../../shared/api/journeys.ts'
import type { ReportAnswer } from '../../shared/api/messages.ts'
import type { Compiled, Diagnostic, JourneyReader, Plan } from '../../shared/compile/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { inBoth } from '../../shared/errors/say.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import type { JourneyValue, JourneyValues } from '../../shared/journey/values.ts'
import type { Registry } from '../../shared/nodes/type.ts'
import type { Trip } from '../../shared/run/breaker.ts'
import type { Destiny, FateChoice, Fates } from '../../shared/run/fate.ts'
import type { WrittenText } from '../../shared/text.ts'
import type { Act, Changes } from './acts.ts'
import type { JourneyState, StoredEnrollment } from './engine.ts'
import type { MovePlan, MoveUnderWay } from './moves.ts'
import type { Use, Used } from './uses.ts'

/** A journey as a person works on it: the draft, and where its life stands. */
export interface StoredJourney {
  readonly id: string
  readonly journey: Journey
  readonly status: JourneyState['status']
  readonly revision: number
  readonly liveVersion: number | null
  /** What it was about to do when it paused itself; null where it did not. */
  readonly breaker: Trip | null
  /** Since when it is paused; null where it is not, or where an earlier release paused it. */
  readonly pausedAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** With whether the draft means something else than the version that runs. */
export interface KnownJourney extends StoredJourney {
  readonly changed: boolean
}

/** One published version, as the list of them tells. */
export interface VersionSummary {
  readonly number: number
  readonly hash: string
  readonly publishedAt: number
  readonly inFlight: number
  readonly entered: number
}

/** A draft of one revision, compiled for publishing: it is frozen without being compiled once more. */
export interface Prepared {
  readonly revision: number
  readonly hash: string
  readonly compiled: Compiled
  /** What of the brand it was compiled with. */
  readonly knows: string
}

export interface PublishOptions {
  /** The revision that the marketer has seen; two who publish the same one: the second is refused. */
  readonly revision: number
  readonly brand: Brand
  readonly registry: Registry
  /** Channels that nobody has set up: what is sent by them is warned of. */
  readonly absentChannels?: ReadonlySet<string>
  readonly signature?: string | null
  /** Where it was compiled beforehand; it is compiled anew where something has changed meanwhile. */
  readonly prepared?: Prepared | null
  /** What becomes of those under way; where nothing is said, what is usual (rule 21). */
  readonly choice?: FateChoice
}

export type PrepareOptions = Omit<PublishOptions, 'revision' | 'prepared' | 'choice'> & {
  readonly now: number
}

export interface Published {
  readonly version: number
  readonly status: StoredJourney['status']
  /** The draft's revision from now on. */
  readonly revision: number
  /** Warnings. */
  readonly diagnostics: readonly Diagnostic[]
  /** In flight on earlier versions; they finish there. */
  readonly onEarlierVersions: number
  /** Who come to this version, and who are taken out of the journey. */
  readonly moving: number
  readonly leaving: number
}

/** A journey that may not be published, with all that is wrong with it. */
export class JourneyHasErrors extends Problem {
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    const wrong = diagnostics.filter(({ severity }) => severity === 'error')
    const first = wrong[0]
    super(
      'journey-has-errors',
      { count: wrong.length, ...inBoth('first', first?.message) },
      first?.node ?? undefined,
    )
    this.diagnostics = diagnostics
  }

  /** Sent beside the problem's own members. */
  get extension() {
    return { diagnostics: this.diagnostics }
  }
}

/** Rule 3: how many qualified while a journey stood still, by trigger. */
export interface Meanwhile {
  readonly since: number | null
  readonly triggers: readonly { readonly node: string; readonly customers: number }[]
}

/** Rule 21: people stand on nodes that the next version has not, and nobody has said what becomes of them. */
export class FateNeeded extends Problem {
  readonly undecided: readonly Destiny[]

  constructor(undecided: readonly Destiny[]) {
    const [first] = undecided
    const people = undecided.reduce((sum, one) => sum + (one.node === first?.node ? one.people : 0), 0)
    super('fate-needed', { node: first?.node ?? '', people }, `mapping.${first?.node ?? ''}`)
    this.undecided = undecided
  }

  get extension() {
    return { undecided: this.undecided }
  }
}

/** Who is under way when a version is about to be published, and what is due. */
export interface Flight {
  readonly version: number
  readonly isNew: boolean
  /** The draft's, by which all this was worked out. */
  readonly revision: number
  readonly fates: Fates
  /** Nodes of the draft where people may be brought to. */
  readonly targets: readonly { readonly id: string; readonly name: WrittenText | null }[]
  /** Messages of earlier versions that no channel has been handed. */
  readonly waiting: number
  /** What is due on each of the coming days, in the journey's zone. */
  readonly days: readonly FlightDay[]
}

export interface FlightDay {
  readonly date: string
  /** Waits that end, and messages that leave, of those under way. */
  readonly waits: number
  readonly messages: number
  /** Moments at which the next version lets people in. */
  readonly entries: readonly { readonly node: string; readonly at: number }[]
}

export interface FlightRequest {
  readonly choice: FateChoice
  readonly brand: Brand
  readonly registry: Registry
  readonly now: number
}

/** An enrollment, or an entry, that no retry has helped (rule 26). */
export interface StuckEnrollment {
  /** null: stuck at the trigger, not in yet. */
  readonly enrollmentId: number | null
  readonly customerId: string
  readonly customerName: string | null
  readonly node: string
  readonly error: string
  readonly attempts: number
}

export interface FiguresRequest {
  /** null: of all versions together. */
  readonly version: number | null
  /** Those that the canvas shows, so that each has its zeros. */
  readonly nodes: readonly string[]
  readonly now: number
}

export interface ReportContext {
  readonly journey: Journey
  readonly registry: Registry
  readonly zone: string
  readonly currency: string
}

/** A value that a variable was given while its journey ran. */
export interface GivenValue {
  readonly name: string
  readonly value: JourneyValue
  /** On the brand's clock. */
  readonly from: number
}

/** What the variables of a running journey are worth. */
export interface HeldValues {
  readonly version: number
  /** The version as it was published. */
  readonly journey: Journey
  /** What its variables were given since, the oldest first. */
  readonly given: readonly GivenValue[]
  /** Another one where a value was given meanwhile. */
  readonly stamp: number | null
}

/** Where something waits to be said: in which nodes' words, by version. */
export type SaidIn = MovePlan['reworded']

/** What says a value of a running journey and waits: messages that nobody has been handed, and open questions. */
export interface Waiting {
  readonly places: SaidIn
  readonly count: number
}

export interface ValuesChange {
  readonly version: number
  readonly values: JourneyValues
  /** What held before, for the log. */
  readonly before: JourneyValues
  /** The version with the values before, and with those from now on: what a trigger goes by may be among them. */
  readonly from: Journey
  readonly to: Journey
  readonly plan: Plan
  readonly brand: Brand
  /** Of the values before; one that differs by now changes nothing. */
  readonly stamp: number | null
  /** What is said anew. */
  readonly waiting: Waiting
}

/** How a stop finds whom it takes out: those under way by id, after one of them. */
export interface FlightSource {
  inFlight(journeyId: string, after: number, limit: number): Promise<readonly StoredEnrollment[]>
}

export interface JourneyReads extends FlightSource {
  /** All but the deleted ones, the latest changed first. */
  summaries(): Promise<readonly JourneySummary[]>
  /** How a journey stands, whether its draft can be read or not. Problem `not-found`, for a deleted one too. */
  status(id: string): Promise<StoredJourney['status']>
  /** Problems `not-found`, for a deleted one too, and `invalid-journey` where its draft cannot be read. */
  get(id: string): Promise<KnownJourney>
  /** The newest first. */
  versions(id: string): Promise<readonly VersionSummary[]>
  /** Who qualified while a journey stood still. Problem `not-found`. */
  meanwhile(id: string, at: { now: number; brand: Brand; registry: Registry }): Promise<Meanwhile>
  /** Reads the brand's journeys as they run, or are drawn where they never have, each as it is asked for. */
  reader(): Promise<JourneyReader>
  /** The graph of a version; null where there is none, or none that can be read. */
  readableGraph(id: string, version: number): Promise<Journey | null>
  /** The same; Problems `not-found`, `invalid-journey`. */
  graph(id: string, version: number): Promise<Journey>
  /** What a running journey's variables are worth; null where it does not run. Problem `not-found`. */
  values(id: string): Promise<HeldValues | null>
  /** What waits that says one of some values, in all versions of a journey. */
  waiting(id: string, names: readonly string[], registry: Registry): Promise<Waiting>
  /** Moves under way, of one journey or of all. */
  moves(id: string | null): Promise<readonly MoveUnderWay[]>
  figures(id: string, request: FiguresRequest): Promise<FiguresAnswer>
  /** Compiles the draft for publishing. Problem `not-found`. */
  prepare(id: string, options: PrepareOptions): Promise<Prepared>
  /** Where journeys and audiences name something. */
  uses(used: Used, registry: Registry): Promise<readonly Use[]>
  /** What names the lists that a journey fills, itself apart; Problem `not-found`. */
  usesOfJourney(id: string, registry: Registry): Promise<readonly Use[]>
  /** What publishing the draft now would do to those under way, by a choice. Problem `not-found`. */
  flight(id: string, request: FlightRequest): Promise<Flight>
  report(id: string, context: ReportContext): Promise<ReportAnswer>
  /** The first hundred that are stuck in a journey, or on the way into it, and how many there are. */
  stuck(id: string): Promise<{ stuck: readonly StuckEnrollment[]; total: number }>
  /** Stopped journeys in which somebody is still under way: the process ended before the stop did. */
  unfinishedStops(): Promise<readonly string[]>
}

export type JourneyChanges = Changes<{
  /** Says that somebody has taken its report away as a file. */
  exported(act: Act, id: string): Promise<void>
  /** Keeps a journey as a new draft; its id is made unique. */
  create(act: Act, journey: Journey): Promise<KnownJourney>
  /**
   * Saves the draft over the revision that it was made from; the revision goes up by one. Problem
   * `stale-revision` where another save or a publication came first.
   */
  saveDraft(act: Act, id: string, draft: { journey: Journey; revision: number }): Promise<KnownJourney>
  /** Makes a version the draft again, over the revision that is replaced. Problems `stale-revision`, `not-found`. */
  restore(act: Act, id: string, asked: { version: number; revision: number }): Promise<KnownJourney>
  /** Problems `stale-revision` and `journey-has-errors` (a JourneyHasErrors), which change nothing. */
  publish(act: Act, id: string, options: PublishOptions): Promise<Published>
  /**
   * Gives variables other values from now on, and plans that what waits is said anew; answers false, and has changed
   * nothing, where others were given meanwhile. Problem `stale-version` where another version was published meanwhile.
   */
  changeValues(act: Act, id: string, change: ValuesChange): Promise<boolean>
  /** Problem `journey-not-live`. */
  pause(act: Act, id: string): Promise<StoredJourney['status']>
  /** Problem `journey-not-paused`. */
  resume(
    act: Act,
    id: string,
    context: { brand: Brand; registry: Registry; letIn?: boolean },
  ): Promise<StoredJourney['status']>
  /** Closes a journey for good; those under way are taken out by the engine. Problem `journey-not-live` for a draft. */
  close(act: Act, id: string): Promise<void>
  /** Asks no model any more for those who have left. */
  dropAsks(act: Act, id: string): Promise<void>
  /** Makes all that are stuck in a journey, or on the way into it, due again; answers how many. */
  retry(act: Act, id: string): Promise<number>
  /**
   * Takes a journey out of the lists; its versions and messages stay. Problems `journey-running`, and
   * `journey-in-use` where it or a list that it fills is named elsewhere, unless despite that.
   */
  remove(act: Act, id: string, options: { registry: Registry; despiteUses: boolean }): Promise<void>
}>

export interface JourneyStore extends JourneyReads, JourneyChanges {}
