import type { Parameters } from './condition-writer.ts'

/** Which of some names stand beside each customer, in one walk over the table: tags, or the lists that one is in. */
export class NameWalk {
  readonly #table: string
  readonly #column: string
  readonly #prefix: string
  readonly #parameters: Parameters
  readonly #names = new Map<string, { readonly alias: string; readonly sql: string }>()

  constructor(table: string, column: string, prefix: string, parameters: Parameters) {
    this.#table = table
    this.#column = column
    this.#prefix = prefix
    this.#parameters = parameters
  }

  holds(name: string): { readonly alias: string; readonly sql: string } {
    const known = this.#names.get(name)
    if (known !== undefined) return known
    const alias = `${this.#prefix}0`
    const made = { alias, sql: `coalesce(${alias}.n${this.#names.size}, false)` }
    this.#names.set(name, made)
    return made
  }

  tables(): string[] {
    if (this.#names.size === 0) return []
    const asked = [...this.#names.keys()].map((name) => this.#parameters.text(name))
    const answers = asked.map((name, index) => `bool_or(${this.#column} = ${name}) as n${index}`)
    const among = `where ${this.#column} in (${asked.join(', ')})`
    return [
      `${this.#prefix}0 as (select person, ${answers.join(', ')} from ${this.#table} ${among} group by person)`,
    ]
  }
}
