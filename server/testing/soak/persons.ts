import fc from 'fast-check'
import { lived, lives } from '../persons.ts'
import { none, type Situation, told } from './situation.ts'

const enough = 300
const atOnce = 25

/** One person over many identifiers, at length. */
export const persons: Situation = {
  about: 'People told apart and together at random, and back, while they buy, refuse and wait in journeys',
  async run({ times, say }) {
    const seed = Date.now()
    const sum = { lives: 0, merged: 0, undone: 0, faulty: 0 }
    for (let round = 0; sum.lives < enough * times; round += 1) {
      for (const one of fc.sample(lives, { seed: seed + round, numRuns: atOnce })) {
        const { faults, merged, undone } = await lived(one)
        sum.merged += merged
        sum.undone += undone
        if (faults.length > 0) sum.faulty += 1
        for (const fault of faults) say(`seed ${seed + round}: ${fault}`)
      }
      sum.lives += atOnce
      say(`${sum.merged} merged, ${sum.undone} undone`)
    }
    return [
      told('made one', sum.merged),
      told('made two again', sum.undone),
      none('towns in which something of somebody was lost', sum.faulty),
    ]
  },
}
