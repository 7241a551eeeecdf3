import { parseArgs } from 'node:util'
import { addDays, dateSchema } from '../../shared/calendar/index.ts'
import { limits } from '../../shared/limits.ts'
import { endOf, fitModel, forecast } from '../models/bg-nbd.ts'
import { tryModels } from '../models/try-models.ts'
import { purchaseReader } from '../store/sqlite/models/purchases.ts'
import { readBrand } from '../store/sqlite/settings/meta.ts'
import { nowOf } from '../store/sqlite/settings/mode.ts'
import { withBase } from './base.ts'
import { type Command, Misuse, needed, onlyOne, printJson } from './command.ts'
import { openExisting } from './data.ts'
import { whileWorking } from './working.ts'

const verbs = ['fit', 'forecast', 'test'] as const
type Verb = (typeof verbs)[number]
/** The models that the command line knows. */
const models = ['bg-nbd'] as const

function oneOf<T extends string>(list: readonly T[], text: string, name: string): T {
  const found = list.find((one) => one === text)
  if (found === undefined) throw new Misuse(`${name} is ${list.join(' or ')}, not ${text}`)
  return found
}

function dayOf(text: string): string {
  const day = dateSchema.safeParse(text)
  if (!day.success) throw new Misuse(`--until is a day such as 1997-09-30, not ${text}`)
  return day.data
}

function daysOf(text: string): number {
  const days = Number(text)
  if (!/^[1-9]\d*$/.test(text) || days > limits.longestWait.value)
    throw new Misuse(`--days is a number from 1 to ${limits.longestWait.value}, not ${text}`)
  return days
}

interface Wish {
  readonly verb: Verb
  readonly until: string
  readonly days: number | null
}

function wishOf(verb: Verb, until: string | undefined, days: string | undefined): Wish {
  const day = dayOf(needed(until, '--until'))
  if (verb === 'forecast') return { verb, until: day, days: daysOf(needed(days, '--days')) }
  if (days !== undefined) throw new Misuse('--days goes with forecast')
  return { verb, until: day, days: null }
}

export const model: Command = {
  usage: `model (fit | forecast --days N) --model bg-nbd --until DATE --data DIR [--brand ID] --json
  model test --until DATE --data DIR [--brand ID] --json
        (rates are per week; --until counts purchases up to the end of that day, by the brand's calendar;
        test says how well the models did on the last weeks before it, of which they had not been told)`,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        brand: { type: 'string' },
        model: { type: 'string' },
        until: { type: 'string' },
        days: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
    const verb = oneOf(verbs, onlyOne(positionals, 'verb (fit, forecast or test)'), 'the verb')
    if (verb !== 'test') oneOf(models, needed(values.model, '--model'), '--model')
    const wish = wishOf(verb, values.until, values.days)
    const db = openExisting(needed(values.data, '--data'), values.brand)
    try {
      const { zone } = readBrand(db)
      const until = { until: wish.until, zone }
      if (wish.verb === 'test') {
        printJson(
          terminal,
          await withBase(db.path, { terminal, label: 'model test' }, (base) => tryModels(base, until)),
        )
        return 0
      }
      const reads = purchaseReader(db.sqlite)
      const began = performance.now()
      if (wish.days === null) {
        const fitted = await whileWorking(terminal, 'model fit', () => fitModel(reads, until))
        printJson(terminal, { ...fitted, seconds: Math.round(performance.now() - began) / 1000 })
        return 0
      }
      if (endOf({ until: addDays(wish.until, wish.days), zone }) > nowOf(db, Date.now()))
        terminal.err(
          `the ${wish.days} days are not over yet: "actual" is what has been bought of them so far\n`,
        )
      const { days } = wish
      const foreseen = await whileWorking(terminal, 'model forecast', () => forecast(reads, until, days))
      printJson(terminal, foreseen)
      return 0
    } finally {
      db.close()
    }
  },
}
