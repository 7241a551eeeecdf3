import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { addDays, startOfDay } from '../../shared/calendar/index.ts'
import { dayAt, Histories, type History } from '../../shared/models/histories.ts'

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

/** What they bought up to a day. */
export function sampleUntil(until: string): { histories: readonly History[]; day: number } {
  const histories = new Histories(zone)
  const bought = sampleOrders()
    .rows.map((row) => row.split(','))
    .map(([, customerId = '', date = '', amount = '0']) => ({
      customerId,
      at: startOfDay(date, zone),
      worth: Math.round(Number(amount) * 100),
    }))
    .filter(({ at }) => at < startOfDay(addDays(until, 1), zone))
    .toSorted((left, right) =>
      left.customerId < right.customerId ? -1 : left.customerId > right.customerId ? 1 : left.at - right.at,
    )
  for (const purchase of bought) histories.take(purchase)
  return { histories: histories.all, day: dayAt(startOfDay(until, zone), zone) }
}
