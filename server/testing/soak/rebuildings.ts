import fc from 'fast-check'
import { rebuilt, rebuildings as tales } from '../rebuilt.ts'
import { none, type Situation, told } from './situation.ts'

const enough = 500
const atOnce = 20

/** Rule 21, at length. */
export const rebuildings: Situation = {
  about: 'Random journeys that become other random journeys while people are under way in them',
  async run({ times, say }) {
    const seed = Date.now()
    let moved = 0
    let wrong = 0
    for (let round = 0; moved < enough * times; round += 1) {
      for (const one of fc.sample(tales, { seed: seed + round, numRuns: atOnce })) {
        const found = await rebuilt(one)
        moved += found.moved
        wrong += found.faults.length
        for (const fault of found.faults) say(`seed ${seed + round}: ${fault}`)
      }
      say(`${moved} moved`)
    }
    return [told('people moved', moved), none('of what was wrong in the end', wrong)]
  },
}
