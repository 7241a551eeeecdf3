import { readFileSync } from 'node:fs'
import { inRoot } from './places.mjs'

/**
 * @typedef {{ number: number, what: string, adopted: { file: string, test: string } | null, reason: string | null }} Behaviour
 */

const row = /^\| (\d+) \| (.+?) \| (?:adopted: `([^`]+)` “(.+)”|reasoned: (.+)) \|$/

/**
 * The behaviours that the list speaks of, each adopted or not for a reason.
 * @returns {Behaviour[]}
 */
export function readBehaviours() {
  const lines = readFileSync(inRoot('server', 'testing', 'behaviours.md'), 'utf8').split('\n')
  return lines.flatMap((line) => {
    const [, number, what = '', file, test, reason = null] = row.exec(line) ?? []
    if (number === undefined) return []
    const adopted = file === undefined || test === undefined ? null : { file, test }
    return [{ number: Number(number), what, adopted, reason }]
  })
}

/** How many are adopted, and how many stand there with their reason. */
export function sayBehaviours() {
  const all = readBehaviours()
  const adopted = all.filter((one) => one.adopted !== null).length
  return `behaviours of other journey builders: ${adopted} adopted, ${all.length - adopted} not, each with its reason`
}
