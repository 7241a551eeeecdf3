import { dirname, join } from 'node:path'
import type { ClockAnswer } from '../../shared/api/clock.ts'
import { engineActor } from '../../shared/audit/actor.ts'
import { registry as allNodes } from '../../shared/nodes/index.ts'
import { absentChannels } from '../channels/index.ts'
import { lead } from '../rehearsal/lead.ts'
import { firstHour } from '../sandbox/clock.ts'
import { createBrandStore } from '../store/sqlite/brand-store.ts'
import { createEngineStore, nextDueReader } from '../store/sqlite/engine-store.ts'
import { sweepAtStart } from '../store/sqlite/erasure/sweep.ts'
import { noticeRestore } from '../store/sqlite/lives/restored.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { brandScope, openVault } from '../store/sqlite/secrets/vault.ts'
import { linkBaseKey, readMeta, writeMeta } from '../store/sqlite/settings/meta.ts'
import { enterMode, standingClock, untouched } from '../store/sqlite/settings/mode.ts'
import { sealPlainSecrets } from '../store/sqlite/settings/secrets.ts'
import { within } from '../within.ts'
import { CopyClient, patienceOf } from '../work/copy-client.ts'
import { beginImport, beginRehearsal } from '../work/long.ts'
import { followMove } from '../work/moves.ts'
import { Workshop } from '../work/workshop.ts'
import type { BrandRuntime } from './brand.ts'
import { copyAhead, copyProgramOf } from './copy-ahead.ts'
import { watchCopy } from './copy-watch.ts'
import { equip } from './equipment.ts'
import { watched } from './machine.ts'
import { createNewsDesk } from './news.ts'
import type { OpenBrand } from './options.ts'
import type { VirtualClock } from './sandbox-time.ts'
import { createScoring } from './scoring.ts'
import { scratchBase } from './scratch-base.ts'
import { tellOfTrouble } from './trouble.ts'
import { startWorks } from './works.ts'

export type { OpenBrand } from './options.ts'

/** Brings one brand to life over its database; `close` ends it. */
export async function openBrand(options: OpenBrand): Promise<BrandRuntime> {
  const { id, db, mode, log, machineNow } = options
  tellOfTrouble(options)
  const sandbox = mode === 'sandbox'
  const paused = enterMode(db, mode, machineNow())
  if (paused > 0)
    log.warn({ brand: id, journeys: paused }, 'journeys of the sandbox are paused for going live')
  const restored = sandbox ? null : noticeRestore(db, machineNow())
  if (restored !== null)
    log.warn(
      { brand: id, ...restored },
      'the data was restored or copied: messages of before wait for a person',
    )
  const clock: VirtualClock = { now: sandbox ? standingClock(db, firstHour(machineNow())) : 0 }
  const now = sandbox ? () => clock.now : machineNow
  const vault = openVault(db, brandScope(id), options.keys)
  sealPlainSecrets(db, vault)
  sweepAtStart(db, machineNow())
  for (const [name, { state }] of vault.kept())
    if (state === 'locked')
      log.warn({ brand: id, setting: name }, 'the key is not here that sealed it; it has to be typed again')
  const nextDue = nextDueReader(db)
  const isUntouched = untouched(db)
  const registry = options.registry ?? allNodes
  const workshop = options.workshop ?? new Workshop({ program: null, now: machineNow, inline: true })
  const base = workshop.inline
    ? scratchBase(db)
    : new CopyClient({
        ...{ database: db.path, patienceMs: patienceOf },
        program: copyProgramOf(workshop.program),
      })
  const copyWatch = watchCopy(options, base)
  const stores = createBrandStore(db, vault, copyWatch.heard)

  const news = createNewsDesk(() => answer())
  const equipment = await equip(options, stores.settings, now, news.inboxGrew)
  for (const { setting, field, detail } of await equipment.faults())
    log.warn({ brand: id, setting, field, detail: detail.en }, 'a setting cannot be used and is left out')
  const works = await (options.works ?? startWorks)({ ...options, base }, { equipment, clock, now, news })
  const answer = (): ClockAnswer => {
    const moving = works.moving()
    const settable = sandbox && moving === null && isUntouched()
    return { now: now(), sandbox, moving, settable, nextDueAt: sandbox ? nextDue(now()) : nextDue() }
  }

  const scoring = createScoring({
    ...{ workshop, now, log, brand: id, path: db.path },
    scored: async () => (await stores.models.lastRun()) !== null,
  })
  /** Of an import that has failed its own answer tells. */
  const renewAfter = (imported: Promise<unknown>): void => {
    imported.then(
      () =>
        scoring
          .renew(engineActor)
          .catch((error: unknown) => log.warn({ err: error, brand: id }, 'not scored')),
      () => undefined,
    )
  }

  const desk: BrandRuntime = {
    id,
    path: db.path,
    baseUrl: options.baseUrl,
    async linksAt(base) {
      if ((readMeta(db, linkBaseKey) ?? null) === base) return
      await db.steady.run(async () => writeMeta(db, linkBaseKey, base))
      await desk.reconfigure('brand')
    },
    sandbox,
    now,
    stores,
    act: (actor) => ({ actor, at: now(), realAt: machineNow() }),
    store: watched(createEngineStore(db, copyWatch.heard), news.figuresChanged),
    engine: works.engine,
    registry,
    brand: equipment.brand,
    channels: equipment.channels,
    caller: equipment.caller,
    absentChannels: () => absentChannels(equipment.channels()),
    // In a sandbox all reach the on-screen phone, and neither matters.
    sending: () =>
      sandbox
        ? { absentChannels: new Set(), signature: null }
        : {
            absentChannels: new Set(absentChannels(equipment.channels()).keys()),
            signature: equipment.brand().signature,
          },
    polisher: () => equipment.model()?.polisher ?? null,
    lead: (request) => lead(rehearsalPorts(db, copyWatch.heard), request),
    settingFaults: equipment.faults,
    settingTrial: equipment.trial,
    clock: answer,
    settle: works.settle,
    stir: works.stir,
    subscribe: news.subscribe,
    importsFolder: join(dirname(db.path), 'imports'),
    workshop,
    ask: (kind, args, by) => copyWatch.hear(workshop.ask(kind, { desk, path: db.path }, args, by)),
    importFile(actor, request, onProgress) {
      const running = beginImport(workshop, { brand: id, path: db.path, actor }, request, onProgress)
      if (request.kind === 'orders') renewAfter(running.result)
      return running
    },
    rehearse(actor, request, heard) {
      const running = beginRehearsal(workshop, { brand: id, path: db.path, actor }, request, heard)
      return { ...running, result: copyWatch.hear(running.result) }
    },
    scoring,
    async advance(act, move) {
      const moving = { brand: id, actor: act.actor, moving: works.moving, endMove: works.endMove }
      await followMove(workshop, { ...moving, subscribe: news.subscribe }, () => works.advance(act, move))
      news.flush()
      return answer()
    },
    ingest: works.ingest,
    take: works.take,
    async reconfigure(what) {
      await equipment.renew(what)
      await works.renew(what)
    },
    halt: works.halt,
    async close(patienceMs) {
      await (patienceMs === undefined ? works.stop() : within(patienceMs, works.stop()))
      await equipment.close()
      copyWatch.close()
      news.close()
      db.close()
    },
  }
  if (!workshop.inline) void copyAhead(db, { brand: id, log, helper: workshop.program, watch: copyWatch })
  return desk
}
