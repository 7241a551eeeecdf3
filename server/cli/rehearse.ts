import { parseArgs } from 'node:util'
import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import { parseInstant } from '../../shared/calendar/index.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { rehearse as run } from '../rehearsal/index.ts'
import type { BrandDatabase } from '../store/sqlite/database.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { readBrand } from '../store/sqlite/settings/meta.ts'
import { type Command, Misuse, needed, onlyOne, printJson, type Terminal } from './command.ts'
import { importAll, openExisting, withScratch } from './data.ts'
import { loadJourney } from './journey-file.ts'
import { progress } from './progress.ts'

interface Wish {
  readonly start: string
  readonly until: string | undefined
  readonly assume: 'backtest' | 'rates'
  readonly controlGroup: boolean
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
  const brand = readBrand(db)
  const { start, until } = stretchOf(wish, brand.zone)
  const { assume, controlGroup } = wish
  return run(
    rehearsalPorts(db),
    { journey, start, until, assume, controlGroup, brand },
    progress(terminal, 'rehearsal'),
  )
}

function wishOf(values: {
  start?: string | undefined
  until?: string | undefined
  assume?: string | undefined
  'no-control-group': boolean
}): Wish {
  const { until } = values
  const assume = needed(values.assume, '--assume')
  if (assume !== 'backtest' && assume !== 'rates')
    throw new Misuse(`--assume is backtest or rates, not ${assume}`)
  const start = needed(values.start, '--start')
  // Wrong times are told before any file is read; the brand's zone changes no answer to that.
  instant(start, '--start', 'UTC')
  if (until !== undefined) instant(until, '--until', 'UTC')
  return { start, until, assume, controlGroup: !values['no-control-group'] }
}

export const rehearse: Command = {
  usage: `rehearse FILE [--data DIR [--brand ID] | --customers C.csv --orders O.csv]
        --start ISO [--until ISO] --assume backtest|rates [--no-control-group] --json`,
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
        'no-control-group': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
    const file = onlyOne(positionals, 'FILE')
    const wish = wishOf(values)
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
        await importAll(
          db,
          { customers: { source: from.customers }, orders: { source: from.orders } },
          terminal,
        )
        return rehearseOn(db, journey, wish, terminal)
      })
      printJson(terminal, report)
    }
    return 0
  },
}
