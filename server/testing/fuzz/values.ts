import fc from 'fast-check'
import type { Description, Schema } from './document.ts'

/**
 * What means something in the brand that is asked, so that requests come further than the door: by the name of a
 * field or parameter, by the part of an address before it (`journeys.id`), or by that of a whole schema.
 */
export type Pool = Readonly<Record<string, readonly unknown[]>>

const texts = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'a',
      'gift',
      'm1',
      'o1',
      'tier',
      'gold',
      '上海',
      'Asia/Shanghai',
      '2026-08-19',
    ),
  },
  { weight: 2, arbitrary: fc.string({ maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '{{ customer.name }}',
      '{% for i in (1..9) %}x{% endfor %}',
      '=1+1',
      '<b>',
      '__proto__',
    ),
  },
)

/** Nobody answers there, and nothing leaves this machine. */
const addresses = fc.constantFrom('http://127.0.0.1:9/', 'http://[::1]:9/x?y=1')

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const count = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)
const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Makes values that a JSON Schema allows; texts only roughly, as a pattern is for the server to hold. */
export class Values {
  readonly #description: Description
  readonly #pool: Pool
  readonly #made = new Map<string, fc.Arbitrary<unknown>>()
  #depth = 0

  constructor(description: Description, pool: Pool) {
    this.#description = description
    this.#pool = pool
  }

  /** `name`: that of the field or parameter, by which the pool knows it. */
  of(schema: Schema, name = ''): fc.Arbitrary<unknown> {
    const ref = schema.$ref
    if (typeof ref === 'string') return this.#referred(ref)
    if ('const' in schema) return fc.constant(schema.const)
    const choices = list(schema.enum)
    if (choices.length > 0) return fc.constantFrom(...choices)
    const options = [...list(schema.anyOf), ...list(schema.oneOf)].filter(isSchema)
    if (options.length > 0) return this.#oneOf(options, name)
    const parts = list(schema.allOf).filter(isSchema)
    if (parts[0] !== undefined) return this.of(parts[0], name)
    return this.#byType(schema, name)
  }

  #oneOf(options: readonly Schema[], name: string): fc.Arbitrary<unknown> {
    // Deep down only what does not hold itself is chosen, or nothing would ever end.
    const flat = this.#depth > 3 ? options.filter((one) => !JSON.stringify(one).includes('$ref')) : options
    return fc.oneof(...(flat.length > 0 ? flat : options).map((one) => this.of(one, name)))
  }

  #referred(ref: string): fc.Arbitrary<unknown> {
    const name = ref.replace('#/components/schemas/', '')
    const key = `${name} ${Math.min(this.#depth, 5)}`
    const before = this.#made.get(key)
    if (before !== undefined) return before
    const schema = this.#description.components.schemas[name]
    if (schema === undefined || this.#depth > 5) return fc.constant({ kind: 'tag', tag: 'vip', has: true })
    this.#depth += 1
    const made = this.#known(name, this.of(schema, name))
    this.#depth -= 1
    this.#made.set(key, made)
    return made
  }

  #byType(schema: Schema, name: string): fc.Arbitrary<unknown> {
    const [type] = [schema.type].flat()
    switch (type) {
      case 'object':
        return this.#object(schema)
      case 'array':
        return this.#array(schema, name)
      case 'integer':
        return this.#known(
          name,
          fc.integer({
            min: Math.max(count(schema.minimum, -1000), -(2 ** 31)),
            max: Math.min(count(schema.maximum, 100_000), 2 ** 31 - 1),
          }),
        )
      case 'number':
        return fc.double({ min: count(schema.minimum, -1e6), max: count(schema.maximum, 1e6), noNaN: true })
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      case 'string':
        return this.#text(schema, name)
      default:
        return fc.jsonValue({ maxDepth: 3 })
    }
  }

  #known(name: string, otherwise: fc.Arbitrary<unknown>, weight = 5): fc.Arbitrary<unknown> {
    const known = this.#pool[name] ?? []
    if (known.length === 0) return otherwise
    return fc.oneof({ weight, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: otherwise })
  }

  /** A part of an address: what stands before it says of what it is the id. */
  part(schema: Schema, name: string, before: string): fc.Arbitrary<unknown> {
    const of = `${before}.${name}`
    return this.#known(of in this.#pool ? of : name, this.of(schema, name), 30)
  }

  #text(schema: Schema, name: string): fc.Arbitrary<unknown> {
    if (schema.format === 'uri') return addresses
    const most = count(schema.maxLength, 200)
    return this.#known(
      name,
      texts.map((text) => text.slice(0, most)),
    )
  }

  #array(schema: Schema, name: string): fc.Arbitrary<unknown> {
    const least = count(schema.minItems, 0)
    const items = isSchema(schema.items) ? this.of(schema.items, name) : fc.jsonValue({ maxDepth: 2 })
    return fc.array(items, {
      minLength: least,
      maxLength: Math.max(least, Math.min(count(schema.maxItems, 3), 3)),
    })
  }

  #object(schema: Schema): fc.Arbitrary<unknown> {
    const fields = Object.entries(isSchema(schema.properties) ? schema.properties : {}).filter(
      (entry): entry is [string, Schema] => isSchema(entry[1]),
    )
    const required = list(schema.required).filter((one): one is string => typeof one === 'string')
    const known = fc.record(Object.fromEntries(fields.map(([name, one]) => [name, this.of(one, name)])), {
      requiredKeys: required.filter((name) => fields.some(([field]) => field === name)),
    })
    const more = schema.additionalProperties
    if (!isSchema(more)) return known
    const others = fc.dictionary(fc.constantFrom('a', 'sms', 'email', 'tier', 'url', 'done'), this.of(more), {
      maxKeys: 3,
    })
    return fc.tuple(others, known).map(([one, two]) => ({ ...one, ...Object(two) }))
  }
}
