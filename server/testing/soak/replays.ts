import fc from 'fast-check'
import { replayed, tales } from '../replays.ts'
import { none, type Situation, told } from './situation.ts'

const enough = 10_000
const atOnce = 20

/** Rule 27, at length. */
export const replays: Situation = {
  about: 'Random passages through random journeys, each walked again by its trace alone, byte for byte',
  async run({ times, say }) {
    const seed = Date.now()
    let passages = 0
    let different = 0
    for (let round = 0; passages < enough * times; round += 1) {
      for (const tale of fc.sample(tales, { seed: seed + round, numRuns: atOnce })) {
        const found = await replayed(tale)
        passages += found.passages
        different += found.different.length
        for (const one of found.different) say(`seed ${seed + round}: ${one}`)
      }
      say(`${passages} passages`)
    }
    return [told('passages walked again', passages), none('that came out otherwise', different)]
  },
}
