import fc from 'fast-check'
import { pairs as drawn, moved } from '../pairs.ts'
import { none, type Situation, told } from './situation.ts'

const enough = 250

/** Rule 21, at length. */
export const pairs: Situation = {
  about: 'Random people moved through random versions by every fate, in pauses too, while values change',
  async run({ times, say }) {
    const seed = Date.now()
    const wanted = enough * times
    let faulty = 0
    for (const [index, pair] of fc.sample(drawn, { seed, numRuns: wanted }).entries()) {
      const faults = await moved(pair)
      if (faults.length > 0) faulty += 1
      for (const fault of faults) say(`seed ${seed}, ${index}: ${fault}`)
      if (index % 50 === 49) say(`${index + 1} of ${wanted}`)
    }
    return [told('journeys of three versions', wanted), none('in which something went wrong', faulty)]
  },
}
