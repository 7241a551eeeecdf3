import { clocks } from './clocks.ts'
import { cramped } from './cramped.ts'
import { full } from './full.ts'
import { fuzz } from './fuzz.ts'
import { hostile } from './hostile.ts'
import { locked } from './locked.ts'
import { mixed } from './mixed.ts'
import { pairs } from './pairs.ts'
import { persons } from './persons.ts'
import { rebuildings } from './rebuildings.ts'
import { replays } from './replays.ts'
import { restored } from './restored.ts'
import type { Situation } from './situation.ts'
import { standing } from './standing.ts'
import { bodies, stops } from './stops.ts'
import { runTests } from './tests.ts'

/** All situations, in the order in which they are played. */
export const situations: Readonly<Record<string, Situation>> = {
  chance: {
    about: 'Every property and random journey of the tests, from new seeds',
    run: ({ times }) => runTests('unit*', 10 * times),
  },
  kills: {
    about:
      '300 kills under load, over e-mail, SMS and webhook; a sandbox killed on its way; moves and erasures killed half-way',
    run: ({ times }) => runTests('crash', 5 * times),
  },
  clocks,
  standing,
  mixed,
  restored,
  hostile,
  fuzz,
  locked,
  full,
  cramped,
  stops,
  replays,
  rebuildings,
  pairs,
  persons,
  bodies,
}
