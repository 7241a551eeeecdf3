/** What is known of how old a record is. */
export interface Aged {
  readonly id: string
  /** When the person registered or first did something; null: nobody knows. */
  readonly since: number | null
}

/** Which of two records stands after a merge where nobody says: the older, of two as old the first by id. */
export function survivorOf<One extends Aged>(one: One, other: One): One {
  const [a, b] = [one.since ?? Number.POSITIVE_INFINITY, other.since ?? Number.POSITIVE_INFINITY]
  if (a !== b) return a < b ? one : other
  return one.id < other.id ? one : other
}
