import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { addDays, startOfDay } from '../../shared/calendar/index.ts'
import { type BuyingDay, dayAt, daysOf } from '../../shared/models/histories.ts'

const folder = fileURLToPath(new URL('../../../shared/data/cdnow/', import.meta.url))
const zone = 'Asia/Shanghai'

/** Whether the data is there that is published with the models; it is no part of the product. */
export const absent = !existsSync(`${folder}sample-ids.txt`)

const lines = (file: string) => readFileSync(`${folder}${file}`, 'utf8').trim().split(/\r?\n/)

/** The customers of the classic tenth. */
export const sampleIds = (): ReadonlySet<string> => new Set(lines('sample-ids.txt'))

/** Their orders, as lines of the file, with its head. */
export function sampleOrders(): { head: string; rows: string[] } {
  const ids = sampleIds()
  const [head = '', ...rows] = lines('orders.csv')
  return { head, rows: rows.filter((row) => ids.has(row.split(',')[1] ?? '')) }
}

/** What each of them bought up to a day, by day. */
export function sampleUntil(until: string): { histories: readonly BuyingDay[][]; day: number } {
  const orders = new Map<string, { at: number; worth: number }[]>()
  const end = startOfDay(addDays(until, 1), zone)
  for (const row of sampleOrders().rows) {
    const [, customerId = '', date = '', amount = '0'] = row.split(',')
    const at = startOfDay(date, zone)
    if (at >= end) continue
    const own = orders.get(customerId) ?? []
    orders.set(customerId, own)
    own.push({ at, worth: Math.round(Number(amount) * 100) })
  }
  const histories = [...orders.values()].map((own) =>
    daysOf(
      own.toSorted((left, right) => left.at - right.at),
      zone,
    ),
  )
  return { histories, day: dayAt(startOfDay(until, zone), zone) }
}
