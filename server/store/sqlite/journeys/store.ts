import type { FiguresAnswer } from '../../../../shared/api/journeys.ts'
import type { Base } from '../../../ports/base.ts'
import type {
  JourneyChanges,
  JourneyReads,
  JourneyStore,
  KnownJourney,
  StoredJourney,
} from '../../../ports/journeys.ts'
import { despite, usesOf } from '../audiences/uses.ts'
import { changer } from '../changes.ts'
import type { BrandDatabase } from '../database.ts'
import { type Everybody, everybodyOf } from '../entering/everybody.ts'
import { meanwhileOf } from '../entering/meanwhile.ts'
import { figuresOf } from '../figures/read.ts'
import { reportOf } from '../figures/report.ts'
import { movesUnderWay } from '../moves/moves.ts'
import { StampedCache, stampOf } from '../stamp.ts'
import { flightOf } from './about-to-publish.ts'
import { dropAsks, inFlight, retryStuck, stuckIn, unfinishedStops } from './flight.ts'
import {
  createJourney,
  getJourney,
  isChanged,
  markStopped,
  pause,
  publish,
  removeJourney,
  resume,
  saveDraft,
  usesOfJourney,
} from './journeys.ts'
import { DrawnDrafts, journeySummaries } from './list.ts'
import { prepare } from './publish.ts'
import { journeyReader, statusIn } from './read.ts'
import { changeValues, heldValues, waitingFor } from './value-changes.ts'
import { graphReader, versionGraph, versionsOf } from './versions.ts'

const known = (db: BrandDatabase, stored: StoredJourney): KnownJourney => ({
  ...stored,
  changed: isChanged(db, stored),
})

function reads(db: BrandDatabase, everybody: Everybody): JourneyReads {
  const figures = new StampedCache<FiguresAnswer>()
  const drafts = new DrawnDrafts(db)
  return {
    summaries: async () => journeySummaries(db, drafts),
    get: async (id) => known(db, getJourney(db, id)),
    status: async (id) => statusIn(db, id),
    versions: async (id) => versionsOf(db, id),
    readableGraph: async (id, version) => graphReader(db)(id, version),
    graph: async (id, version) => versionGraph(db, id, version),
    values: async (id) => heldValues(db, id),
    waiting: async (id, names, registry) => waitingFor(db, id, names, registry),
    moves: async (id) => movesUnderWay(db, id),
    async figures(id, request) {
      const found = figures.get(`${id} ${request.version}`, stampOf(db), () => figuresOf(db, id, request))
      return { ...found, now: request.now }
    },
    prepare: async (id, options) => prepare(db, id, options),
    meanwhile: (id, at) => meanwhileOf(db, everybody, id, at),
    reader: async () => journeyReader(db),
    uses: async (used, registry) => usesOf(db, used, registry),
    usesOfJourney: async (id, registry) => {
      statusIn(db, id)
      return usesOfJourney(db, id, registry)
    },
    flight: async (id, request) => flightOf(db, id, request),
    report: async (id, context) => reportOf(db, id, context),
    stuck: async (id) => stuckIn(db, id),
    inFlight: async (id, after, limit) => inFlight(db, id, after, limit),
    unfinishedStops: async () => unfinishedStops(db),
  }
}

function changes(db: BrandDatabase): JourneyChanges {
  const change = changer(db)
  return {
    async create(act, journey) {
      const make = () => known(db, createJourney(db, { journey, now: act.at }))
      return change(act, make, ({ id }) => ({ action: 'journey.created', id }))
    },
    async saveDraft(act, id, draft) {
      const save = () => known(db, saveDraft(db, id, { ...draft, now: act.at }))
      return change(act, save, ({ revision, journey: { nodes } }) => ({
        action: 'journey.saved',
        id,
        detail: { revision, nodes: Object.keys(nodes).length },
      }))
    },
    async restore(act, id, { version, revision }) {
      const journey = versionGraph(db, id, version)
      const save = () => known(db, saveDraft(db, id, { journey, revision, now: act.at }))
      return change(act, save, (saved) => ({
        action: 'journey.restored',
        id,
        detail: { version, revision: saved.revision },
      }))
    },
    async publish(act, id, options) {
      const freeze = () => publish(db, id, { ...options, now: act.at, act })
      return change(act, freeze, ({ version, revision, onEarlierVersions, moving, leaving }) => ({
        action: 'journey.published',
        id,
        detail: { version, revision, onEarlierVersions, moving, leaving },
      }))
    },
    // Each value has a row of its own in the log.
    changeValues: async (act, id, given) =>
      db.sqlite.transaction(() => changeValues(db, act, id, given)).immediate(),
    pause: async (act, id) =>
      change(
        act,
        () => pause(db, id, act.at),
        () => ({ action: 'journey.paused', id }),
      ),
    resume: async (act, id, context) =>
      change(
        act,
        () => resume(db, id, { ...context, now: act.at }),
        () => ({ action: 'journey.resumed', id, detail: { letIn: context.letIn === true } }),
      ),
    close: async (act, id) =>
      change(
        act,
        () => markStopped(db, id, act.at),
        () => ({ action: 'journey.stopped', id }),
      ),
    exported: async (act, id) =>
      change(
        act,
        () => undefined,
        () => ({ action: 'journey.report_exported', id }),
      ),
    // The end of a stop, which is in the log already.
    dropAsks: async (_act, id) => dropAsks(db, id),
    retry: async (act, id) =>
      change(
        act,
        () => retryStuck(db, id, act.at),
        (retried) => ({ action: 'journey.retried', id, detail: { retried } }),
      ),
    async remove(act, id, options) {
      const drop = () => removeJourney(db, id, { ...options, now: act.at })
      change(act, drop, (uses) => ({ action: 'journey.removed', id, ...despite(uses) }))
    },
  }
}

/** Journeys over one brand's database. */
export function journeyStore(db: BrandDatabase, base: Base): JourneyStore {
  return { ...reads(db, everybodyOf(db.sqlite, base)), ...changes(db) }
}
