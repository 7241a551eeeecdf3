import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import {
  type RatesByHand,
  type RehearsalPeople,
  type RehearsalReport,
  rateNames,
  ratesByHand,
} from '../../shared/api/rehearsal.ts'
import { parseInstant } from '../../shared/calendar/index.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { rehearse as run } from '../rehearsal/index.ts'
import { readWholeBrand } from '../store/sqlite/contents/read.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { readBrand } from '../store/sqlite/settings/meta.ts'
import { walkersOf } from '../work/walkers.ts'
import { withBase } from './base.ts'
import { type Command, Misuse, needed, onlyOne, printJson, type Terminal } from './command.ts'
import { importAll, openExisting, withScratch } from './data.ts'
import { loadJourney } from './journey-file.ts'
import { progress } from './progress.ts'
import { whileWorking } from './working.ts'

interface Wish {
  readonly start: string
  readonly until: string | undefined
  readonly assume: 'backtest' | 'rates'
  readonly controlGroup: boolean
  readonly people: RehearsalPeople | null
  readonly rates: RatesByHand
}

/** Where the customers come from: a folder of data, or two files. */
type From = { readonly data: string } | { readonly customers: string; readonly orders: string }

function fromOf(data: string | undefined, customers: string | undefined, orders: string | undefined): From {
  if (customers === undefined && orders === undefined)
    return { data: needed(data ?? process.env.MAGPIE_DATA ?? 'data', '--data') }
  if (data !== undefined) throw new Misuse('--data and files cannot be taken together')
  return { customers: needed(customers, '--customers'), orders: needed(orders, '--orders') }
}

function instant(text: string, option: string, zone: string): number {
  const at = parseInstant(text, zone)
  if (at === null) throw new Misuse(`${option} is a time such as 2026-08-05T10:00:00+08:00, not ${text}`)
  return at
}

/** The stretch that is wished for, in the brand's zone where the wish names none. */
function stretchOf(wish: Wish, zone: string): { start: number; until: number | null } {
  const start = instant(wish.start, '--start', zone)
  const until = wish.until === undefined ? null : instant(wish.until, '--until', zone)
  if (until !== null && until <= start) throw new Misuse('--until does not lie after --start')
  return { start, until }
}

async function rehearseOn(
  db: BrandDatabase,
  journey: Journey,
  wish: Wish,
  terminal: Terminal,
): Promise<RehearsalReport> {
  const brand = readWholeBrand(db)
  const { start, until } = stretchOf(wish, brand.zone)
  const { assume, controlGroup, people, rates } = wish
  return withBase(db.path, { terminal, label: 'rehearsal' }, (base, working) =>
    run(
      rehearsalPorts(db, base),
      { journey, start, until, assume, controlGroup, people, rates, brand },
      { onProgress: progress(working.terminal, 'rehearsal'), crew: walkersOf(db.path) },
    ),
  )
}

/** Rates written as `open=0.3`, each of them a share. */
function ratesOf(written: readonly string[]): RatesByHand {
  const pairs = written.map((one) => {
    const [name = '', share = ''] = one.split('=')
    return [name, share.trim() === '' ? Number.NaN : Number(share)] as const
  })
  const read = ratesByHand.safeParse(Object.fromEntries(pairs))
  if (!read.success)
    throw new Misuse(`--rate is one of ${rateNames.join(', ')} with a share from 0 to 1, such as open=0.3`)
  return read.data
}

/** Who comes in by hand: the ids of a file, one a line or divided by commas, or an audience. */
async function peopleOf(
  list: string | undefined,
  audience: string | undefined,
): Promise<RehearsalPeople | null> {
  if (list !== undefined && audience !== undefined)
    throw new Misuse('--list and --audience cannot be taken together')
  if (audience !== undefined) return { audience }
  if (list === undefined) return null
  const text = await readFile(list, 'utf8')
  const customers = text
    .replace(/^\uFEFF/, '')
    .split(/[\s,，;；]+/)
    .filter((id) => id !== '')
  if (customers.length === 0) throw new Misuse(`${list} holds no id`)
  return { customers }
}

async function wishOf(values: {
  start?: string | undefined
  until?: string | undefined
  assume?: string | undefined
  list?: string | undefined
  audience?: string | undefined
  rate?: string[] | undefined
  'no-control-group': boolean
}): Promise<Wish> {
  const { until, list, audience, rate = [] } = values
  const assume = needed(values.assume, '--assume')
  if (assume !== 'backtest' && assume !== 'rates')
    throw new Misuse(`--assume is backtest or rates, not ${assume}`)
  const start = needed(values.start, '--start')
  // Wrong times are told before any file is read; the brand's zone changes no answer to that.
  instant(start, '--start', 'UTC')
  if (until !== undefined) instant(until, '--until', 'UTC')
  if (rate.length > 0 && assume !== 'rates') throw new Misuse('--rate goes with --assume rates')
  const rates = ratesOf(rate)
  const people = await peopleOf(list, audience)
  return { start, until, assume, rates, people, controlGroup: !values['no-control-group'] }
}

export const rehearse: Command = {
  usage: `rehearse FILE [--data DIR [--brand ID] | --customers C.csv --orders O.csv]
        --start ISO [--until ISO] --assume backtest|rates [--rate NAME=SHARE]...
        [--list IDS.txt | --audience KEY] [--no-control-group] --json`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        brand: { type: 'string' },
        customers: { type: 'string' },
        orders: { type: 'string' },
        start: { type: 'string' },
        until: { type: 'string' },
        assume: { type: 'string' },
        rate: { type: 'string', multiple: true },
        list: { type: 'string' },
        audience: { type: 'string' },
        'no-control-group': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
    const file = onlyOne(positionals, 'FILE')
    const wish = await wishOf(values)
    const from = fromOf(values.data, values.customers, values.orders)
    const journey = await loadJourney(file, terminal)
    if (journey === null) return 1
    if ('data' in from) {
      const db = openExisting(from.data, values.brand)
      try {
        printJson(terminal, await rehearseOn(db, journey, wish, terminal))
      } finally {
        db.close()
      }
    } else {
      const report = await withScratch(async (db) => {
        stretchOf(wish, readBrand(db).zone)
        const files = { customers: { source: from.customers }, orders: { source: from.orders } }
        await whileWorking(terminal, 'import', (working) =>
          importAll(db, files, working.terminal, { alone: true }),
        )
        return rehearseOn(db, journey, wish, terminal)
      })
      printJson(terminal, report)
    }
    return 0
  },
}
