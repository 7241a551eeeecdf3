import type { Operand } from '../../shared/conditions/schema.ts'
import type { Declared, types } from '../../shared/conditions/types/index.ts'
import type { Journey } from '../../shared/journey/graph.ts'
import { filled, type JourneyValue, referenceIn } from '../../shared/journey/values.ts'
import { type Locale, say } from '../../shared/text.ts'
import type { OwnVariable } from './context.ts'

/** The variables of a journey that have a value of its own. */
export function ownVariables(variables: Journey['variables']): OwnVariable[] {
  return Object.entries(variables).flatMap(([name, { name: label, value }]) =>
    value === undefined ? [] : [{ name, label: label ?? null, value }],
  )
}

/** The variable that stands where a value does; null where it is a value. */
export const variableIn = (value: unknown): string | null => referenceIn(value)

/**
 * A variable in place of a value. The one boundary where a reference is taken for an operand: a journey is read with
 * the value in its place, and its forms are given it as it is drawn.
 */
export function asOperand(name: string): Operand {
  return { variable: name } as unknown as Operand
}

/** What values of a kind can be compared with something; of an undeclared attribute any. */
export interface Wanted {
  readonly number: boolean
  readonly declared: Declared | null
}

const kindOf = (value: JourneyValue): 'text' | 'number' | 'yes_no' =>
  typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'yes_no'

/** What kind of variable each declared type is compared with. */
const fitting = {
  text: 'text',
  number: 'number',
  money: 'number',
  date: 'text',
  time: 'text',
  yes_no: 'yes_no',
  list: 'text',
} as const satisfies Readonly<Record<keyof typeof types, ReturnType<typeof kindOf>>>

/** The variables that something can be compared with. */
export function fittingVariables(
  variables: readonly OwnVariable[],
  { number, declared }: Wanted,
): readonly OwnVariable[] {
  const kind = number ? 'number' : declared === null ? null : fitting[declared.type]
  return variables.filter(({ value }) => kind === null || kindOf(value) === kind)
}

/** How a variable is called where it stands for a value. */
export function sayOwn({ name, label }: OwnVariable, locale: Locale): string {
  const called = label === null ? name : say(label, locale)
  return locale === 'en' ? `“${called}”` : `「${called}」`
}

/** A condition with the names of variables in their places, to be said. */
export function named<Part>(part: Part, variables: readonly OwnVariable[], locale: Locale): Part {
  const names = variables.map((one) => [one.name, sayOwn(one, locale)] as const)
  // A text where a scalar may stand.
  return filled(part, Object.fromEntries(names)) as Part
}

/** A condition with the values of variables in their places, to be counted. */
export function valued<Part>(part: Part, variables: readonly OwnVariable[]): Part {
  // A scalar where one may stand.
  return filled(part, Object.fromEntries(variables.map(({ name, value }) => [name, value]))) as Part
}
