/** What a text may speak of, told by its letters alone: more than it does, never less. */
export interface Mentions {
  /** Whether it may name a variable that begins so. */
  readonly names: (root: string) => boolean
  /** What of the customer it names; null: there is no telling. */
  readonly ofCustomer: ReadonlySet<string> | null
}

/** Steps of a path that look at a group as such. */
const wholes = new Set(['size', 'first', 'last'])
const anyCustomer = /customer/g
const fieldOfCustomer =
  /customer\s*\.\s*([\u0080-\uffffA-Za-z_][\u0080-\uffffA-Za-z0-9_-]*)(?=[\s|}%,:.)=<>!]|$)/g

function fieldsIn(text: string): ReadonlySet<string> | null {
  const found = [...text.matchAll(fieldOfCustomer)].map(([, field = '']) => field)
  if (found.length !== (text.match(anyCustomer)?.length ?? 0)) return null
  if (found.some((field) => wholes.has(field))) return null
  // What strips white space stands behind a name like a part of it.
  return new Set(found.flatMap((field) => [field, field.replace(/-+$/, '')]))
}

/** In brackets stand names that are reckoned, and contents have texts of their own. */
const mayNameAny = (text: string): boolean => text.includes('[') || /\bcontent\b/.test(text)

/** Of what there is no telling what it names. */
export const anything: Mentions = { names: () => true, ofCustomer: null }

function read(text: string): Mentions {
  if (mayNameAny(text)) return anything
  return { names: (root) => text.includes(root), ofCustomer: fieldsIn(text) }
}

// A journey has few texts, which are written for very many.
const kept = 256
const known = new Map<string, Mentions>()

/** What one text may speak of. */
export function mentionsIn(text: string): Mentions {
  const before = known.get(text)
  if (before !== undefined) return before
  if (known.size >= kept) known.clear()
  const made = read(text)
  known.set(text, made)
  return made
}

/** What any of some texts may speak of. */
export function mentionsInAll(texts: readonly string[]): Mentions {
  const [first, ...others] = texts.map(mentionsIn)
  if (first === undefined) return anything
  return others.reduce<Mentions>(
    (one, other) => ({
      names: (root) => one.names(root) || other.names(root),
      ofCustomer:
        one.ofCustomer === null || other.ofCustomer === null
          ? null
          : new Set([...one.ofCustomer, ...other.ofCustomer]),
    }),
    first,
  )
}
