import { check } from '../../shared/compile/index.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { limits } from '../../shared/limits.ts'
import { registry } from '../../shared/nodes/index.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import type { PreviewReads } from '../messages/preview/desk.ts'
import { preview } from '../messages/preview/index.ts'
import { rehearse } from '../rehearsal/index.ts'
import { createBrandStore } from '../store/sqlite/brand-store.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { createEngineStore } from '../store/sqlite/engine-store.ts'
import { createJourney } from '../store/sqlite/journeys/journeys.ts'
import { publish } from '../store/sqlite/journeys/publish.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { openVault } from '../store/sqlite/secrets/vault.ts'
import { testKeys } from '../testing/keys.ts'
import { longJourney } from './canvas-journey.ts'
import { benchBrand, benchStart, memberId, openWorld } from './world.ts'

/** What a kind of work takes of the processor (ms) for the largest journey, and beside one of a quarter of its nodes. */
export interface Growth {
  readonly work: string
  readonly ms: number
  readonly times: number
}

const fewest = limits.journeyNodes.value / 4 - 10
const most = 4 * fewest

const options = { registry, now: benchStart, zone: benchBrand.zone, publishing: true, caps: benchBrand.caps }

function deskOf(db: BrandDatabase): PreviewReads {
  return {
    ...{
      id: 'bench',
      sandbox: true,
      registry,
      stores: createBrandStore(db, openVault(db, 'brand:bench', testKeys), scratchBase(db)),
      store: createEngineStore(db, scratchBase(db)),
    },
    brand: () => benchBrand,
    now: () => benchStart,
    act: (actor) => ({ actor, at: benchStart, realAt: benchStart }),
    stir: async () => undefined,
    settle: async () => undefined,
    polisher: () => null,
  }
}

type Work = (db: BrandDatabase, journey: Journey) => unknown

const works: Readonly<Record<string, Work>> = {
  check: (_db, journey) => check(journey, options),
  publish: (db, journey) =>
    publish(db, journey.id, { now: benchStart, revision: 1, brand: benchBrand, registry }),
  preview: (db, journey) =>
    preview(deskOf(db), { journey, customerId: memberId(0), move: 'none', node: null, polish: false }),
  'rehearsal of one': (db, journey) =>
    rehearse(rehearsalPorts(db, scratchBase(db)), {
      ...{
        journey,
        start: benchStart,
        until: null,
        assume: 'backtest',
        controlGroup: false,
        brand: benchBrand,
      },
      people: { customers: [memberId(0)] },
    }),
}

async function cpuOf(work: Work, size: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round += 1) {
    const db = openWorld(':memory:', 10)
    const journey = longJourney(size)
    createJourney(db, { journey, now: benchStart })
    const before = process.cpuUsage()
    await work(db, journey)
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
    db.close()
  }
  return least
}

/** How what is done with a journey grows when it is drawn four times as large, up to the most nodes that it may have. */
export async function measureGrowth(): Promise<Growth[]> {
  const found: Growth[] = []
  for (const [work, run] of Object.entries(works)) {
    const few = await cpuOf(run, fewest)
    const many = await cpuOf(run, most)
    found.push({ work, ms: many, times: many / few })
  }
  return found
}
