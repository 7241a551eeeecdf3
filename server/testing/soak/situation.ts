/** One thing that a situation has counted or measured, beside what is asked of it. */
export interface Figure {
  readonly name: string
  readonly value: string | number
  /** In words, such as `at most 250 ms`; without it the figure only informs. */
  readonly asked?: string
  readonly ok: boolean
}

/** Where a situation plays, and for how long. */
export interface Stage {
  /** A folder of its own, removed afterwards. */
  readonly folder: string
  /** How many times as long as usual it goes on; 1 unless told otherwise. */
  readonly times: number
  /** Tells on the terminal how far it is. */
  say(text: string): void
}

/** A hard hour of the real process: what happens, and what must come out. */
export interface Situation {
  readonly about: string
  run(stage: Stage): Promise<readonly Figure[]>
}

/** A figure that must be nothing, such as what was lost. */
export function none(name: string, value: number): Figure {
  return { name, value, asked: 'none', ok: value === 0 }
}

/** A figure that must not exceed what is asked. */
export function atMost(name: string, value: number, most: number, unit = ''): Figure {
  const told = (amount: number) => `${Number(amount.toFixed(1))}${unit === '' ? '' : ` ${unit}`}`
  return { name, value: told(value), asked: `at most ${told(most)}`, ok: value <= most }
}

/** A figure that only informs. */
export function told(name: string, value: string | number): Figure {
  return { name, value, ok: true }
}
